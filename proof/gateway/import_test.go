package gateway_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// importCase are parts of documents that the import refuses by a behaviour, and of documents that are
// nearly the same and that it takes.
type importCase struct {
	apiType       gateway.APIType
	refuses       []part
	takes         []part
	hasOnePointer string // to what the first one is refused for
}

// part is what stands in the paths of a document, and at its root.
type part struct{ paths, root string }

// backed is a method of a path with an integration.
func backed(integration string, more ...string) part {
	return part{paths: path("/a/{id}", method("get", integration, more...))}
}

// mappedTo is a method whose response maps a header.
func mappedTo(target, value string) part {
	return backed(`{type: http, httpMethod: GET, uri: 'https://b.example', responses: {default: {statusCode: '200', responseParameters: {` + target + `: ` + value + `}}}}`)
}

// taking is a method whose request maps a parameter.
func taking(target, value string, more ...string) part {
	return backed(`{type: http_proxy, httpMethod: GET, uri: 'https://b.example', requestParameters: {`+target+`: `+value+`}}`, more...)
}

// answering is a method with integration responses.
func answering(responses string) part {
	return backed(`{type: http, httpMethod: GET, uri: 'https://b.example', responses: ` + responses + `}`)
}

// gatewayHeader is a document with a gateway response.
func gatewayHeader(value string) part {
	return part{root: "x-amazon-apigateway-gateway-responses: {QUOTA_EXCEEDED: {responseParameters: {gatewayresponse.header.A: " + value + "}}}\n"}
}

const declaredID = "parameters: [{name: X-A, in: header, schema: {}}, {name: q, in: query, schema: {}}]"

