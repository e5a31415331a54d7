package extensions_test

import (
	"testing"

	"github.com/apigw-cors/apigw-cors/extensions"
)

func TestGatewayResponsesRoundTripSorted(t *testing.T) {
	responses := extensions.GatewayResponses{
		extensions.Unauthorized: {StatusCode: extensions.Literal("401")},
		extensions.Default4XX: {ResponseParameters: map[string]extensions.String{
			extensions.GatewayResponseHeaderPrefix + "Access-Control-Allow-Origin": extensions.Static("*"),
		}},
	}
	const want = `{"DEFAULT_4XX":{"responseParameters":{"gatewayresponse.header.Access-Control-Allow-Origin":"'*'"}},` +
		`"UNAUTHORIZED":{"statusCode":"401"}}`
	if got := encode(t, responses); got != want {
		t.Errorf("got %s", got)
	}
	if got := encode(t, decode[extensions.GatewayResponses](t, want)); got != want {
		t.Errorf("round trip: got %s", got)
	}
}

func TestGatewayResponseMistakes(t *testing.T) {
	const header = `THROTTLED.responseParameters["gatewayresponse.header.A"]: `
	testMistakes[extensions.GatewayResponses](t, []mistakeCase{
		{"none", `{"DEFAULT_4XX": {"responseParameters": {"gatewayresponse.header.A": "'*'", "gatewayresponse.path.b": "method.request.path.c", "gatewayresponse.header.D": "context.requestId"}}, "WAF_FILTERED": {"statusCode": 403, "responseTemplates": {"application/json": "{}"}}}`, ""},
		{"none in intrinsics", `{"Fn::Transform": {"Name": "AWS::Include"}, "THROTTLED": {"Fn::If": ["C", {}, {}]}}`, ""},
		{"type unknown", `{"TEAPOT": {}}`, `TEAPOT: is not a gateway response type`},
		{"type misspelled", `{"DEFAULT_4xx": {}}`, `DEFAULT_4xx: is not a gateway response type, did you mean "DEFAULT_4XX"`},
		{"pasted target", `{"THROTTLED": {"responseParameters": {"gatewayresponse.header.method.response.header.A": "'*'"}}}`, `THROTTLED.responseParameters["gatewayresponse.header.method.response.header.A"]: names a parameter "method.response.header.A"; write "gatewayresponse.header.A"`},
		{"target of a method", `{"THROTTLED": {"responseParameters": {"method.response.header.A": "'*'"}}}`, `THROTTLED.responseParameters["method.response.header.A"]: is not a mapping target; write gatewayresponse.header.NAME, gatewayresponse.path.NAME or gatewayresponse.querystring.NAME`},
		{"value without quotes", `{"THROTTLED": {"responseParameters": {"gatewayresponse.header.A": "*"}}}`, header + `"*" is not a mapping expression; a static value stands in single quotes: "'*'"`},
		{"source of an integration", `{"THROTTLED": {"responseParameters": {"gatewayresponse.header.A": "stageVariables.origin"}}}`, header + `"stageVariables.origin" is not a source of this mapping; use method.request.header.NAME, method.request.path.NAME, method.request.querystring.NAME, context.NAME or a static value in single quotes`},
		{"member in CloudFormation's case", `{"THROTTLED": {"ResponseParameters": {}}}`, `THROTTLED.ResponseParameters: is not a member, did you mean "responseParameters"`},
		{"status unknown", `{"THROTTLED": {"statusCode": "slow"}}`, `THROTTLED.statusCode: "slow" is not a status code; write 100 to 599`},
	})
}

func TestEveryGatewayResponseTypeButTheDefaultsHasAStatus(t *testing.T) {
	types := extensions.GatewayResponseTypes()
	if len(types) != 21 {
		t.Errorf("%d types", len(types))
	}
	for _, kind := range types {
		status, ok := kind.DefaultStatus()
		isDefault := kind == extensions.Default4XX || kind == extensions.Default5XX
		if ok == isDefault || ok && (status < 400 || status > 504) {
			t.Errorf("%s: status %d, %t", kind, status, ok)
		}
	}
	if status, ok := extensions.GatewayResponseType("TEAPOT").DefaultStatus(); ok {
		t.Errorf("an unknown type has status %d", status)
	}
}
