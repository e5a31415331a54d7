package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var corsObjectWithoutEffect = &Rule{
	ID:    "block-without-effect",
	Title: "a CORS object has no effect where it is",
	Doc: "API Gateway acts on x-amazon-apigateway-cors at the root of the document of an HTTP API, for all " +
		"routes. Elsewhere it has no effect. A REST API needs OPTIONS methods and headers, which apigw-cors " +
		"enable generates from it.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-cors-configuration.html",
	Severity: finding.Warning,
	CORS:     true,
	Fails: `swagger: "2.0"
info: {title: Example, version: "1"}
x-amazon-apigateway-cors: {allowOrigins: ["https://app.example.com"]}
` + proxied,
	Passes: `swagger: "2.0"
info: {title: Example, version: "1"}
` + proxied,
	find: findCORSObjectWithoutEffect,
}

func findCORSObjectWithoutEffect(d *View) (found []Finding) {
	if root := d.blocksByPath()[""]; d.API == model.REST && root.node != nil && !hasCORS(d) {
		return []Finding{{
			At:      At(root.node, root.pointer),
			Message: fmt.Sprintf("%s has no effect on a REST API, and no resource answers pages of other origins", extensions.NameCORS),
			Hint:    "generate what a REST API needs from it: apigw-cors enable",
		}}
	}
	for _, b := range d.blocks() {
		if d.API == model.HTTP && b.path != "" {
			found = append(found, Finding{
				At:      At(b.node, b.pointer),
				Message: fmt.Sprintf("%s on %s has no effect: an HTTP API has one at its root", extensions.NameCORS, b.resource.Path),
				Hint:    "move it to the root",
			})
		}
	}
	return found
}