var importCases = map[string]importCase{
	"import-size": { // see TestImportOfLargeDocuments
		takes: []part{{}},
	},
	"import-version": { // see TestImportOfVersions
		takes: []part{{}},
	},
	"import-http-swagger": { // see TestImportOfVersions
		apiType: gateway.HTTP, takes: []part{{}},
	},
	"import-path-slash": {
		refuses: []part{{paths: path("a", method("get", mock))}}, hasOnePointer: "/paths/a",
		takes: []part{{paths: path("/a", method("get", mock))}, {paths: "x-a: {}\n"}, {paths: "'${a}': {}\n"}, {paths: "'Fn::Transform': {}\n"}},
	},
	"import-path-characters": {
		refuses: []part{{paths: path("/a b", method("get", mock))}, {paths: path("/{a}.json", method("get", mock))}, {paths: path("/{a b}", method("get", mock))}, {paths: "/a+b: {}\n"}}, hasOnePointer: "/paths/~1a b",
		takes: []part{{paths: path("/a.b_c,d:e-f/{g}/{h+}", method("get", mock))}, {paths: path("/${a}/b", method("get", mock))}},
	},
	"import-sibling-variables": {
		refuses: []part{{paths: path("/{a}", method("get", mock)) + path("/{b}/c", method("get", mock))}, {paths: path("/{a}", method("get", mock)) + path("/{b+}", method("get", mock))}}, hasOnePointer: "/paths/~1{a}",
		takes: []part{{paths: path("/{a}", method("get", mock)) + path("/{a}/c", method("get", mock)) + path("/b/{c}", method("get", mock))}},
	},
	"import-below-greedy": {
		refuses: []part{{paths: path("/{a+}/b", method("get", mock))}}, hasOnePointer: "/paths/~1{a+}~1b",
		takes: []part{{paths: path("/b/{a+}", method("get", mock))}},
	},
	"import-duplicate-method": {
		refuses: []part{{paths: path("/a", method("get", mock)) + path("/a/", method("get", mock))}}, hasOnePointer: "/paths/~1a~1/get",
		takes: []part{{paths: path("/a", method("get", mock)) + path("/a/", method("put", mock))}},
	},
	"import-model-name": {
		refuses: []part{{root: "components: {schemas: {A.B: {}}}\n"}, {root: "components: {schemas: {A_B: {}}}\n"}}, hasOnePointer: "/components/schemas/A.B",
		takes: []part{{root: "components: {schemas: {AB1: {}, x-apigw-cors-ignore: [], '${a}': {}, 'Fn::Transform': {}}}\n"}, {root: "definitions: {A.B: {}}\n"}},
	},
	"import-external-reference": {
		refuses: []part{{root: "components: {schemas: {A: {properties: {b: {$ref: b.yaml}}}}}\n"}, {paths: "/a: {$ref: 'https://b.example/c.yaml#/d'}\n"}}, hasOnePointer: "/components/schemas/A/properties/b/$ref",
		takes: []part{{root: "components: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {}, C: {$ref: 'https://apigateway.amazonaws.com/restapis/x/models/D'}, D: {$ref: '${e}'}}}\nx-a: {$ref: b.yaml}\n"},
			{root: "components: {schemas: {A: {example: {$ref: b.yaml}, type: object, default: {$ref: b.yaml}}}}\n"}},
	},
	"import-parameter-twice": {
		refuses: []part{backed(mock, "parameters: [{name: id, in: path, required: true, schema: {}}, {name: id, in: query, schema: {}}]"), {paths: path("/a", "parameters: [{name: b, in: header, schema: {}}]", method("get", mock, "parameters: [{name: b, in: query, schema: {}}]"))}}, hasOnePointer: "/paths/~1a~1{id}/get",
		takes: []part{backed(mock, "parameters: [{name: id, in: path, required: true, schema: {}}, {name: id, in: cookie, schema: {}}]"), {paths: path("/a", "parameters: [{name: b, in: query, schema: {}}]", method("get", mock, "parameters: [{name: b, in: query, schema: {}}]"))}},
	},
	"import-validator-undefined": {
		refuses: []part{{root: "x-amazon-apigateway-request-validator: all\n"}, backed(mock, "x-amazon-apigateway-request-validator: all")}, hasOnePointer: "/x-amazon-apigateway-request-validator",
		takes: []part{{root: "x-amazon-apigateway-request-validator: all\nx-amazon-apigateway-request-validators: {all: {}}\n"}, {root: "x-amazon-apigateway-request-validator: '${v}'\n"}, {root: "x-amazon-apigateway-request-validator: all\nx-amazon-apigateway-request-validators: {'Fn::Transform': {}}\n"}},
	},
	"import-http-method": {
		refuses: []part{backed(`{type: http_proxy, uri: 'https://b.example'}`), backed(`{type: AWS, uri: 'arn:aws:apigateway:x:lambda:path/f', httpMethod: '', responses: {default: {statusCode: '200'}}}`), backed(`{type: aws_proxy, uri: 'arn:aws:apigateway:x:lambda:path/f', httpMethod: null}`)}, hasOnePointer: "/paths/~1a~1{id}/get/x-amazon-apigateway-integration",
		takes: []part{backed(mock), backed(`{type: http_proxy, uri: 'https://b.example', httpMethod: '${m}'}`), backed(`{type: http_proxy, uri: 'https://b.example', httpMethod: {Ref: M}}`)},
	},
	"import-uri": {
		refuses: []part{
			backed(`{type: aws_proxy, httpMethod: POST, uri: 'arn:aws:lambda:eu-west-1:111122223333:function:f'}`), backed(`{type: aws_proxy, httpMethod: POST, uri: 'arn:aws:apigateway:x:s3:path/b/k'}`),
			backed(`{type: http_proxy, httpMethod: GET, uri: 'b.example/c'}`), backed(`{type: http, httpMethod: GET, uri: 'ftp://b.example', responses: {default: {statusCode: '200'}}}`)}, hasOnePointer: "/paths/~1a~1{id}/get/x-amazon-apigateway-integration/uri",
		takes: []part{
			backed(`{type: aws_proxy, httpMethod: POST, uri: 'arn:aws:apigateway:x:lambda:path/2015-03-31/functions/arn:aws:lambda:x:1:function:f/invocations'}`), backed(`{type: aws, httpMethod: PUT, uri: 'arn:aws:apigateway:x:s3:path/b/k', responses: {default: {statusCode: '200'}}}`),
			backed(`{type: aws_proxy, httpMethod: POST, uri: '${stageVariables.f}'}`), backed(`{type: aws_proxy, httpMethod: POST, uri: {'Fn::Sub': x}}`), backed(`{type: http_proxy, httpMethod: GET, uri: 'HTTP://b.example/{id}'}`)},
	},
	"import-request-mapping": {
		refuses: []part{taking("integration.request.header.X", "y"), taking("integration.request.body.x", "\"'y'\""), taking("integration.request.header.X", "integration.response.header.Y")}, hasOnePointer: "/paths/~1a~1{id}/get/x-amazon-apigateway-integration/requestParameters/integration.request.header.X",
		takes: []part{taking("integration.request.header.X", "\"'y'\""), taking("integration.request.header.X", "true"), taking("integration.request.header.X", "context.requestId"), taking("integration.request.header.X", "'${y}'"), taking("integration.request.path.x", "method.request.path.id"), taking("integration.request.querystring.x", "'method.request.body.a[0]'")},
	},
	"import-request-mapping-undeclared": {
		refuses: []part{taking("integration.request.header.X", "method.request.header.X-A"), taking("integration.request.header.X", "method.request.querystring.X-A", declaredID)}, hasOnePointer: "/paths/~1a~1{id}/get/x-amazon-apigateway-integration/requestParameters/integration.request.header.X",
		takes: []part{taking("integration.request.header.X", "method.request.header.x-a", declaredID), taking("integration.request.header.X", "method.request.multivaluequerystring.q", declaredID), taking("integration.request.path.id", "method.request.path.id")},
	},
	"import-two-defaults": {
		refuses: []part{answering("{default: {statusCode: '200'}, '': {statusCode: '404'}}")}, hasOnePointer: "/paths/~1a~1{id}/get/x-amazon-apigateway-integration/responses",
		takes: []part{answering("{'': {statusCode: '404'}}")},
	},
	"import-parameter-name": {
		refuses: []part{backed(mock, "parameters: [{name: 'filter[a]', in: query, schema: {}}]"), {paths: path("/a", "parameters: [{name: 'X A', in: header, schema: {}}]", method("get", mock))}}, hasOnePointer: "/paths/~1a~1{id}/get",
		takes: []part{backed(mock, "parameters: [{name: filter_a.b$c-d, in: query, schema: {}}, {name: 'x[]', in: cookie, schema: {}}, {name: '${p}', in: query, schema: {}}]")},
	},
	"import-mapping-target": {
		refuses: []part{mappedTo("A", "\"'a'\""), mappedTo("method.response.header.A(", "\"'a'\"")}, hasOnePointer: "/paths/~1a~1{id}/get/x-amazon-apigateway-integration/responses/default/responseParameters/A",
		takes: []part{mappedTo("method.response.header.A", "\"'a'\"")},
	},
	"import-mapping-undeclared": {
		refuses: []part{mappedTo("method.response.header.B", "\"'b'\""), answering(`{default: {statusCode: '500', responseParameters: {method.response.header.A: "'a'"}}}`)}, hasOnePointer: "/paths/~1a~1{id}/get/x-amazon-apigateway-integration/responses/default/responseParameters/method.response.header.B",
		takes: []part{mappedTo("method.response.header.a", "\"'a'\""), answering("{default: {statusCode: '500'}}"), answering("{default: {statusCode: '${s}'}}")},
	},
	"import-mapping-value": {
		refuses: []part{mappedTo("method.response.header.A", "a"), mappedTo("method.response.header.A", "method.request.header.Origin")}, hasOnePointer: "/paths/~1a~1{id}/get/x-amazon-apigateway-integration/responses/default/responseParameters/method.response.header.A",
		takes: []part{mappedTo("method.response.header.A", "5"), mappedTo("method.response.header.A", "integration.response.body.a"), mappedTo("method.response.header.A", "stageVariables.a"), mappedTo("method.response.header.A", "'${a}'")},
	},
	"import-gateway-mapping": {
		refuses: []part{gatewayHeader("'*'"), gatewayHeader("test-value"), gatewayHeader("integration.response.header.A")}, hasOnePointer: "/x-amazon-apigateway-gateway-responses/QUOTA_EXCEEDED/responseParameters/gatewayresponse.header.A",
		takes: []part{gatewayHeader("\"'*'\""), gatewayHeader("method.request.header.Origin"), gatewayHeader("stageVariables.a"), gatewayHeader("true"), gatewayHeader("'${a}'")},
	},
	"import-several-requirements": {
		apiType: gateway.HTTP,
		refuses: []part{{paths: path("/a", method("get", proxy, "security: [{jwt: []}, {jwt: [a]}]")), root: jwt}}, hasOnePointer: "/paths/~1a/get",
		takes: []part{{paths: path("/a", method("get", proxy, "security: [{jwt: []}]")), root: jwt}},
	},
	"import-max-age": {
		apiType: gateway.HTTP,
		refuses: []part{{root: "x-amazon-apigateway-cors: {allowOrigins: ['*'], maxAge: 86401}\n"}, {root: "x-amazon-apigateway-cors: {allowOrigins: ['*'], maxAge: -2}\n"}}, hasOnePointer: "/x-amazon-apigateway-cors/maxAge",
		takes: []part{{root: "x-amazon-apigateway-cors: {allowOrigins: ['*'], maxAge: 86400}\n"}, {root: "x-amazon-apigateway-cors: {allowOrigins: ['*'], maxAge: -1}\n"}},
	},
	"import-credentials": {
		apiType: gateway.HTTP,
		refuses: []part{{root: "x-amazon-apigateway-cors: {allowOrigins: ['*'], allowCredentials: true}\n"}}, hasOnePointer: "/x-amazon-apigateway-cors",
		takes: []part{{root: "x-amazon-apigateway-cors: {allowOrigins: ['*'], allowCredentials: false}\n"}, {root: "x-amazon-apigateway-cors: {allowOrigins: [https://a.example], allowCredentials: true}\n"}},
	},
	"import-origin-pattern": {
		apiType: gateway.HTTP,
		refuses: []part{{root: "x-amazon-apigateway-cors: {allowOrigins: ['https://*.a.example']}\n"}}, hasOnePointer: "/x-amazon-apigateway-cors",
		takes: []part{{root: "x-amazon-apigateway-cors: {allowOrigins: ['https://*']}\n"}},
	},
}

