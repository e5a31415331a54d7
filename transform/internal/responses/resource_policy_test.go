package responses_test

import (
	"testing"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

// TestDeniedPreflights holds what is certain of a resource policy, whatever it says of single paths.
func TestDeniedPreflights(t *testing.T) {
	const everybody = "Principal: '*', Action: execute-api:Invoke"
	allow := func(resource string) string { return "{Effect: Allow, " + everybody + ", Resource: " + resource + "}" }
	deny := func(resource string) string { return "{Effect: Deny, " + everybody + ", Resource: " + resource + "}" }
	for statements, want := range map[string]responses.Denial{
		"[]":                            responses.NeverAllowed,
		allow("'*'"):                    responses.NotDenied,
		allow("execute-api:/*"):         responses.NotDenied,
		allow("'execute-api:/*/GET/*'"): responses.NeverAllowed,
		allow("[execute-api:/*/GET/*, execute-api:/prod/PUT/pets]"):                                            responses.NeverAllowed,
		allow("[execute-api:/*/GET/*, execute-api:/prod/OPTIONS/pets]"):                                        responses.NotDenied,
		allow("execute-api:/*/*/pets/1*"):                                                                      responses.NotDenied,
		allow("execute-api:/*/pets"):                                                                           responses.NotDenied,
		allow("'arn:aws:execute-api:${AWS::Region}:1:abc/*/PUT/*'"):                                            responses.NotDenied,
		"[" + allow("'*'") + ", " + deny("execute-api:/*/OPTIONS/*") + "]":                                     responses.DeniedByRule,
		"[" + allow("'*'") + ", " + deny("['x', 'arn:aws:execute-api:*:*:*/*']") + "]":                         responses.DeniedByRule,
		"[" + allow("'*'") + ", " + deny("execute-api:/*/OPTIONS/pets") + "]":                                  responses.NotDenied,
		"[" + allow("'*'") + ", {Effect: Deny, " + everybody + ", Resource: '*', Condition: {IpAddress: {}}}]": responses.NotDenied,
		"{Effect: Allow, Principal: {AWS: '1'}, Action: '*', Resource: '*'}":                                   responses.NeverAllowed,
		"{Effect: Allow, Principal: {AWS: ['1', '*']}, Action: '*', Resource: '*'}":                            responses.NotDenied,
		"{Effect: Allow, Principal: {Service: x}, Action: '*', Resource: '*'}":                                 responses.NeverAllowed,
		"{Effect: Allow, Principal: {Ref: x}, Action: '*', Resource: '*'}":                                     responses.NotDenied,
		"{Effect: Allow, Principal: '*', Action: execute-api:InvalidateCache, Resource: '*'}":                  responses.NeverAllowed,
		"{Effect: Allow, NotPrincipal: x, Action: '*', Resource: '*'}":                                         responses.NotDenied,
		"{'Fn::If': []}": responses.NotDenied,
		"1":              responses.NotDenied,
	} {
		f, err := model.Open("openapi.yaml", []byte("openapi: 3.0.1\nx-amazon-apigateway-policy: {Statement: "+statements+"}\npaths: {/a: {get: {}, put: {}}}\n"))
		if err != nil {
			t.Fatal(err)
		}
		d := model.Read(f.Root, nil)
		got := responses.DeniedPreflights(d, d.Resources)
		if message, hint := got.Say(); got != want || (message == "") != (want == responses.NotDenied) || (hint == "") != (message == "") {
			t.Errorf("%s: got %q, %q", statements, got, message)
		}
		d.Resources[0].Items[0].Methods = d.Resources[0].Items[0].Methods[:1]
		if got := responses.DeniedPreflights(d, d.Resources); got != responses.NotDenied {
			t.Errorf("%s: got %q, where no method needs a preflight", statements, got)
		}
	}
}
