package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var patternUnescapedDot = &Rule{
	ID:    "pattern-unescaped-dot",
	Title: "a dot in the pattern of an origin stands for any character",
	Doc: "In a regular expression a dot stands for any character, so the pattern https://www.example.com " +
		"also lets https://wwwXexample.com in. Write [.] for it.",
	URL:      "https://portswigger.net/web-security/cors",
	Severity: finding.Error,
	API:      model.REST,
	CORS:     true,
	Fails: example("get",
		`Access-Control-Allow-Origin`,
		`Access-Control-Allow-Methods: "'GET'"`,
		`Vary: "'Origin'"`) + `            responseTemplates:
              application/json: |
                #if($input.params("Origin").matches("https://[a-z]+.example.com"))
                #set($context.responseOverride.header.Access-Control-Allow-Origin = $input.params("Origin"))
                #end
`,
	Passes: example("get",
		`Access-Control-Allow-Origin`,
		`Access-Control-Allow-Methods: "'GET'"`,
		`Vary: "'Origin'"`) + `            responseTemplates:
              application/json: |
                #if($input.params("Origin").matches("https://[a-z]+[.]example[.]com"))
                #set($context.responseOverride.header.Access-Control-Allow-Origin = $input.params("Origin"))
                #end
`,
	find: findPatternUnescapedDot,
}

// matched is the pattern in a call of matches.
var matched = regexp.MustCompile(`matches\(\s*["']([^"']*)["']`)

// bareDot is a dot that stands for any character: not escaped, and in no set.
var bareDot = regexp.MustCompile(`(?:^|[^\\\[])\.`)

func findPatternUnescapedDot(d *View) (found []Finding) {
	for _, t := range d.templates() {
		for _, call := range matched.FindAllStringSubmatch(t.text, -1) {
			if strings.Contains(call[1], "://") && bareDot.MatchString(call[1]) {
				found = append(found, Finding{
					At:      t.at,
					Message: fmt.Sprintf("%s matches origins with %q, in which a dot stands for any character", what(t.method), call[1]),
					Hint:    "write [.] for a dot",
				})
			}
		}
	}
	return found
}
