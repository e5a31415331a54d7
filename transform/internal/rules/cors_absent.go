package rules

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var corsAbsent = &Rule{
	ID:    "cors-absent",
	Title: "the document has no CORS",
	Doc: "No OPTIONS, no header and no configuration lets a page of another origin call. That is right for an " +
		"API that no browser calls.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html",
	Severity: finding.Info,
	CORS:     true,
	Fails:    proxied,
	Passes:   example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	find:     findCORSAbsent,
}

func findCORSAbsent(d *View) []Finding {
	if hasCORS(d) || !hasIntegrations(d) {
		return nil
	}
	return []Finding{{
		At:      At(d.Root.Get("paths"), model.Base),
		Message: "no resource answers pages of other origins",
		Hint:    "if pages call it: apigw-cors enable --allow-origin https://app.example.com",
	}}
}

// hasCORS reports whether something in a document may let pages of other origins call.
func hasCORS(d *View) bool {
	isConfigured := d.API != model.REST && responses.HasConfiguration(d.Document, model.HTTP) // on a REST API it has no effect
	return isConfigured || slices.ContainsFunc(d.Resources, func(r *model.Resource) bool {
		return d.handler(r).How != responses.ByNothing || slices.ContainsFunc(r.Methods(), namesOrigin)
	})
}
