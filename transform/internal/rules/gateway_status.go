package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var gatewayStatus = &Rule{
	ID:    "gateway-status",
	Title: "a default gateway response sets a status",
	Doc: "DEFAULT_4XX and DEFAULT_5XX stand for all types without an entry. A statusCode on one of them makes " +
		"401, 403 and 429 the same status.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html",
	Severity: finding.Warning,
	API:      model.REST,
	Fails: `x-amazon-apigateway-gateway-responses: {DEFAULT_4XX: {statusCode: "400"}}
` + proxied,
	Passes: `x-amazon-apigateway-gateway-responses: {UNAUTHORIZED: {statusCode: "401"}}
` + proxied,
	find: findGatewayStatus,
}

func findGatewayStatus(d *View) (found []Finding) {
	all := d.Root.Get(extensions.NameGatewayResponses)
	for _, name := range []extensions.GatewayResponseType{extensions.Default4XX, extensions.Default5XX} {
		if n := all.Get(string(name)).Get("statusCode"); n != nil {
			found = append(found, Finding{
				At:      At(n, responses.GatewayPointer.Child(string(name), "statusCode")),
				Message: fmt.Sprintf("%s answers %s for every type that has no entry of its own", name, n.Text()),
				Hint:    "leave it out, or set it on single types",
			})
		}
	}
	return found
}
