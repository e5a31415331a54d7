package rules

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var gatewayOriginEcho = &Rule{
	ID:    "gateway-origin-echo",
	Title: "a gateway response sends back any origin",
	Doc: "A gateway response that maps Access-Control-Allow-Origin to the Origin header of the request allows " +
		"every origin, as * does. Allow the origins that need to read errors, or write * if that is meant.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html",
	Severity: finding.Warning,
	API:      model.REST,
	CORS:     true,
	Fails: `x-amazon-apigateway-gateway-responses:
  UNAUTHORIZED: {responseParameters: {gatewayresponse.header.Access-Control-Allow-Origin: method.request.header.Origin}}
` + proxied,
	Passes: `x-amazon-apigateway-gateway-responses:
  UNAUTHORIZED: {responseParameters: {gatewayresponse.header.Access-Control-Allow-Origin: "'https://app.example.com'"}}
` + proxied,
	find: findGatewayOriginEcho,
}

// findGatewayOriginEcho leaves those out that allow credentials too: these are no longer
// what * is.
func findGatewayOriginEcho(d *View) (found []Finding) {
	for _, h := range gatewayHeaders(d) {
		if echoesOrigin(h) && !h.response.Headers.Credentials() {
			found = append(found, echoed(h))
		}
	}
	return found
}
