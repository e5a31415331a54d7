package rules

import "github.com/apigw-cors/apigw-cors/transform/finding"

// MemberIgnore is the member that lists the ids of rules that are not to report the object
// in which it is, nor what is in that.
const MemberIgnore = "x-apigw-cors-ignore"

// What is found about suppressions is found by those who heed them.

var SuppressionUnknown = &Rule{
	ID:       "suppression-unknown",
	Title:    "a suppression names a rule that there is not",
	Doc:      "A suppression, in a comment or in a member x-apigw-cors-ignore, lists the ids of rules. One that no rule has suppresses nothing.",
	URL:      "https://github.com/apigw-cors/apigw-cors#lint",
	Severity: finding.Error,
	Fails: `paths: {}
x-apigw-cors-ignore: [path-caracters]
`,
	Passes: `paths:
  /pets.json/{id}.x: # apigw-cors-ignore: path-characters
    get: {}
`,
}

var SuppressionUnused = &Rule{
	ID:       "suppression-unused",
	Title:    "a suppression has nothing to suppress",
	Doc:      "What was found there once is found no more. Without the suppression it will be noticed if it comes back.",
	URL:      "https://github.com/apigw-cors/apigw-cors#lint",
	Severity: finding.Warning,
	Fails: `paths:
  /pets: # apigw-cors-ignore: path-characters
    get: {}
`,
	Passes: `paths:
  /pets/{id}.json:
    x-apigw-cors-ignore: [path-characters]
    get: {}
`,
}
