package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

var BinaryAny = &Rule{
	ID:    "binary-any",
	Title: "a mock OPTIONS answers 500, because every media type is binary",
	Doc: "Where */* is a binary media type, API Gateway takes the request of a preflight for binary and " +
		"cannot apply the template of a mock. contentHandling: CONVERT_TO_TEXT on the integration and on " +
		"its response mends that.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html",
	Severity: finding.Error,
	API:      model.REST,
	CORS:     true,
	Fails:    "x-amazon-apigateway-binary-media-types: ['*/*']\n" + example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	Passes:   "x-amazon-apigateway-binary-media-types: ['*/*']\n" + strings.NewReplacer("type: mock\n", "type: mock\n        contentHandling: CONVERT_TO_TEXT\n", "statusCode: \"200\"\n", "statusCode: \"200\"\n            contentHandling: CONVERT_TO_TEXT\n").Replace(example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`)),
	find:     findBinaryAny,
}

func findBinaryAny(d *View) (found []Finding) {
	if !d.BinaryAny() {
		return nil
	}
	for _, p := range d.preflights() {
		i := p.options.Integration
		fix := convertToText(i.Node, i.Pointer)
		if p.Entry != nil {
			fix = append(fix, convertToText(p.Entry.Node, p.Entry.Pointer)...)
		}
		if len(fix) > 0 {
			found = append(found, Finding{
				At:      At(i.Key, i.Pointer),
				Message: fmt.Sprintf("OPTIONS %s answers 500: */* is a binary media type, and the mock does not convert to text", p.options.Path),
				Hint:    "write contentHandling: CONVERT_TO_TEXT on the integration and on its response",
				Fix:     fix,
			})
		}
	}
	return found
}

// convertToText is the change by which an integration or a response of it converts to text.
// Users report that one of the two is not enough (serverless/serverless#11010).
func convertToText(n *source.Node, at source.Pointer) []layout.Wish {
	const member = "contentHandling"
	toText := layout.String(extensions.ConvertToText)
	switch has := n.Get(member); {
	case has == nil:
		return []layout.Wish{layout.Add{At: at.Child(member), Value: toText}}
	case !extensions.ContentHandling(has.Text()).Is(extensions.ConvertToText):
		return []layout.Wish{layout.Set{At: at.Child(member), Value: toText}}
	}
	return nil
}