// refusalsOf are the ids of the behaviours by which the import refuses a document, and where.
func refusalsOf(t *testing.T, src []byte, apiType gateway.APIType) []string {
	t.Helper()
	api, err := gateway.Read(src, gateway.Options{APIType: apiType})
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	var got []string
	for _, u := range api.Refusals() {
		if u.Reason != gateway.ReasonImport || u.Behaviour.ID == "" {
			t.Errorf("%s is refused by no behaviour: %+v", src, u)
		}
		got = append(got, u.Behaviour.ID+" "+u.Pointer)
	}
	if (len(got) > 0) != (api.Refused() != nil) {
		t.Errorf("%s is refused: %v, by %v", src, api.Refused(), got)
	}
	return got
}

// TestImportRefusals holds what the import refuses by each of its behaviours, and what it takes.
func TestImportRefusals(t *testing.T) {
	for id, tt := range importCases {
		for _, p := range tt.takes {
			if got := refusalsOf(t, document(p.paths, p.root), tt.apiType); len(got) > 0 {
				t.Errorf("%s refuses %q %q: %v", id, p.paths, p.root, got)
			}
		}
		for i, p := range tt.refuses {
			got := refusalsOf(t, document(p.paths, p.root), tt.apiType)
			if len(got) == 0 || !strings.HasPrefix(got[0], id+" ") || i == 0 && got[0] != id+" "+tt.hasOnePointer {
				t.Errorf("%s does not refuse %q %q at %s: %v", id, p.paths, p.root, tt.hasOnePointer, got)
			}
		}
	}
	for _, r := range gateway.Behaviours() {
		if _, ok := importCases[r.ID]; strings.HasPrefix(r.ID, "import-") && !ok {
			t.Errorf("no case is about %s", r.ID)
		}
	}
}

