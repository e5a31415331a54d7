package validity

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// judged returns the problems of a document, each on a line.
func judged(t *testing.T, text string) string {
	t.Helper()
	if !strings.HasPrefix(text, "openapi:") && !strings.HasPrefix(text, "swagger:") && !strings.HasPrefix(text, "{") {
		text = "openapi: 3.0.1\n" + text
	}
	if strings.HasPrefix(text, "openapi:") && !strings.Contains(text, "info:") {
		text += "info: {title: t, version: '1'}\n"
	}
	f, err := model.Open("a.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, p := range Judge(model.Read(f.Root, nil)) {
		b.WriteString(p.Code + " " + string(p.Pointer) + " " + p.Message + "\n")
	}
	return b.String()
}

// TestJudge holds what is found where, and what is not looked for.
func TestJudge(t *testing.T) {
	const op = "responses: {'200': {description: d}}"
	for name, tt := range map[string]struct{ text, want string }{
		"valid":                          {"paths: {/a: {get: {" + op + "}}}\n", ""},
		"no responses":                   {"paths: {/a: {get: {}}}\n", "operation-responses-required /paths/~1a/get value of responses must be an object\n"},
		"Swagger 2.0 is not judged":      {"swagger: '2.0'\npaths: {/a: {get: {}}}\n", ""},
		"JSON":                           {`{"openapi": "3.0.1", "info": {"title": "t"}, "paths": {}}`, "info-version-required /info invalid info: value of version must be a non-empty string\n"},
		"no info":                        {`{"openapi": "3.0.1", "paths": {}}`, "info-required /info invalid info: must be an object\n"},
		"an operation id twice":          {"paths: {/a: {get: {operationId: x, " + op + "}}, /b: {get: {operationId: x, " + op + "}}}\n", `duplicate-operation-id /paths/~1b/get operations "GET /a" and "GET /b" have the same operation id "x"` + "\n"},
		"a path parameter lacks":         {"paths: {'/a/{id}': {get: {" + op + "}}}\n", "path-parameters-mismatch /paths/~1a~1{id}/get operation GET /a/{id} must define exactly all path parameters (missing: [id])\n"},
		"a greedy path variable":         {"paths: {'/a/{p+}': {get: {parameters: [{name: p, in: path, required: true, schema: {type: string}}], " + op + "}}}\n", ""},
		"a greedy parameter":             {"paths: {'/a/{p+}': {parameters: [{name: p+, in: path, required: true, schema: {type: string}}], get: {" + op + "}}}\n", ""},
		"one place in a greedy path":     {"paths: {'/a/{p+}': {get: {" + op + "}}}\n", "path-parameters-mismatch /paths/~1a~1{p+}/get operation GET /a/{p+} must define exactly all path parameters (missing: [p+])\n"},
		"a type of no kind":              {"components: {schemas: {A: {type: int}}}\npaths: {}\n", `schema-type-unsupported /components/schemas/A unsupported 'type' value "int"` + "\n"},
		"what cannot be read is one":     {"components: {schemas: {A: {nullable: 'yes'}, B: {type: int}}}\npaths: {/a: {get: {responses: {'200': {description: d, content: {a/b: {schema: {$ref: '#/components/schemas/A'}}}}}}}}\n", "openapi-unreadable /components/schemas/A " + `"nullable"` + " is a string where a boolean belongs\n" + `schema-type-unsupported /components/schemas/B unsupported 'type' value "int"` + "\n"},
		"a title that is a number":       {"info: {title: 1, version: '1'}\npaths: {}\n", "openapi-unreadable /info " + `"title"` + " is a number where a string belongs\n"},
		"servers that are no list":       {"servers: {url: https://a.example.com}\npaths: {}\n", "openapi-unreadable /servers it is an object where a list belongs\n"},
		"intrinsics are not known yet":   {"info: {title: {Ref: Name}, version: !Ref V}\nservers: [{url: !Sub 'https://${A}'}]\npaths: {/a: {get: {'Fn::If': [A, {}, {}]}, put: !If [A, {}, {}]}, /b: {'Fn::Transform': {}}}\n", ""},
		"placeholders are not known yet": {"info: {title: '${t}', version: '1'}\nservers: [{url: '${base}/{v}'}, {url: 'https://${host}/'}]\npaths: {}\n", ""},
		"security of an undefined name":  {"components: {securitySchemes: {}}\npaths: {'/a/{p+}': {get: {security: [{a: []}], parameters: [{name: p, in: path, required: true, schema: {}}], " + op + "}}}\n", `security-requirement-scheme-undefined /paths/~1a~1{p+}/get/security/0/a security requirement /paths/~1a~1{p+}/get/security/0/a refers to undefined security scheme "a"` + "\n"},
		"schemes that come from else":    {"components: {securitySchemes: {'Fn::If': [A, {}, {}]}}\npaths: {/a: {get: {security: [{a: []}], " + op + "}}}\n", ""},
		"any method is an extension":     {"paths: {/a: {x-amazon-apigateway-any-method: {}}}\n", ""},
		"extensions are nobody's":        {"x-a: {openapi: [1]}\npaths: {/a: {get: {x-amazon-apigateway-integration: {type: mock, uri: 1}, " + op + "}}}\n", ""},
		"a header is no extension":       {"paths: {/a: {get: {responses: {'200': {description: d, headers: {x-a: {schema: {type: int}}}}}}}}\n", `schema-type-unsupported /paths/~1a/get header schema is invalid: unsupported 'type' value "int"` + "\n"},
		"a property named properties":    {"components: {schemas: {A: {type: object, properties: {properties: {type: int}, x-a: {type: string}}}}}\npaths: {}\n", `schema-type-unsupported /components/schemas/A unsupported 'type' value "int"` + "\n"},
		"examples are data":              {"paths: {/a: {get: {responses: {'200': {description: d, content: {a/b: {example: {$ref: 1}, examples: 7}}}}}}}\n", ""},
		"references that lead nowhere":   {"paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/p'}], " + op + "}, put: {responses: {'200': {$ref: './r.yaml'}, '201': {description: d, content: {a/b: {schema: {type: array, items: {$ref: '#/nowhere'}}}}}}}}}\n", ""},
		"a reference to something else":  {"components: {parameters: {p: {name: p, in: query, schema: {}}}}\npaths: {/a: {get: {responses: {'200': {$ref: '#/components/parameters/p'}}}}}\n", `openapi-unreadable /paths/~1a/get/responses/200/$ref the reference "#/components/parameters/p" leads to something else than belongs here` + "\n"},
		"two parts are wrong":            {"paths: {/a: {get: {responses: {'200': {$ref: '#/components/schemas/A'}}}}, /b: {get: {}}}\ncomponents: {schemas: {A: {type: int}}}\n", `openapi-unreadable /paths/~1a/get/responses/200/$ref the reference "#/components/schemas/A" leads to something else than belongs here` + "\noperation-responses-required /paths/~1b/get value of responses must be an object\n" + `schema-type-unsupported /components/schemas/A unsupported 'type' value "int"` + "\n"},
		"a scheme that begins with x-":   {"components: {securitySchemes: {}}\npaths: {/a: {get: {security: [{x-api-key: []}], " + op + "}}}\n", `security-requirement-scheme-undefined /paths/~1a/get/security/0/x-api-key security requirement /paths/~1a/get/security/0/x-api-key refers to undefined security scheme "x-api-key"` + "\n"},
		"greedy beside not greedy":       {"paths: {'/a/{x}': {get: {operationId: i, parameters: [{$ref: '#/components/parameters/x'}], " + op + "}}, '/a/{x+}': {get: {operationId: i, parameters: [{$ref: '#/components/parameters/x'}], " + op + "}}}\ncomponents: {parameters: {x: {name: x, in: path, required: true, schema: {type: string}}}}\n", `duplicate-operation-id /paths/~1a~1{x}/get operations "GET /a/{x+}" and "GET /a/{x}" have the same operation id "i"` + "\n"},
		"patterns are not Go's":          {"components: {schemas: {A: {type: string, pattern: '^(?=a)a', default: ab}}}\npaths: {}\n", ""},
		"nulls where objects belong":     {"paths: {/a: {parameters: [null], get: {parameters: [null], responses: {'200': {description: d, headers: {h: null}, content: {a/b: null}}}}}}\ncomponents: {schemas: {A: null, B: {properties: {x: null}, enum: [null]}}, parameters: {p: null}}\n", ""},
		"extensions among responses":     {"paths: {/a: {get: {responses: {'200': {description: d}, x-foo: [a]}}}}\n", ""},
		"what is told to apigw-cors":     {"components: {x-apigw-cors-ignore: [a], schemas: {x-apigw-cors-ignore: [a]}, securitySchemes: {x-apigw-cors-ignore: [a]}}\npaths: {/a: {get: {responses: {x-apigw-cors-ignore: [a], '200': {description: d, headers: {x-apigw-cors-ignore: [a]}}}}}}\n", ""},
		"placeholders in the middle":     {"servers: [{url: 'https://api.${domain}/v1'}]\ncomponents: {schemas: {A: {type: integer, maximum: '1${max}'}, B: {type: int, description: 'a ${b}'}}}\npaths: {'/${prefix}/pets': {get: {}}, /a: {get: {security: [{'${auth}': []}]}}}\n", `schema-type-unsupported /components/schemas/B unsupported 'type' value "int"` + "\n"},
		"a version that is a number":     {"openapi: 3.0\npaths: {}\n", ""},
		"an unknown member":              {"basePath: /v1\npaths: {/a: {fetch: {}}}\n", "extra-sibling-fields  extra sibling fields: [basePath]\nextra-sibling-fields /paths/~1a extra sibling fields: [fetch]\n"},
		"a name that stands twice":       {"paths: {/a: {get: {responses: {'200': {description: d}}, responses: 7}}}\n", ""},
		"OpenAPI 3.1":                    {"openapi: 3.1.0\npaths: {/a: {get: {responses: {'200': {description: d, content: {a/b: {schema: {type: [string, 'null']}}}}}}}}\n", ""},
		"numbers as YAML writes them":    {"components: {schemas: {A: {type: integer, maximum: 0x10, minimum: +1, multipleOf: .5}}}\npaths: {}\n", ""},
		"aliases and merge keys":         {"paths: {/a: {get: &g {" + op + "}, put: *g, post: {<<: *g}}}\n", ""},
	} {
		got := strings.Split(judged(t, tt.text), "\n")
		slices.Sort(got)
		want := strings.Split(tt.want, "\n")
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestJudgeIsTotal holds that what has no end is not looked at to its end.
func TestJudgeIsTotal(t *testing.T) {
	const many = 20_000 // schemas that each refer to the next one, the last one to the first
	var circle strings.Builder
	circle.WriteString("paths: {}\ncomponents:\n  schemas:\n")
	for i := range many {
		fmt.Fprintf(&circle, "    S%d: {properties: {a: {$ref: '#/components/schemas/S%d'}}}\n", i, (i+1)%many)
	}
	deep := strings.Repeat("{items: ", 5000) + "{}" + strings.Repeat("}", 5000)
	wide := "a: &a [1, 1, 1, 1, 1, 1, 1, 1]\n"
	for i := 'b'; i < 'k'; i++ {
		wide += string(i) + ": &" + string(i) + " [" + strings.Repeat("*"+string(i-1)+", ", 7) + "*" + string(i-1) + "]\n"
	}
	for _, text := range []string{
		circle.String(),
		"components: {schemas: {A: " + deep + "}}\npaths: {}\n",
		"paths: {}\n" + wide,
		"components: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}, C: {allOf: [{$ref: '#/components/schemas/C'}]}}}\npaths: {}\n",
		"components: {schemas: {A: {properties: {a: {$ref: '#/components/schemas/A/properties/a'}}}}}\npaths: {}\n",
	} {
		f, err := model.Open("a.yaml", []byte("openapi: 3.0.1\n"+text))
		if err != nil {
			continue // refused before anybody looks
		}
		Judge(model.Read(f.Root, nil))
	}
}

// TestCodesAreKnown holds that no id stands twice.
func TestCodesAreKnown(t *testing.T) {
	codes := Codes()
	slices.Sort(codes)
	if len(codes) < 50 || len(slices.Compact(codes)) != len(Codes()) {
		t.Errorf("got %d codes", len(codes))
	}
}
