package lint

import "github.com/apigw-cors/apigw-cors/transform/finding"

var suppressionUnused = &Rule{
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
	run:   suppressionUnusedRun,
	phase: last,
}

func suppressionUnusedRun(p *pass) {
	for _, s := range p.suppressed {
		if s.tried && !s.used {
			p.report(place{s.off, s.at}, "take it out", nil, "%s finds nothing here that could be suppressed", s.id)
		}
	}
}
