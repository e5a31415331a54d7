package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
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

var MappingBreaksResponse = &Rule{
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
		if m.Integration == nil || m.Integration.Opaque != "" {
			continue
		}
		for _, mapping := range m.Integration.Node.Get("requestParameters").Members() {
			name, ok := strings.CutPrefix(mapping.Name(), "integration.request.header.")
			if !ok || !isSetByGateway(name, m.Integration.Type) {
				continue
			}
			found = append(found, Finding{
				At:      At(mapping.Key, m.Integration.Pointer.Child("requestParameters", mapping.Name())),
				Message: fmt.Sprintf("%s maps %s, which API Gateway sets itself, so it answers 500", what(m), name),
				Hint:    "take it out",
			})
		}
	}
	return found
}

// isSetByGateway reports whether API Gateway answers 500 where a mapping sets a header of
// the request to a backend. So it was recorded on a regional endpoint.
func isSetByGateway(name string, kind extensions.IntegrationType) bool {
	headers := []string{"content-length", "transfer-encoding"}
	switch strings.ToLower(string(kind)) {
	case "aws", "aws_proxy":
		headers = append(headers, "authorization", "connection", "expect", "proxy-authenticate", "te")
	case "http", "http_proxy":
	default:
		return false
	}
	return slices.Contains(headers, strings.ToLower(name))
}
