package rules

import (
	"fmt"
	"regexp"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
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
	API:      model.REST,
	CORS:     true,
	Fails: example("get", `Access-Control-Allow-Origin`, `Access-Control-Allow-Methods: "'GET'"`, `Vary: "'Origin'"`) +
		chosen(`endsWith("example.com")`),
	Passes: example("get", `Access-Control-Allow-Origin`, `Access-Control-Allow-Methods: "'GET'"`, `Vary: "'Origin'"`) +
		chosen(`matches("https://[a-z]+[.]example[.]com")`),
	find: findPatternUnanchored,
}

// partly is a test of an origin for a part of a text that is given as such: what a
// variable holds may be a list, which has a method contains too.
var partly = regexp.MustCompile(`(?i)origin["']?\)?\}?\.((?:contains|startsWith|endsWith|indexOf|lastIndexOf)\(\s*["'][^"']+["']\s*\))`)

// text is a variable that is set to a text, as opposed to a list.
var text = regexp.MustCompile(`#set\(\s*\$\{?(\w+)\}?\s*=\s*["'][^"']*["']\s*\)`)

func findPatternUnanchored(d *View) (found []Finding) {
	for _, t := range d.templates() {
		if !responses.OverridesOrigin(t.text) {
			continue
		}
		for _, test := range partly.FindAllStringSubmatch(t.text, -1) {
			found = append(found, Finding{
				At:      t.at,
				Message: fmt.Sprintf("%s lets an origin in by %s, a part of it", what(t.method), test[1]),
				Hint:    "compare the whole origin, with == or matches",
			})
		}
		for _, set := range text.FindAllStringSubmatch(t.text, -1) {
			within := regexp.MustCompile(`(?i)\$\{?` + set[1] + `\}?\.(?:contains|indexOf)\([^\n#]*origin`)
			if within.MatchString(t.text) {
				found = append(found, Finding{
					At:      t.at,
					Message: fmt.Sprintf("%s lets an origin in that is a part of the text $%s", what(t.method), set[1]),
					Hint:    `compare with each origin, or make a list of them: ["https://app.example.com"]`,
				})
			}
		}
	}
	return found
}
