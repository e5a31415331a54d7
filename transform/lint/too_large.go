package lint

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
)

var tooLarge = &Rule{
	ID:       "too-large",
	Title:    "the document is larger than API Gateway takes",
	Doc:      "API Gateway imports documents of up to 6 MB.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html",
	Severity: finding.Error,
	Fails: `
`,
	Passes: `paths: {}
`,
	run: tooLargeRun,
}

const largest = 6 << 20 // bytes

func tooLargeRun(p *pass) {
	if size := len(p.file.Src); size > largest {
		p.report(at(p.Root, ""), "split the API, or leave examples and descriptions out", nil, "the document has %d bytes, and API Gateway imports up to %d", size, largest)
	}
}
