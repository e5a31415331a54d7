package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var mockContentHandling = &Rule{
	ID:    "mock-content-handling",
	Title: "whether a mock works with the binary media types of the API is not established",
	Doc: "Where */* is a binary media type, reports contradict each other on whether contentHandling on the " +
		"integration of a mock is enough, or its response needs it too. Where application/json is one, it is not " +
		"recorded whether a request without a Content-Type, such as a preflight request, counts as binary. " +
		"CONVERT_TO_TEXT on both works in either case.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html",
	Severity: finding.Warning,
	API:      model.REST,
	CORS:     true,
	Fails:    "x-amazon-apigateway-binary-media-types: [application/json]\n" + example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	Passes:   "x-amazon-apigateway-binary-media-types: [application/json]\n" + strings.Replace(example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`), "type: mock\n", "type: mock\n        contentHandling: CONVERT_TO_TEXT\n", 1),
	find:     findMockContentHandling,
}

func findMockContentHandling(d *View) (found []Finding) {
	for _, m := range d.mocks() {
		if m.Doubt == responses.BinaryRequest || m.Doubt == responses.BinaryResponse {
			found = append(found, Finding{
				At:      m.at(),
				Message: fmt.Sprintf("it is not certain that %s works: %s", what(m.method), m.Unknown),
				Hint:    hintToText,
				Fix:     m.convertToText(),
			})
		}
	}
	return found
}
