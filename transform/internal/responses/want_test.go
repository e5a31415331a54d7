package responses

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// TestEachMemberHasAHeaderOfTheProtocol holds that whatever a policy says is found again in a
// document.
func TestEachMemberHasAHeaderOfTheProtocol(t *testing.T) {
	for m := range policy.Members() {
		if !IsCORS(m.Header) || IsActual(m.Header) != m.OnActual {
			t.Errorf("%s of %s is no header that is read", m.Header, m.Name)
		}
	}
}

// TestHeadersFollowFromAPolicy holds which headers responses to preflights and those of
// methods carry, and their order.
func TestHeadersFollowFromAPolicy(t *testing.T) {
	full := policy.Policy{
		AllowOrigins: policy.Origins("https://a.example", "https://b.example"), AllowMethods: policy.Methods("GET", "PUT"),
		AllowHeaders: policy.Headers("X-A", "X-B"), ExposeHeaders: policy.Headers("ETag"), MaxAge: policy.Seconds(0), AllowCredentials: policy.Credentials(true),
	}
	filled := policy.Policy{
		AllowOrigins: policy.Origins("stageVariables.origin"), AllowMethods: policy.None[[]string](), AllowHeaders: policy.Headers("${names}"),
		MaxAge: policy.Raw[int]("${age}"), AllowCredentials: policy.Credentials(false),
	}
	for name, tt := range map[string]struct {
		policy            policy.Policy
		preflight, actual []string
	}{
		"all": {full, []string{
			"Access-Control-Allow-Origin: the caller's origin if that is https://a.example or https://b.example", "Access-Control-Allow-Methods: GET,PUT",
			"Access-Control-Allow-Headers: X-A,X-B", "Access-Control-Allow-Credentials: true", "Access-Control-Max-Age: 0", "Vary: Origin",
		}, []string{
			"Access-Control-Allow-Origin: the caller's origin if that is https://a.example or https://b.example", "Access-Control-Allow-Credentials: true",
			"Access-Control-Expose-Headers: ETag", "Vary: Origin",
		}},
		"expressions": {filled, []string{
			"Access-Control-Allow-Origin: stageVariables.origin", "Access-Control-Allow-Headers: ${names}", "Access-Control-Max-Age: ${age}",
		}, []string{"Access-Control-Allow-Origin: stageVariables.origin"}},
	} {
		e := derive.ForResource(tt.policy, nil, nil, nil)
		if diff := cmp.Diff(tt.preflight, said(PreflightOf(e))); diff != "" {
			t.Errorf("%s: the preflight (-want +got)\n%s", name, diff)
		}
		if diff := cmp.Diff(tt.actual, said(ActualOf(e))); diff != "" {
			t.Errorf("%s: the methods (-want +got)\n%s", name, diff)
		}
	}
}

func said(hs Headers) []string {
	var list []string
	for _, h := range hs {
		list = append(list, h.Name+": "+h.Say())
	}
	return list
}
