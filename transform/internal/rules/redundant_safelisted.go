package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var redundantSafelisted = &Rule{
	ID:    "redundant-safelisted",
	Title: "a header is listed that needs no listing",
	Doc: "Scripts may send Accept, Accept-Language and Content-Language, and read Content-Type, Cache-Control " +
		"and a few more, without being told. Listing them does no harm.",
	URL:      "https://fetch.spec.whatwg.org/#cors-safelisted-request-header",
	Severity: finding.Info,
	API:      model.REST,
	CORS:     true,
	Fails: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Headers: "'Accept,X-Id'"`),
	Passes: example("get",
		`Access-Control-Allow-Origin: "'https://app.example.com'"`,
		`Access-Control-Allow-Headers: "'Content-Type,X-Id'"`),
	find: findRedundantSafelisted,
}

func findRedundantSafelisted(d *View) []Finding {
	return append(redundant(d, responses.AllowHeaders, policy.SafelistedRequestHeader), redundant(d, responses.ExposeHeaders, policy.SafelistedResponseHeader)...)
}

// redundant reports the names in a header that have an effect without being listed.
func redundant(d *View, header string, isRedundant func(string) bool) (found []Finding) {
	for _, h := range fixedHeaders(d, header) {
		names := slices.DeleteFunc(responses.List(h.value()), func(name string) bool { return !isRedundant(name) })
		if len(names) > 0 {
			found = append(found, Finding{
				At:      h.at(),
				Message: fmt.Sprintf("%s answers %s with %s, which needs no listing", what(h.method), header, strings.Join(names, ", ")),
				Hint:    "leave it so, or take it out",
			})
		}
	}
	return found
}
