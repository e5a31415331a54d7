package extensions_test

import (
	"fmt"
	"testing"

	"github.com/apigw-cors/apigw-cors/extensions"
)

func TestIntegrationResponseMistakes(t *testing.T) {
	testMistakes[extensions.IntegrationResponse](t, []mistakeCase{
		{"none in a number", `{"statusCode": 200}`, ""},
		{"none in an intrinsic", `{"statusCode": {"Ref": "Status"}}`, ""},
		{"status missing", `{}`, `statusCode: is missing; name the status of a declared response`},
		{"status range", `{"statusCode": "2XX"}`, `statusCode: "2XX" is not a status code; write 100 to 599`},
		{"status out of bounds", `{"statusCode": 600}`, `statusCode: "600" is not a status code; write 100 to 599`},
		{"member in the singular", `{"statusCode": 200, "responseTemplate": {}}`, `responseTemplate: is not a member, did you mean "responseTemplates"`},
		{"template without quotes", `{"statusCode": 200, "responseTemplates": {"text/plain": 1}}`, `responseTemplates["text/plain"]: "1" is not a string; write "1"`},
		{"conversion unknown", `{"statusCode": 200, "contentHandling": "CONVERT_TO_TXT"}`, `contentHandling: "CONVERT_TO_TXT" is not a value of this member, did you mean "CONVERT_TO_TEXT"`},
	})
}

func TestResponseMappingSources(t *testing.T) {
	const member = `responseParameters["method.response.header.A"]: `
	const sources = `integration.response.header.NAME, integration.response.multivalueheader.NAME, stageVariables.NAME, context.NAME or a static value in single quotes`
	tests := []struct{ name, source, want string }{
		{"static", `"'*'"`, ""},
		{"empty static", `"''"`, ""},
		{"static with quotes in pairs", `"'default-src 'self''"`, ""},
		{"static with an apostrophe", `"'don't'"`, ""},
		{"header", `"integration.response.header.Content-Type"`, ""},
		{"multi-value header", `"integration.response.multivalueheader.Set-Cookie"`, ""},
		{"body", `"integration.response.body"`, ""},
		{"part of the body", `"integration.response.body.items[0]"`, ""},
		{"stage variable", `"stageVariables.origin"`, ""},
		{"context", `"context.authorizer.claims['cognito:groups']"`, ""},
		{"templated", `"'${Origin}'"`, ""},
		{"intrinsic", `{"Fn::Sub": "'${Origin}'"}`, ""},
		{"without quotes", `"*"`, `"*" is not a mapping expression; a static value stands in single quotes: "'*'"`},
		{"with one quote", `"'*"`, `"'*" is not a mapping expression; a static value stands in single quotes: "'*'"`},
		{"with three quotes", `"'*''"`, `"'*''" has a single quote too many; write "'*'"`},
		{"number", `600`, `"600" is not a string, the import drops it; write "'600'"`},
		{"list", `["*"]`, "`[\"*\"]` is not a string"},
		{"of the request", `"method.request.header.Origin"`, `"method.request.header.Origin" is not a source of this mapping; use ` + sources},
		{"without a name", `"integration.response.header."`, `"integration.response.header." is not a source of this mapping; use ` + sources},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			value := fmt.Sprintf(`{"statusCode": 200, "responseParameters": {"method.response.header.A": %s}}`, test.source)
			response := decode[extensions.IntegrationResponse](t, value)
			if test.want == "" {
				wantMistakes(t, response)
				return
			}
			wantMistakes(t, response, member+test.want)
		})
	}
}

func TestResponseMappingTargets(t *testing.T) {
	tests := []struct{ name, target, want string }{
		{"header", "method.response.header.Access-Control-Allow-Origin", ""},
		{"intrinsic", "Fn::Transform", ""},
		{"templated", "method.response.header.${name}", ""},
		{"bare header", "Vary", `responseParameters.Vary: is not a mapping target; write "method.response.header.Vary"`},
		{"of the request", "integration.request.header.A", `responseParameters["integration.request.header.A"]: is not a mapping target; write method.response.header.NAME`},
		{"bad name", "method.response.header.A B", `responseParameters["method.response.header.A B"]: does not end in a parameter name: letters, digits and . _ $ -`},
		{"no name", "method.response.header.", `responseParameters["method.response.header."]: does not end in a parameter name: letters, digits and . _ $ -`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			response := extensions.IntegrationResponse{
				StatusCode: extensions.Literal("200"),
				ResponseParameters: map[string]extensions.String{
					test.target:                extensions.Static("a"),
					"method.response.header.B": extensions.Static("b"),
				},
			}
			if test.want == "" {
				wantMistakes(t, response)
				return
			}
			wantMistakes(t, response, test.want)
		})
	}
}
