package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

// catchAlls returns the routes of an HTTP API with a CORS configuration to which preflight requests
// go in its place: those for any method, and $default.
func catchAlls(d *View) (routes []*model.Method) {
	if !responses.HasConfiguration(d.Document, d.API) {
		return nil
	}
	for _, r := range d.Resources {
		if m := d.catchAll(r); m != nil {
			routes = append(routes, m)
		}
	}
	return routes
}

// RefusesPreflights returns the finding of rule preflight-swallowed for a route that receives
// preflight requests and asks for security schemes.
func RefusesPreflights(m *model.Method, schemes []string, hint string) Finding {
	f := refusesPreflights(m, schemes)
	f.Rule, f.Hint = preflightSwallowed, hint
	return f
}

func refusesPreflights(m *model.Method, schemes []string) Finding {
	return Finding{
		At:      ofMethod(m),
		Message: fmt.Sprintf("%s gets preflights and asks for %q, and preflights carry no credentials", m.Route(), strings.Join(schemes, ", ")),
		Hint:    "add an OPTIONS route without it: apigw-cors enable",
	}
}

// PassesPreflights returns the finding of rule preflight-to-backend for a route that receives
// preflight requests, and none where it has no backend, or may refuse them.
func PassesPreflights(d *model.Document, m *model.Method) []Finding {
	found := passesPreflights(d, m)
	for i := range found {
		found[i].Rule = preflightToBackend
	}
	return found
}

func passesPreflights(d *model.Document, m *model.Method) []Finding {
	authorization := d.AuthorizationOf(m, model.HTTP)
	if m.Integration == nil || len(authorization.RefusedBy) > 0 || authorization.Unknown != "" {
		return nil
	}
	return []Finding{{
		At:      ofMethod(m),
		Message: fmt.Sprintf("%s receives preflight requests, and its backend must answer them with a 2xx status", m.Route()),
		Hint:    "write the methods that it serves in the place of any, and API Gateway answers preflight requests by itself",
	}}
}