// TestImportOfVersions holds which versions of OpenAPI are imported as which API type.
func TestImportOfVersions(t *testing.T) {
	for version, want := range map[string][2][]string{ // as a REST API, as an HTTP API
		"openapi: 3.0.3":   {nil, nil},
		"swagger: '2.0'":   {nil, {"import-http-swagger /swagger"}},
		"openapi: 3.1.0":   {{"import-version /openapi"}, {"import-version /openapi"}},
		"openapi: '3.2.0'": {{"import-version /openapi"}, {"import-version /openapi"}},
	} {
		got := [2][]string{}
		for i, apiType := range []gateway.APIType{gateway.REST, gateway.HTTP} {
			got[i] = refusalsOf(t, []byte(version+"\npaths: {}\n"), apiType)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", version, diff)
		}
	}
}

// TestImportOfLargeDocuments holds that a document of more than 6 MB is refused.
func TestImportOfLargeDocuments(t *testing.T) {
	small := document("/a: {}\n", "")
	for size, want := range map[int][]string{6 << 20: nil, 6<<20 + 1: {"import-size "}} {
		src := append(small, bytes.Repeat([]byte{'\n'}, size-len(small))...)
		if diff := cmp.Diff(want, refusalsOf(t, src, gateway.REST)); diff != "" {
			t.Errorf("%d bytes: (-want +got)\n%s", size, diff)
		}
	}
}

