package rules

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// choosingWith is an example whose template chooses the origin, with more headers mapped.
func choosingWith(headers ...string) string {
	return example("get", append([]string{`Access-Control-Allow-Origin`}, headers...)...) + `            responseTemplates:
              application/json: |
                #if($input.params("Origin") == "https://app.example.com")
                #set($context.responseOverride.header.Access-Control-Allow-Origin = $input.params("Origin"))
                #end
`
}

// TestValuesOfHeadersAreReadAsBrowsersReadThem holds that rules judge the value of a header as a
// browser or a cache receives it, without blanks around it and list entry by list entry.
func TestValuesOfHeadersAreReadAsBrowsersReadThem(t *testing.T) {
	const origin = `Access-Control-Allow-Origin: "'https://app.example.com'"`
	about := []string{"acac-false", "acac-half", "acac-value", "null-origin", "preflight-actual-differ", "star-with-credentials", "vary-missing", "vary-needless"}
	for name, tt := range map[string]struct {
		text string
		want []string
	}{
		"Vary lists Origin":                    {choosingWith(`Vary: "'Accept, origin'"`), nil},
		"Vary is a star":                       {choosingWith(`Vary: "'*'"`), nil},
		"no Vary":                              {choosingWith(), []string{"vary-missing"}},
		"Vary lists another name with Origin":  {choosingWith(`Vary: "'X-Original'"`), []string{"vary-missing"}},
		"a fixed origin, and Vary lists it":    {example("get", origin, `Vary: "' Origin '"`), []string{"vary-needless"}},
		"a fixed origin, and Vary is a star":   {example("get", origin, `Vary: "'*'"`), nil},
		"credentials with a blank":             {responding("https://app.example.com", example("get", origin, `Access-Control-Allow-Credentials: "'true '"`)), []string{"acac-half"}},
		"two kinds of blanks, no credentials":  {example("get", origin, `Access-Control-Allow-Credentials: "' \tfalse'"`), []string{"acac-false"}},
		"an origin with a blank":               {responding(" https://app.example.com", example("get", origin)), nil},
		"another origin with a blank":          {responding(" https://www.example.com", example("get", origin)), []string{"preflight-actual-differ"}},
		"null with a blank":                    {example("get", `Access-Control-Allow-Origin: "'null '"`), []string{"null-origin"}},
		"a star and credentials with blanks":   {example("get", `Access-Control-Allow-Origin: "' *'"`, `Access-Control-Allow-Credentials: "'true '"`), []string{"star-with-credentials"}},
		"credentials in upper case, and blank": {example("get", origin, `Access-Control-Allow-Credentials: "'TRUE '"`), []string{"acac-value"}},
	} {
		got := slices.DeleteFunc(found(t, tt.text, model.REST), func(id string) bool { return !slices.Contains(about, id) })
		if diff := cmp.Diff(tt.want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
}
