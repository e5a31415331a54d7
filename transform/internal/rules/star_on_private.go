package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

const fromOffice = `x-amazon-apigateway-policy:
  Version: "2012-10-17"
  Statement:
    - {Effect: Allow, Principal: "*", Action: "execute-api:Invoke", Resource: "*", Condition: {IpAddress: {"aws:SourceIp": "192.0.2.0/24"}}}
`

var starOnPrivate = &Rule{
	ID:    "star-on-private",
	Title: "every origin is allowed to call an API that is protected by its network",
	Doc: "Where a caller's place in the network is all that lets it in, a browser in that network is let in " +
		"too, and * makes it call for the page of any site.",
	URL:      "https://fetch.spec.whatwg.org/#basic-safe-cors-protocol-setup",
	Severity: finding.Warning,
	API:      model.REST,
	CORS:     true,
	Fails:    fromOffice + example("get", `Access-Control-Allow-Origin: "'*'"`),
	Passes:   fromOffice + example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	find:     findStarOnPrivate,
}

func findStarOnPrivate(d *View) (found []Finding) {
	sign, ok := privateSign(d)
	if !ok {
		return nil
	}
	for _, p := range d.preflights() {
		h, _ := p.Headers.Get(responses.AllowOrigin)
		if p.Headers.Value(responses.AllowOrigin) == "*" && d.Generated(ofHeader(p.Entry, h).Pointer) { // it is not spoken of, but what it meets is
			found = append(found, Finding{
				At:      sign,
				Message: "every origin is allowed to call an API that lets callers in by their place in the network",
				Hint:    "name the origins, with --allow-origin",
			})
		}
	}
	for _, h := range fixedHeaders(d, responses.AllowOrigin) {
		if h.value() == "*" && isOpen(d, h.method) {
			found = append(found, Finding{
				At:      h.at(),
				Message: fmt.Sprintf("%s answers %s: \"*\", and the document lets callers in by their place in the network", what(h.method), responses.AllowOrigin),
				Hint:    "name the origins",
			})
		}
	}
	return found
}

// isOpen reports whether nothing is asked of those who call a method: neither by API Gateway nor,
// as far as the document specifies, by the backend.
func isOpen(d *View, m *model.Method) bool {
	a := d.AuthorizationOf(m, d.API)
	return len(a.RefusedBy) == 0 && a.Unknown == "" && !d.NeedsAuthorization(m)
}
