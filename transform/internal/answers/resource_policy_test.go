package answers_test

import (
	"testing"

	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// TestDeniedPreflights holds what is certain of a resource policy, whatever it says of single paths.
func TestDeniedPreflights(t *testing.T) {
	const everybody = "Principal: '*', Action: execute-api:Invoke"
	allow := func(resource string) string { return "{Effect: Allow, " + everybody + ", Resource: " + resource + "}" }
	deny := func(resource string) string { return "{Effect: Deny, " + everybody + ", Resource: " + resource + "}" }
	for statements, want := range map[string]answers.Denial{
		"[]":                            answers.NeverAllowed,
		allow("'*'"):                    answers.NotDenied,
		allow("execute-api:/*"):         answers.NotDenied,
		allow("'execute-api:/*/GET/*'"): answers.NeverAllowed,
		allow("[execute-api:/*/GET/*, execute-api:/prod/PUT/pets]"):                                            answers.NeverAllowed,
		allow("[execute-api:/*/GET/*, execute-api:/prod/OPTIONS/pets]"):                                        answers.NotDenied,
		allow("execute-api:/*/*/pets/1*"):                                                                      answers.NotDenied,
		allow("execute-api:/*/pets"):                                                                           answers.NotDenied,
		allow("'arn:aws:execute-api:${AWS::Region}:1:abc/*/PUT/*'"):                                            answers.NotDenied,
		"[" + allow("'*'") + ", " + deny("execute-api:/*/OPTIONS/*") + "]":                                     answers.DeniedByRule,
		"[" + allow("'*'") + ", " + deny("['x', 'arn:aws:execute-api:*:*:*/*']") + "]":                         answers.DeniedByRule,
		"[" + allow("'*'") + ", " + deny("execute-api:/*/OPTIONS/pets") + "]":                                  answers.NotDenied,
		"[" + allow("'*'") + ", {Effect: Deny, " + everybody + ", Resource: '*', Condition: {IpAddress: {}}}]": answers.NotDenied,
		"{Effect: Allow, Principal: {AWS: '1'}, Action: '*', Resource: '*'}":                                   answers.NeverAllowed,
		"{Effect: Allow, Principal: {AWS: ['1', '*']}, Action: '*', Resource: '*'}":                            answers.NotDenied,
		"{Effect: Allow, Principal: {Service: x}, Action: '*', Resource: '*'}":                                 answers.NeverAllowed,
		"{Effect: Allow, Principal: {Ref: x}, Action: '*', Resource: '*'}":                                     answers.NotDenied,
		"{Effect: Allow, Principal: '*', Action: execute-api:InvalidateCache, Resource: '*'}":                  answers.NeverAllowed,
		"{Effect: Allow, NotPrincipal: x, Action: '*', Resource: '*'}":                                         answers.NotDenied,
		"{'Fn::If': []}": answers.NotDenied,
		"1":              answers.NotDenied,
	} {
		f, err := model.Open("openapi.yaml", []byte("openapi: 3.0.1\nx-amazon-apigateway-policy: {Statement: "+statements+"}\npaths: {/a: {get: {}, put: {}}}\n"))
		if err != nil {
			t.Fatal(err)
		}
		d := model.Read(f.Root, nil)
		got := answers.DeniedPreflights(d, d.Resources)
		if message, hint := got.Say(); got != want || (message == "") != (want == answers.NotDenied) || (hint == "") != (message == "") {
			t.Errorf("%s: got %q, %q", statements, got, message)
		}
		d.Resources[0].Items[0].Methods = d.Resources[0].Items[0].Methods[:1]
		if got := answers.DeniedPreflights(d, d.Resources); got != answers.NotDenied {
			t.Errorf("%s: got %q, where no method needs a preflight", statements, got)
		}
	}
}
