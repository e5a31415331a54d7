package lint

import (
	"regexp"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

const choosing = `            responseTemplates:
              application/json: |
                #set($origin = $input.params("Origin"))
                #if($origin.%s)
                #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
                #end
`

var patternUnanchored = &Rule{
	ID:    "pattern-unanchored",
	Title: "a part of the origin is enough for a template",
	Doc: "A test for a part of the origin lets strangers in: https://app.example.com is the beginning of " +
		"https://app.example.com.evil.net, and example.com the end of evilexample.com. Compare the whole: " +
		"== for one origin, matches for a pattern, which in Velocity has to match all of it.",
	URL:      "https://portswigger.net/web-security/cors",
	Severity: finding.Error,
	API:      REST,
	Fails: example("get", `Access-Control-Allow-Origin`, `Access-Control-Allow-Methods: "'GET'"`, `Vary: "'Origin'"`) +
		chosen(`endsWith("example.com")`),
	Passes: example("get", `Access-Control-Allow-Origin`, `Access-Control-Allow-Methods: "'GET'"`, `Vary: "'Origin'"`) +
		chosen(`matches("https://[a-z]+[.]example[.]com")`),
	run: patternUnanchoredRun,
}

// partly is a test of an origin for a part of a text that is given as such: what a
// variable holds may be a list, which has a method contains too.
var partly = regexp.MustCompile(`(?i)origin["']?\)?\}?\.((?:contains|startsWith|endsWith|indexOf|lastIndexOf)\(\s*["'][^"']+["']\s*\))`)

// text is a variable that is set to a text, as opposed to a list.
var text = regexp.MustCompile(`#set\(\s*\$\{?(\w+)\}?\s*=\s*["'][^"']*["']\s*\)`)

func patternUnanchoredRun(p *pass) {
	p.templates(func(m *model.Method, where place, template string) {
		if !answers.OverridesOrigin(template) {
			return
		}
		for _, test := range partly.FindAllStringSubmatch(template, -1) {
			p.report(where, "compare the whole origin, with == or matches", nil, "%s lets an origin in by %s, a part of it", what(m), test[1])
		}
		for _, set := range text.FindAllStringSubmatch(template, -1) {
			within := regexp.MustCompile(`(?i)\$\{?` + set[1] + `\}?\.(?:contains|indexOf)\([^\n#]*origin`)
			if within.MatchString(template) {
				p.report(where, `compare with each origin, or make a list of them: ["https://app.example.com"]`, nil,
					"%s lets an origin in that is a part of the text $%s", what(m), set[1])
			}
		}
	})
}