// TestImportRefusalsAreAllTold holds that one refusal hides no other, and that they come in the
// order of their places.
func TestImportRefusalsAreAllTold(t *testing.T) {
	src := document(path("/a", method("get", `{type: http, requestParameters: {integration.request.header.X: y}, responses: {default: {statusCode: '500'}, '4..': {statusCode: '200', responseParameters: {method.response.header.B: b}}}}`)), "components: {schemas: {A.B: {$ref: c.yaml}}}\n")
	at := "/paths/~1a/get/x-amazon-apigateway-integration"
	want := []string{
		"import-model-name /components/schemas/A.B", "import-external-reference /components/schemas/A.B/$ref", "import-http-method " + at,
		"import-request-mapping " + at + "/requestParameters/integration.request.header.X", "import-mapping-value " + at + "/responses/4../responseParameters/method.response.header.B",
		"import-mapping-undeclared " + at + "/responses/4../responseParameters/method.response.header.B",
	}
	if diff := cmp.Diff(want, refusalsOf(t, src, gateway.REST)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestImportOfWhatADeploymentGives holds that nothing is refused for what stands in for something
// that only a deployment gives.
func TestImportOfWhatADeploymentGives(t *testing.T) {
	for _, responses := range []string{"{'Fn::If': [a, {}, {}]}", "{'200': {'Fn::If': [a, {}, {}]}}"} {
		src := document(path("/a", fmt.Sprintf(`get: {responses: %s, x-amazon-apigateway-integration: {type: http, httpMethod: GET, responses: {default: {statusCode: '200', responseParameters: {method.response.header.A: "'a'"}}}}}`, responses)), "")
		if got := refusalsOf(t, src, gateway.REST); len(got) > 0 {
			t.Errorf("%s: got %v", responses, got)
		}
	}
}
