package lint

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
)

var gatewayResponseBare = &Rule{
	ID:    "gateway-response-bare",
	Title: "an error of API Gateway itself carries no CORS headers",
	Doc: "API Gateway answers 401, 403, 429 and 5xx by itself, with the headers of its gateway responses. " +
		"Without Access-Control-Allow-Origin a page sees a network error in their place. A type that is " +
		"declared takes nothing from DEFAULT_4XX and DEFAULT_5XX.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-gateway-responses.html",
	Severity: finding.Warning,
	API:      REST,
	Fails:    example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	Passes: `x-amazon-apigateway-gateway-responses:
  DEFAULT_4XX:
    responseParameters: {gatewayresponse.header.Access-Control-Allow-Origin: "'https://app.example.com'"}
  DEFAULT_5XX:
    responseParameters: {gatewayresponse.header.Access-Control-Allow-Origin: "'https://app.example.com'"}
` + example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	run: gatewayResponseBareRun,
}

func gatewayResponseBareRun(p *pass) {
	if !p.answersPreflights() {
		return
	}
	declared, closed := answers.Gateway(p.Document)
	if closed != "" {
		return
	}
	missing := []string{string(extensions.Default4XX), string(extensions.Default5XX)}
	for _, g := range declared {
		missing = slices.DeleteFunc(missing, func(name string) bool { return name == g.Type })
		if _, ok := g.Headers.Get(answers.AllowOrigin); !ok && g.Opaque == "" {
			p.report(at(g.Key, g.Pointer), "map it, as apigw-cors enable does", nil, "the gateway response %s carries no %s", g.Type, answers.AllowOrigin)
		}
	}
	if len(missing) > 0 {
		where := at(p.Root, answers.GatewayPointer)
		if n := p.Root.Get(extensions.NameGatewayResponses); n != nil {
			where = at(n, answers.GatewayPointer)
		}
		p.report(where, "declare them with the header, as apigw-cors enable does", nil,
			"the gateway responses %s carry no %s, so pages see a network error in the place of API Gateway's own errors", strings.Join(missing, " and "), answers.AllowOrigin)
	}
}
