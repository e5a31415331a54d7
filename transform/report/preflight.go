package report

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

func (r *apiReader) preflight(of *model.Resource) Preflight {
	h := r.routes.Handler(of)
	switch h.How {
	case responses.ByNothing:
		return Preflight{By: ByNothing}
	case responses.ByConfiguration:
		return Preflight{By: ByConfiguration}
	case responses.ByUnknown:
		return Preflight{By: Unreadable}
	}
	p := r.handled(h)
	if h.Resource.Path != of.Path {
		p.Resource = h.Resource.Path
	}
	return p
}

// handled tells what becomes of the preflight requests that go to a method: in the order of API
// Gateway, the resource policy, the authorization and the request validator come first.
func (r *apiReader) handled(h responses.Handler) Preflight {
	if message, _ := r.denial.Say(); message != "" {
		return Preflight{By: ByMock, Status: "403", Refused: message}
	}
	m := h.Method
	auth := r.AuthorizationOf(m, r.api)
	p, missing := r.responseOf(m), r.missing(h)
	switch {
	case len(auth.RefusedBy) > 0:
		return Preflight{By: ByAuthorizer, Refused: asking(m) + " asks for authorization, which preflights never carry"}
	case auth.Unknown == "" && missing.Refuses():
		return Preflight{By: ByMock, Status: "400", Refused: "API Gateway responds with 400: its request validator asks for " + spellMissing(missing)}
	}
	if p.Unknown = cmp.Or(auth.Unknown, missing.Unknown, p.Unknown); p.Unknown != "" {
		p.Refused = ""
	}
	return p
}

// asking names a method that asks for something.
func asking(m *model.Method) string {
	if m.Name == "OPTIONS" {
		return m.Name
	}
	return "the method"
}

// missing is what the request validator of a method finds missing in preflight requests.
func (r *apiReader) missing(h responses.Handler) responses.MissingOfPreflights {
	if r.api == model.HTTP || h.Method.Opaque != "" {
		return responses.MissingOfPreflights{}
	}
	return responses.ValidatePreflights(r.Document, h.Resource.ItemOf(h.Method), h.Method)
}

func spellMissing(missing responses.MissingOfPreflights) string {
	switch names := missing.Headers; len(names) {
	case 0:
		return "a body"
	case 1:
		return "the header " + names[0]
	default:
		return "the headers " + strings.Join(names, ", ")
	}
}

// responseOf is the response of a method that preflight requests get to.
func (r *apiReader) responseOf(m *model.Method) Preflight {
	p := Preflight{By: r.handlerOf(m)}
	switch {
	case p.By == ByMock && responses.ResponderOf(m) == responses.Mock:
		p.ofMock(responses.MockResponseOf(r.Document, m))
	case p.By == ByMock:
		p.Status = responses.PreflightHave(m).Status
	case p.By == ByNothing && m.Integration != nil:
		p.By, p.Unknown = Unreadable, "an HTTP API has no integration of this type, and whether the import leaves the route out is not recorded"
	}
	if p.By == ByMock && p.Refused == "" {
		p.Headers = headers(preflightHeaders(m))
	}
	if p.Status != "" && p.Status[0] != '2' && p.Refused == "" && p.Unknown == "" {
		p.Refused = "OPTIONS answers " + p.Status
	}
	return p
}

func (p *Preflight) ofMock(response responses.MockResponse) {
	p.Unknown = response.Unknown
	if response.Status != 0 {
		p.Status = strconv.Itoa(response.Status)
	}
	if response.Fails != "" {
		p.Refused = failed(response.Status, response.Fails)
	}
}

// failed says that API Gateway responds with an error of its own.
func failed(status int, why string) string {
	return fmt.Sprintf("API Gateway responds with %d: %s", status, why)
}

// responder returns the method whose response, made by API Gateway, preflight requests of a
// resource get; nil where there is none.
func (r *apiReader) responder(of *model.Resource) *model.Method {
	m := r.routes.Handler(of).Method
	if m == nil || r.handlerOf(m) != ByMock || responses.PreflightHave(m).Entry == nil {
		return nil
	}
	return m
}
