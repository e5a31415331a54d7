package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

const withRequestMapping = `paths:
  /pets:
    get:
      parameters: [{name: X, in: header, schema: {type: string}}]
      responses: {"200": {description: pets}}
      x-amazon-apigateway-integration:
        type: http_proxy
        httpMethod: GET
        uri: https://pets.example.com
        passthroughBehavior: never
        requestParameters: {integration.request.header.NAME: method.request.header.X}
`

var mappingBreaksResponse = &Rule{
	ID:    "mapping-breaks-answer",
	Title: "a request mapping sets a header that makes API Gateway respond with 500",
	Doc: "API Gateway sets Content-Length and Transfer-Encoding of the request to the backend itself; where it calls " +
		"an AWS service, also Authorization, Connection, Expect, Proxy-Authenticate and TE. With a mapping of one " +
		"every request is answered with 500.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html",
	Severity: finding.Error,
	API:      model.REST,
	Fails:    strings.Replace(withRequestMapping, "NAME", "Content-Length", 1),
	Passes:   strings.Replace(withRequestMapping, "NAME", "X-Length", 1),
	find:     findMappingBreaksResponse,
}

func findMappingBreaksResponse(d *View) (found []Finding) {
	for _, m := range methods(d) {
		if m.Integration == nil || m.Integration.OpaqueCall() {
			continue
		}
		for _, mapping := range responses.BreakingMappings(m.Integration) {
			found = append(found, Finding{
				At:      At(mapping.Key, m.Integration.Pointer.Child("requestParameters", mapping.Name())),
				Message: fmt.Sprintf("%s maps %s, which API Gateway sets itself, so it answers 500", what(m), strings.TrimPrefix(mapping.Name(), extensions.RequestHeaderPrefix)),
				Hint:    "take it out",
			})
		}
	}
	return found
}
