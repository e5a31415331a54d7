package rules

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// importable is a document of a REST API that an import takes.
const importable = `paths:
  /pets/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}, {name: by, in: query, schema: {type: string}}]
      responses: {"200": {description: a pet}, "404": {description: none}}
      x-amazon-apigateway-integration:
        type: http
        httpMethod: GET
        uri: https://pets.example.com
        requestParameters: {integration.request.header.X-By: method.request.querystring.by}
        responses:
          default: {statusCode: "200"}
          "404": {statusCode: "404"}
x-amazon-apigateway-gateway-responses:
  THROTTLED: {responseParameters: {gatewayresponse.header.Retry-After: "'60'"}}
`

// TestWhatAnImportRefuses holds which rules say that the import of a document fails: each for
// one change of a document that an import takes.
func TestWhatAnImportRefuses(t *testing.T) {
	for name, tt := range map[string]struct {
		old, new string
		want     []string
	}{
		"nothing":                               {"", "", nil},
		"no httpMethod":                         {"        httpMethod: GET\n", "", []string{"integration-without-http-method"}},
		"an empty httpMethod":                   {"httpMethod: GET", "httpMethod: ''", []string{"integration-without-http-method"}},
		"an httpMethod that is chosen":          {"httpMethod: GET", "httpMethod: {Ref: Method}", nil},
		"a uri without a scheme":                {"uri: https://pets.example.com", "uri: pets.example.com", []string{"integration-uri"}},
		"a uri that is filled in":               {"uri: https://pets.example.com", "uri: ${backend}/pets", nil},
		"a uri of an intrinsic":                 {"uri: https://pets.example.com", "uri: !Sub pets", nil},
		"a function's ARN for http":             {"uri: https://pets.example.com", `uri: "arn:aws:lambda:eu-west-1:111122223333:function:pets"`, []string{"integration-uri"}},
		"a function's ARN":                      {"type: http\n        httpMethod: GET\n        uri: https://pets.example.com", "type: aws\n        httpMethod: POST\n        uri: \"arn:aws:lambda:eu-west-1:111122223333:function:pets\"", []string{"integration-uri"}},
		"a queue behind a proxy":                {"type: http\n        httpMethod: GET\n        uri: https://pets.example.com", "type: aws_proxy\n        httpMethod: POST\n        uri: \"arn:aws:apigateway:${AWS::Region}:sqs:path/111122223333/pets\"", []string{"integration-uri"}},
		"a stream behind a proxy":               {"type: http\n        httpMethod: GET\n        uri: https://pets.example.com", "type: aws_proxy\n        httpMethod: POST\n        uri: \"arn:aws:apigateway:eu-west-1:firehose:action/PutRecord\"", nil},
		"a validator of nobody":                 {"      responses: {", "      x-amazon-apigateway-request-validator: all\n      responses: {", []string{"validator-undefined"}},
		"validators that are chosen":            {"x-amazon-apigateway-gateway-responses:", "x-amazon-apigateway-request-validators: {Ref: All}\nx-amazon-apigateway-request-validator: all\nx-amazon-apigateway-gateway-responses:", nil},
		"a query parameter with brackets":       {"name: by, in", "name: 'by[name]', in", []string{"parameter-name", "request-mapping-undeclared"}},
		"two parameters of one name":            {"name: by, in", "name: id, in", []string{"parameter-name-twice", "request-mapping-undeclared"}},
		"an unquoted request mapping":           {"method.request.querystring.by", "name", []string{"mapping-invalid"}},
		"a mapping of the path's variable":      {"method.request.querystring.by", "method.request.path.id", nil},
		"a mapping of an undeclared header":     {"method.request.querystring.by", "method.request.header.by", []string{"request-mapping-undeclared"}},
		"a mapping of what a reference may be":  {"{name: by, in: query, schema: {type: string}}", "{$ref: 'by.yaml'}", []string{"external-reference"}},
		"a mapping of what a name may become":   {"name: by, in", `name: "${by}", in`, nil},
		"a mapping of what an intrinsic may be": {"{name: by, in: query, schema: {type: string}}", "!If [isPaged, {name: by, in: query}, !Ref AWS::NoValue]", nil},
		"two defaults":                          {`"404": {statusCode`, `"": {statusCode`, []string{"two-default-responses"}},
		"a path that is filled in":              {"  /pets/{id}:", "  /${pets}/{id}:", nil},
		"a model of a placeholder":              {"x-amazon-apigateway-gateway-responses:", "components: {schemas: {\"${pet}\": {type: object}}}\nx-amazon-apigateway-gateway-responses:", nil},
		"models from elsewhere":                 {"x-amazon-apigateway-gateway-responses:", "components: {schemas: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://models/pets.yaml}}}}\nx-amazon-apigateway-gateway-responses:", nil},
		"an unquoted gateway response":          {`"'60'"`, `"60"`, []string{"mapping-unquoted"}},
		"a gateway response of the request":     {`"'60'"`, "method.request.header.Retry-After", nil},
		"a header that is not declared":         {`{statusCode: "404"}`, `{statusCode: "404", responseParameters: {method.response.header.X-Why: "'none'"}}`, []string{"header-undeclared"}},
		"a header of an undeclared status":      {`{statusCode: "404"}`, `{statusCode: "410", responseParameters: {method.response.header.X-Why: "'gone'"}}`, []string{"header-undeclared"}},
		"an undeclared status":                  {`{statusCode: "404"}`, `{statusCode: "410"}`, nil},
		"a status that is filled in":            {`{statusCode: "404"}`, `{statusCode: "${status}", responseParameters: {method.response.header.X-Why: "'gone'"}}`, nil},
		"a status in another notation":          {`{statusCode: "404"}`, `{statusCode: "%{status}", responseParameters: {method.response.header.X-Why: "'gone'"}}`, nil},
		"a uri in another notation":             {"uri: https://pets.example.com", "uri: '{{backend}}/pets'", nil},
		"a uri without a scheme, by variable":   {"uri: https://pets.example.com", "uri: 'pets.example.com/{id}'", []string{"integration-uri"}},
		"a gateway response in one notation":    {`"'60'"`, `"${seconds}"`, nil},
		"a gateway response in another":         {`"'60'"`, `"%{seconds}"`, nil},
		"a path in another notation":            {"  /pets/{id}:", "  '/{{pets}}/{id}':", nil},
		"a path that may begin with a slash":    {"  /pets/{id}:", "  '{{base}}/{id}':", nil},
		"a path without a slash":                {"  /pets/{id}:", "  'pets/{{id}}':", []string{"path-without-slash"}},
		"another file, in another notation":     {"{description: none}", "{$ref: '{{none}}.yaml'}", nil},
		"two variables":                         {"  /pets/{id}:", "  /pets/{name}: {}\n  /pets/{id}:", []string{"sibling-variables"}},
		"a path with a blank":                   {"  /pets/{id}:", "  /my pets/{id}:", []string{"path-characters"}},
		"another file":                          {"{description: none}", "{$ref: 'none.yaml'}", []string{"external-reference"}},
	} {
		text := strings.Replace(importable, tt.old, tt.new, 1)
		if tt.old != "" && text == importable {
			t.Fatalf("%s: nothing is changed", name)
		}
		got := slices.DeleteFunc(found(t, text, model.REST), func(id string) bool { return !ByID(id).ImportFails })
		if diff := cmp.Diff(tt.want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
}

// TestGreedyVariablesAreNotDeclared holds which variables of a path a request mapping can take
// without a declaration.
func TestGreedyVariablesAreNotDeclared(t *testing.T) {
	for variable, want := range map[string]bool{"{by}": false, "{by+}": true} {
		text := strings.Replace(withRequestMapping, "method.request.header.X", "method.request.path.by", 1)
		text = strings.Replace(text, "  /pets:", "  /pets/"+variable+":", 1)
		if got := slices.Contains(found(t, text, model.REST), requestMappingUndeclared.ID); got != want {
			t.Errorf("%s: reported is %v, want %v", variable, got, want)
		}
	}
}

// TestWhatFailsAtRunTime holds which rules report a document that an import takes, and whose
// requests fail: each for one change of one whose requests succeed.
func TestWhatFailsAtRunTime(t *testing.T) {
	const function = `"` + lambda + `"`
	for name, tt := range map[string]struct {
		old, new string
		want     []string
	}{
		"nothing":                              {"", "", nil},
		"an undeclared status":                 {`{statusCode: "404"}`, `{statusCode: "410"}`, []string{"response-status-missing"}},
		"no integration response":              {"          default: {statusCode: \"200\"}\n          \"404\": {statusCode: \"404\"}\n", "          {}\n", []string{"no-integration-response"}},
		"a default with an empty pattern":      {"default: {", `"": {`, nil},
		"no response for a success":            {"default: {", `"4..": {`, []string{"no-default-response"}},
		"a response for a success":             {"default: {", `"2\\d{2}": {`, nil},
		"a function without a default":         {"type: http\n        httpMethod: GET\n        uri: https://pets.example.com\n        requestParameters: {integration.request.header.X-By: method.request.querystring.by}\n        responses:\n          default: {", "type: aws\n        httpMethod: POST\n        uri: " + function + "\n        responses:\n          \"2..\": {", []string{"no-default-response"}},
		"a function that is called with GET":   {"type: http\n        httpMethod: GET\n        uri: https://pets.example.com", "type: aws_proxy\n        httpMethod: GET\n        uri: " + function, []string{"lambda-proxy-not-post"}},
		"a Content-Length of the request":      {"header.X-By:", "header.Content-Length:", []string{"mapping-breaks-answer"}},
		"an Authorization of the request":      {"header.X-By:", "header.Authorization:", nil},
		"an Authorization for an AWS service":  {"type: http\n        httpMethod: GET\n        uri: https://pets.example.com\n        requestParameters: {integration.request.header.X-By:", "type: aws\n        httpMethod: POST\n        uri: \"arn:aws:apigateway:eu-west-1:s3:path/pets\"\n        requestParameters: {integration.request.header.Authorization:", []string{"mapping-breaks-answer"}},
		"a Content-Length of the response":     {`"200": {description: a pet}`, `"200": {description: a pet, headers: {Content-Length: {schema: {type: string}}}}`, nil},
		"two integration responses, one lost":  {`"404": {statusCode: "404"}`, `"404": {statusCode: "200"}`, []string{"integration-status-twice"}},
		"a method in upper case":               {"    get:", "    GET:", []string{"method-key-case"}},
		"an integration beside its method":     {"    get:", "    x-amazon-apigateway-integration: {type: mock}\n    get:", []string{"extension-unknown"}},
		"an extension of the newest":           {"x-amazon-apigateway-gateway-responses:", "x-amazon-apigateway-security-policy: TLS_1_2\nx-amazon-apigateway-gateway-responses:", nil},
		"an extension of somebody else":        {"x-amazon-apigateway-gateway-responses:", "x-amazon-other: {}\nx-amazon-apigateway-gateway-responses:", nil},
		"a type that is filled in":             {"type: http\n", "type: '%{type}'\n", nil},
		"a status in another notation":         {`{statusCode: "404"}`, `{statusCode: "%{status}"}`, nil},
		"an integration that is filled in":     {"      responses: {\"200\"", "      x-amazon-apigateway-auth: ${auth}\n      responses: {\"200\"", nil},
		"a misspelt extension of the document": {"x-amazon-apigateway-gateway-responses:", "x-amazon-apigateway-gateway-response:", []string{"extension-unknown"}},
	} {
		text := strings.Replace(importable, tt.old, tt.new, 1)
		if tt.old != "" && text == importable {
			t.Fatalf("%s: nothing is changed", name)
		}
		got := slices.DeleteFunc(found(t, text, model.REST), func(id string) bool { return id == "cors-absent" || ByID(id).ImportFails })
		if diff := cmp.Diff(tt.want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
}

// TestSuggestedExtensions holds what is suggested for the name of an extension that is
// unknown where it is.
func TestSuggestedExtensions(t *testing.T) {
	for _, tt := range []struct {
		place extensionPlace
		name  string
		want  string
	}{
		{ofRoot, "x-amazon-apigateway-gateway-response", "did you mean x-amazon-apigateway-gateway-responses?"},
		{ofRoot, "x-amazon-api-gateway-policy", "did you mean x-amazon-apigateway-policy?"},
		{ofPathItem, "x-amazon-apigateway-any", "did you mean x-amazon-apigateway-any-method?"},
		{ofOperation, "x-amazon-api-gateway-integration", "did you mean x-amazon-apigateway-integration?"},
		{ofRoot, "x-amazon-apigateway-nothing-like-it", "see the list of extensions in the developer guide, or remove it"},
	} {
		if got := meant(tt.name, tt.place); got != tt.want {
			t.Errorf("%s on %s: got %q, want %q", tt.name, tt.place, got, tt.want)
		}
	}
	for _, tt := range []struct {
		place, right extensionPlace
		name         string
		want         string
	}{
		{ofOperation, ofComponents, "x-amazon-apigateway-integrations", "did you mean x-amazon-apigateway-integration?"},
		{ofPathItem, ofOperation, "x-amazon-apigateway-integration", "move it to a method"},
	} {
		if got := moved(tt.name, tt.place, tt.right); got != tt.want {
			t.Errorf("%s on %s: got %q, want %q", tt.name, tt.place, got, tt.want)
		}
	}
}

// TestHeadersThatAnIntrinsicChooses holds that nothing is reported of a mapped header where nobody
// can tell whether the method response declares it.
func TestHeadersThatAnIntrinsicChooses(t *testing.T) {
	const mapped = `openapi: 3.0.1
info: {title: Pets, version: "1"}
paths:
  /pets:
    get:
      responses: {"200": RESPONSE}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses: {default: {statusCode: "200", responseParameters: {method.response.header.X-Total: "'1'"}}}
`
	for response, want := range map[string]bool{
		`{description: pets}`:                                          true,
		`{description: pets, headers: {}}`:                             true,
		`{description: pets, headers: {"Fn::If": [c, {}, {}]}}`:        false,
		`{description: pets, headers: !If [c, {}, {}]}`:                false,
		`{description: pets, headers: {"Fn::Transform": {}, X: {}}}`:   false,
		`{"Fn::If": [c, {description: pets}, {description: animals}]}`: false,
		`!If [c, {description: pets}, {description: animals}]`:         false,
	} {
		got := slices.Contains(found(t, strings.Replace(mapped, "RESPONSE", response, 1), model.REST), "header-undeclared")
		if got != want {
			t.Errorf("%s: reported is %v, want %v", response, got, want)
		}
	}
}
