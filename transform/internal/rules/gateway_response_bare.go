package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var gatewayResponseBare = &Rule{
	ID:    "gateway-response-bare",
	Title: "an error of API Gateway itself carries no CORS headers",
	Doc: "API Gateway answers 401, 403, 429 and 5xx by itself, with the headers of its gateway responses. " +
		"Without Access-Control-Allow-Origin a page sees a network error in their place. A type that is " +
		"declared takes nothing from DEFAULT_4XX and DEFAULT_5XX.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-gateway-responses.html",
	Severity: finding.Warning,
	API:      model.REST,
	CORS:     true,
	Fails:    example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	Passes: `x-amazon-apigateway-gateway-responses:
  DEFAULT_4XX:
    responseParameters: {gatewayresponse.header.Access-Control-Allow-Origin: "'https://app.example.com'"}
  DEFAULT_5XX:
    responseParameters: {gatewayresponse.header.Access-Control-Allow-Origin: "'https://app.example.com'"}
` + example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	find: findGatewayResponseBare,
}

func findGatewayResponseBare(d *View) (found []Finding) {
	if !answersPreflights(d) {
		return nil
	}
	declared, closed := responses.Gateway(d.Document)
	if closed != "" {
		return nil
	}
	missing := []string{string(extensions.Default4XX), string(extensions.Default5XX)}
	for _, g := range declared {
		missing = slices.DeleteFunc(missing, func(name string) bool { return name == g.Type })
		if _, ok := g.Headers.Get(responses.AllowOrigin); !ok && g.Opaque == "" {
			found = append(found, Finding{
				At:      At(g.Key, g.Pointer),
				Message: fmt.Sprintf("the gateway response %s carries no %s", g.Type, responses.AllowOrigin),
				Hint:    "map it, as apigw-cors enable does",
			})
		}
	}
	if len(missing) > 0 {
		where := At(d.Root, responses.GatewayPointer)
		if n := d.Root.Get(extensions.NameGatewayResponses); n != nil {
			where = At(n, responses.GatewayPointer)
		}
		found = append(found, Finding{
			At:      where,
			Message: fmt.Sprintf("the gateway responses %s carry no %s, so pages see a network error in the place of API Gateway's own errors", strings.Join(missing, " and "), responses.AllowOrigin),
			Hint:    "declare them with the header, as apigw-cors enable does",
		})
	}
	return found
}
