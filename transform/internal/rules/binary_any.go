package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var binaryAny = &Rule{
	ID:    "binary-any",
	Title: "a method answers 500, because its templates cannot handle binary data",
	Doc: "Where */* is a binary media type, API Gateway takes every request for binary, a preflight request too, " +
		"and cannot apply the template of an integration; nor where contentHandling is CONVERT_TO_BINARY. contentHandling: " +
		"CONVERT_TO_TEXT on the integration and on its response mends that.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html",
	Severity: finding.Error,
	API:      model.REST,
	CORS:     true,
	Fails:    "x-amazon-apigateway-binary-media-types: ['*/*']\n" + example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	Passes:   "x-amazon-apigateway-binary-media-types: ['*/*']\n" + strings.NewReplacer("type: mock\n", "type: mock\n        contentHandling: CONVERT_TO_TEXT\n", "statusCode: \"200\"\n", "statusCode: \"200\"\n            contentHandling: CONVERT_TO_TEXT\n").Replace(example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`)),
	find:     findBinaryAny,
}

func findBinaryAny(d *View) (found []Finding) {
	for _, m := range d.mocks() {
		if m.failsBy(responses.BinaryRequest, responses.BinaryResponse) {
			found = append(found, Finding{
				At:      m.at(),
				Message: fmt.Sprintf("%s answers %d: %s", what(m.method), m.Status, m.Fails),
				Hint:    hintToText,
				Fix:     m.convertToText(),
			})
		}
	}
	for _, m := range methods(d) {
		failure := responses.ConversionFailure(d.Document, m)
		if failure.Why == "" {
			continue
		}
		found = append(found, Finding{
			At:      At(m.Integration.Key, m.Integration.Pointer),
			Message: fmt.Sprintf("%s answers %d: %s", what(m), failure.Status, failure.Why),
			Hint:    "write contentHandling: CONVERT_TO_TEXT, or take the template out",
		})
	}
	return found
}
