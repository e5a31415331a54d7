package lint

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

var binaryAny = &Rule{
	ID:    "binary-any",
	Title: "a mock OPTIONS answers 500, because every media type is binary",
	Doc: "Where */* is a binary media type, API Gateway takes the request of a preflight for binary and " +
		"cannot apply the template of a mock. contentHandling: CONVERT_TO_TEXT on the integration and on " +
		"its response mends that.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html",
	Severity: finding.Error,
	API:      REST,
	Fails:    "x-amazon-apigateway-binary-media-types: ['*/*']\n" + example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	Passes:   "x-amazon-apigateway-binary-media-types: ['*/*']\n" + strings.NewReplacer("type: mock\n", "type: mock\n        contentHandling: CONVERT_TO_TEXT\n", "statusCode: \"200\"\n", "statusCode: \"200\"\n            contentHandling: CONVERT_TO_TEXT\n").Replace(example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`)),
	run:      binaryAnyRun,
}

func binaryAnyRun(p *pass) {
	if !p.BinaryAny() {
		return
	}
	toText := layout.String(extensions.ConvertToText)
	p.preflights(func(_ *model.Resource, o *model.Method, have answers.Preflight) {
		var fix []layout.Wish
		convert := func(n *source.Node, where source.Pointer) {
			switch {
			case n.Get("contentHandling") == nil:
				fix = append(fix, layout.Add{At: where.Child("contentHandling"), Value: toText})
			case !extensions.ContentHandling(n.Get("contentHandling").Text()).Is(extensions.ConvertToText):
				fix = append(fix, layout.Set{At: where.Child("contentHandling"), Value: toText})
			}
		}
		convert(o.Integration.Node, o.Integration.Pointer)
		if have.Entry != nil {
			convert(have.Entry.Node, have.Entry.Pointer)
		}
		if len(fix) > 0 {
			p.report(at(o.Integration.Key, o.Integration.Pointer), "write contentHandling: CONVERT_TO_TEXT on the integration and on its response", fix,
				"OPTIONS %s answers 500: */* is a binary media type, and the mock does not convert to text", o.Path)
		}
	})
}
