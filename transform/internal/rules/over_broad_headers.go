package rules

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var overBroadHeaders = &Rule{
	ID:    "over-broad-headers",
	Title: "a request header is allowed that no method declares",
	Doc: "A header that the preflight allows, and that no parameter, no security scheme and no body of the " +
		"resource has, is either not needed or not documented. The five that the console lists do not count.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html",
	Severity: finding.Info,
	API:      model.REST,
	CORS:     true,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Headers: "'Content-Type,X-Nobody-Knows'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Headers: "'Content-Type,X-Api-Key'"`),
	find: findOverBroadHeaders,
}

func findOverBroadHeaders(d *View) []Finding {
	return broadLists(d, responses.AllowHeaders, func(r *model.Resource, name string) bool {
		known := slices.Concat(policy.ConsoleHeaders(), derive.Headers(d.Document, r, r.Methods()))
		return name == "*" || policy.SafelistedRequestHeader(name) || !policy.IsSendable(name) ||
			slices.ContainsFunc(known, func(other string) bool { return strings.EqualFold(name, other) })
	})
}
