package fetch_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/proof/fetch"
)

// TestPlanNeedsNoResponse holds what a browser does with a request before any response comes.
func TestPlanNeedsNoResponse(t *testing.T) {
	const page, url = "https://app.example.com", "https://api.example.com/pets"
	body := "{}"
	json := []fetch.Field{{Name: "Content-Type", Value: "application/json"}}
	for name, tt := range map[string]struct {
		request fetch.Request
		want    fetch.Plan
	}{
		"simple":      {fetch.Request{Origin: page, URL: url}, fetch.Plan{Method: "GET"}},
		"method":      {fetch.Request{Origin: page, URL: url, Method: "put"}, fetch.Plan{Method: "PUT", Preflight: true}},
		"header":      {fetch.Request{Origin: page, URL: url, Method: "POST", Header: json, Body: &body}, fetch.Plan{Method: "POST", Header: json, Preflight: true, PreflightHeaders: []string{"content-type"}}},
		"same origin": {fetch.Request{Origin: "https://api.example.com", URL: url, Method: "PUT"}, fetch.Plan{Method: "PUT", SameOrigin: true}},
		"refused":     {fetch.Request{Origin: page, URL: url, Method: "TRACE"}, fetch.Plan{Refused: &fetch.Refusal{Rule: "forbidden-method", Reason: `"TRACE" is a method that no script can send`}}},
	} {
		if diff := cmp.Diff(tt.want, tt.request.Plan()); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", name, diff)
		}
	}
}

// TestCheckPreflightLooksAtOneResponse holds that whether a request is sent depends on the
// response to its preflight alone, and only where there is a preflight.
func TestCheckPreflightLooksAtOneResponse(t *testing.T) {
	put := fetch.Request{Origin: "https://app.example.com", URL: "https://api.example.com/pets", Method: "PUT"}
	passing := fetch.Response{Status: 204, Header: []fetch.Field{{Name: "Access-Control-Allow-Origin", Value: "*"}, {Name: "Access-Control-Allow-Methods", Value: "PUT"}}}
	if v := fetch.CheckPreflight(put, passing); !v.Allowed || v.Stage != fetch.StageNone {
		t.Errorf("a preflight that passes: got %+v", v)
	}
	if v := fetch.CheckPreflight(put, fetch.Response{Status: 204}); v.Allowed || v.Stage != fetch.StagePreflight || v.Rule != "acao-missing" {
		t.Errorf("a preflight that is refused: got %+v", v)
	}
	get := put
	get.Method = "GET"
	if v := fetch.CheckPreflight(get, fetch.Response{}); !v.Allowed || v.Preflight {
		t.Errorf("a request without a preflight: got %+v", v)
	}
}
