package rules

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var privateEndpointLNA = &Rule{
	ID:    "private-endpoint-lna",
	Title: "a private API is called by pages",
	Doc: "Interface endpoints have private addresses. Chromium asks the user before a page of the public web " +
		"calls one (Local Network Access), and the page must be served over https. A preflight cannot carry " +
		"Host or x-apigw-api-id: call the API by private DNS, or by the host name with the endpoint's id.",
	URL:      "https://developer.chrome.com/blog/local-network-access",
	Severity: finding.Info,
	API:      model.REST,
	CORS:     true,
	Fails: `servers: [{url: "https://api.example.com", x-amazon-apigateway-endpoint-configuration: {vpcEndpointIds: [vpce-1]}}]
` + example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	Passes: example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	find:   findPrivateEndpointLNA,
}

func findPrivateEndpointLNA(d *View) (found []Finding) {
	if where, ok := privateEndpoint(d); ok && answersPreflights(d) {
		found = append(found, Finding{
			At:      where,
			Message: "pages call this API at private addresses, for which Chromium asks the user",
			Hint:    "call it from pages within the network, or expect a question to the user",
		})
	}
	return found
}
