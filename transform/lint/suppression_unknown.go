package lint

import "github.com/apigw-cors/apigw-cors/transform/finding"

var suppressionUnknown = &Rule{
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
	run:   suppressionUnknownRun,
	phase: last,
}

func suppressionUnknownRun(p *pass) {
	for _, s := range p.suppressed {
		if s.known {
			continue
		}
		hint := "apigw-cors rules lists them"
		if s.near != "" {
			hint = "did you mean " + s.near + "?"
		}
		if s.id == "" {
			p.report(place{s.off, s.at}, "name them: # apigw-cors-ignore: acao-missing", nil, "the suppression names no rule")
			continue
		}
		p.report(place{s.off, s.at}, hint, nil, "there is no rule %q", s.id)
	}
}
