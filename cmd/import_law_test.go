package cmd_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"github.com/apigw-cors/apigw-cors/internal/documents"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/lint"
)

// importJudgement is one reason why an import fails, with the rules of package gateway and the rules
// of lint that say so.
type importJudgement struct{ prover, lint []string }

var importJudgements = []importJudgement{
	{[]string{"import-version"}, []string{"openapi-3.1"}},
	{[]string{"import-size"}, []string{"too-large"}},
	{[]string{"import-path-slash"}, []string{"path-without-slash"}},
	{[]string{"import-path-characters"}, []string{"path-characters"}},
	{[]string{"import-sibling-variables"}, []string{"sibling-variables"}},
	{[]string{"import-below-greedy"}, []string{"child-of-greedy"}},
	{[]string{"import-duplicate-method"}, []string{"duplicate-method"}},
	{[]string{"import-model-name"}, []string{"model-name"}},
	{[]string{"import-external-reference"}, []string{"external-reference"}},
	{[]string{"import-parameter-name"}, []string{"parameter-name"}},
	{[]string{"import-parameter-twice"}, []string{"parameter-name-twice"}},
	{[]string{"import-validator-undefined"}, []string{"validator-undefined"}},
	{[]string{"import-http-method"}, []string{"integration-without-http-method"}},
	{[]string{"import-uri"}, []string{"integration-uri"}},
	{[]string{"import-mapping-undeclared"}, []string{"header-undeclared", "response-ref"}},
	{[]string{"import-mapping-target", "import-mapping-value", "import-request-mapping", "import-gateway-mapping"}, []string{"mapping-invalid", "mapping-unquoted"}},
	{[]string{"import-several-requirements"}, []string{"several-requirements"}},
	{[]string{"import-http-swagger"}, []string{"http-api-swagger"}},
	{[]string{"import-request-mapping-undeclared"}, []string{"request-mapping-undeclared"}},
	{[]string{"import-two-defaults"}, []string{"two-default-responses"}},
	{[]string{"import-credentials", "import-max-age", "import-origin-pattern"}, []string{"configuration-refused"}},
}

// importException is what one side says alone, for a reason.
type importException struct{ rule, apiType, reason string }

var importExceptions = []importException{
	{"mapping-invalid", "http", "nothing is recorded of what the import as an HTTP API makes of such a mapping"},
}

// isExcepted reports whether one side says something alone, for a reason.
func isExcepted(s said, apiType string) bool {
	return slices.ContainsFunc(importExceptions, func(e importException) bool {
		return e.rule == s.Rule && e.apiType == apiType
	})
}

// said is what one side says of a document: a rule, a place and a message.
type said struct{ Rule, Pointer, Message string }

// importSays are what the prover refuses in a document as an import, and the errors of lint that
// say the same; ok is false where one of them cannot read it.
func importSays(src []byte, apiType string) (prover, byLint []said, ok bool) {
	api, err := gateway.Read(src, gateway.Options{APIType: gateway.APIType(apiType)})
	if err != nil {
		return nil, nil, false
	}
	for _, u := range api.Refusals() {
		prover = append(prover, said{u.Behaviour.ID, u.Pointer, u.Message})
	}
	completed := map[string]bool{} // methods that a deployment completes, or their integration, so that the prover reads nothing of it
	for _, u := range api.Problems() {
		if steps := strings.Count(u.Pointer, "/"); u.Reason == gateway.ReasonIntrinsic && (steps == 3 || steps == 4) {
			completed[partOf(said{Pointer: u.Pointer})] = true
		}
	}
	d, err := transform.Parse("a document", src)
	if err != nil {
		return nil, nil, false
	}
	found, err := lint.Run(d, lint.Options{API: transform.APIType(apiType), Disable: []string{lint.Validity}})
	if err != nil {
		return nil, nil, false
	}
	for _, f := range found {
		if f.ImportFails() && f.Severity == finding.Error && !completed[partOf(said{Pointer: f.Pointer})] {
			byLint = append(byLint, said{f.Rule, f.Pointer, f.Message})
		}
	}
	return prover, byLint, true
}

// agreed counts for how many documents both sides say that an import fails, by the first rule of
// the prover.
type agreed map[string]int

// check holds that both sides judge a document alike.
func (n agreed) check(t *testing.T, name string, src []byte, apiType string) {
	t.Helper()
	prover, found, ok := importSays(src, apiType)
	if !ok {
		n["documents that cannot be read"]++
		return
	}
	n["documents"]++
	for _, s := range prover {
		n[s.Rule]++
	}
	for _, s := range slices.Concat(prover, found) {
		if isExcepted(s, apiType) {
			n["excepted "+s.Rule]++
		}
	}
	places := map[string]bool{} // of which lint says one thing
	for _, j := range importJudgements {
		for _, s := range saidBy(found, j.lint, apiType) {
			places[s.Pointer] = true
		}
	}
	for _, j := range importJudgements {
		byProver, byLint := saidBy(prover, j.prover, apiType), saidBy(found, j.lint, apiType)
		alone := slices.DeleteFunc(elsewhere(byProver, byLint), func(s said) bool { return places[s.Pointer] })
		if alone = append(alone, elsewhere(byLint, byProver)...); len(alone) > 0 {
			t.Errorf("%s as %s: %v is said by one side alone; the prover says %v, and lint says %v", name, apiType, alone, byProver, byLint)
		}
	}
}

// elsewhere are those that say something of a part of the document of which the others say nothing.
func elsewhere(all, others []said) []said {
	var places []string
	for _, s := range others {
		places = append(places, partOf(s))
	}
	return slices.DeleteFunc(slices.Clone(all), func(s said) bool {
		part := partOf(s)
		return slices.ContainsFunc(places, func(p string) bool {
			return p == part || strings.HasPrefix(p, part+"/") || strings.HasPrefix(part, p+"/")
		})
	})
}

// partOf is the part of the document to which a pointer leads: a method, a component, or a member of
// the root. Siblings are about each other, whichever of them is named.
func partOf(s said) string {
	steps, most := strings.Split(s.Pointer, "/"), 2
	switch {
	case strings.HasSuffix(s.Rule, "sibling-variables"):
	case slices.Contains([]string{"paths", "components"}, steps[1]):
		most = 4
	case slices.Contains([]string{"definitions", "x-amazon-apigateway-gateway-responses"}, steps[1]):
		most = 3
	}
	return strings.Join(steps[:min(len(steps), most)], "/")
}

func saidBy(all []said, rules []string, apiType string) []said {
	return slices.DeleteFunc(slices.Clone(all), func(s said) bool { return !slices.Contains(rules, s.Rule) || isExcepted(s, apiType) })
}

// TestImportRefusedByBoth holds that what the prover refuses as an import is an error of lint, and
// that what lint reports as a failing import the prover refuses.
func TestImportRefusedByBoth(t *testing.T) {
	t.Parallel()
	n := agreed{}
	for _, d := range documents.Read(t, 8<<20) {
		if bytes.Contains(d.Src, []byte("apigw-cors-ignore")) { // which lint heeds alone
			continue
		}
		for _, apiType := range []string{"rest", "http"} {
			n.check(t, d.Path, d.Src, apiType)
		}
	}
	t.Log(n)
}

// TestImportOfVariantsRefusedByBoth holds the same of documents of the project in which something
// is broken that an import could refuse, or that only looks like it.
func TestImportOfVariantsRefusedByBoth(t *testing.T) {
	t.Parallel()
	n, docs := agreed{}, documents.Own(t)
	if testing.Short() {
		docs = docs[:12]
	}
	for at, d := range docs {
		if bytes.Contains(d.Src, []byte("apigw-cors-ignore")) {
			continue
		}
		for name, change := range breakages {
			src, ok := broken(d.Src, change)
			if !ok {
				continue
			}
			for _, apiType := range []string{"rest", "http"} {
				n.check(t, name+" of "+d.Path, src, apiType)
			}
		}
		for i, name := range slices.Sorted(maps.Keys(oddNeighbours)) {
			odd := oddNeighbours[name]
			for j, change := range besideOdd {
				if part := 5; (i+j+at)%part != 0 { // of the documents, each pair with another
					continue
				}
				src, ok := broken(d.Src, func(d map[string]any) bool { return breakages[change](d) && odd(d) })
				if !ok {
					continue
				}
				for _, apiType := range []string{"rest", "http"} {
					n.check(t, change+" beside "+name+" of "+d.Path, src, apiType)
				}
			}
		}
	}
	t.Log(n)
	if testing.Short() {
		return
	}
	for _, r := range gateway.Behaviours() {
		if strings.HasPrefix(r.ID, "import-") && n[r.ID] == 0 && r.ID != "import-size" {
			t.Errorf("no variant shows %s", r.ID)
		}
	}
	for _, e := range importExceptions {
		if n["excepted "+e.rule] == 0 {
			t.Errorf("no variant needs the exception of %s", e.rule)
		}
	}
}

func (n agreed) String() string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(n)) {
		parts = append(parts, fmt.Sprintf("%d %s", n[name], name))
	}
	return strings.Join(parts, ", ")
}

// broken returns a document in which something is broken, as JSON; not ok: there is nothing to
// break. It has no ownership marker: what is generated lint leaves to enable, which writes it anew.
func broken(src []byte, change func(document map[string]any) bool) ([]byte, bool) {
	var document map[string]any
	if err := yaml.Unmarshal(src, &document); err != nil || document == nil {
		return nil, false
	}
	remove(document, marker)
	for path := range object(document, "paths") {
		remove(object(object(document, "paths"), path), marker)
	}
	if !change(document) {
		return nil, false
	}
	text, err := json.MarshalIndent(document, "", " ")
	return text, err == nil
}

const marker = "x-apigw-cors-generated"

// breakages change a document, and report whether they could.
var breakages = map[string]func(map[string]any) bool{
	"version":       func(d map[string]any) bool { return substitute(d, "openapi", "3.1.0") },
	"no slash":      func(d map[string]any) bool { return renamePath(d, func(p string) string { return p[1:] }) },
	"space in path": func(d map[string]any) bool { return renamePath(d, func(p string) string { return p + " b" }) },
	"part variable": func(d map[string]any) bool { return renamePath(d, func(p string) string { return p + "/{x}.json" }) },
	"placeholder in path": func(d map[string]any) bool {
		return renamePath(d, func(p string) string { return strings.TrimSuffix(p, "/") + "/${x}" })
	},
	"placeholder of another kind in path": func(d map[string]any) bool {
		return renamePath(d, func(p string) string { return strings.TrimSuffix(p, "/") + "/{{x}}/%{y}/<<z>>" })
	},
	"placeholder of another kind for a path": func(d map[string]any) bool { return renamePath(d, func(p string) string { return "{{base}}" + p }) },
	"header of a placeholder of another kind": func(d map[string]any) bool {
		return mapResponses(d, func(target string, _ any) (string, any) { return target, "{{ origin }}" })
	},
	"gateway response of a placeholder of another kind": func(d map[string]any) bool { return addGatewayResponse(d, "<<origin>>") },
	"model of a placeholder of another kind":            func(d map[string]any) bool { return addModel(d, "%{a}") },
	"request mapping of a placeholder of another kind": func(d map[string]any) bool {
		return mapRequest(d, "integration.request.header.X", "{{ x }}")
	},
	"placeholder for a path": func(d map[string]any) bool { return renamePath(d, func(p string) string { return "${base}" + p }) },
	"below greedy": func(d map[string]any) bool {
		return addPath(d, func(p string) string { return "/{proxy+}" + p + "/x" })
	},
	"sibling variables": func(d map[string]any) bool {
		return addPath(d, func(string) string { return "/{one}" }) && addPath(d, func(string) string { return "/{two}/x" })
	},
	"twins": func(d map[string]any) bool {
		return addPath(d, func(p string) string { return strings.TrimSuffix(p, "/") + "/" })
	},
	"model name":             func(d map[string]any) bool { return addModel(d, "A.B") },
	"model of a placeholder": func(d map[string]any) bool { return addModel(d, "${a}") },
	"model of a deployment":  func(d map[string]any) bool { return addModel(d, "Fn::Transform") },
	"model":                  func(d map[string]any) bool { return addModel(d, "AB1") },
	"external reference": func(d map[string]any) bool {
		return addModel(d, "AB2") && substitute(models(d), "AB2", map[string]any{"$ref": "b.yaml"})
	},
	"reference of an example": func(d map[string]any) bool {
		return addModel(d, "AB3") && substitute(models(d), "AB3", map[string]any{"example": map[string]any{"$ref": "b.yaml"}})
	},
	"parameter twice": func(d map[string]any) bool {
		return eachOperation(d, func(o map[string]any) bool {
			o["parameters"] = []any{parameter(d, "twice", "query"), parameter(d, "twice", "header")}
			return true
		})
	},
	"parameter in a cookie": func(d map[string]any) bool {
		return eachOperation(d, func(o map[string]any) bool {
			o["parameters"] = []any{parameter(d, "twice", "query"), parameter(d, "twice", "cookie")}
			return true
		})
	},
	"no method response": func(d map[string]any) bool {
		return eachOperation(d, func(o map[string]any) bool {
			return substitute(o, "responses", map[string]any{"299": map[string]any{"description": ""}})
		})
	},
	"responses of default": func(d map[string]any) bool {
		return eachOperation(d, func(o map[string]any) bool {
			return substitute(o, "responses", map[string]any{"default": map[string]any{"description": ""}})
		})
	},
	"responses of a choice": func(d map[string]any) bool {
		return eachOperation(d, func(o map[string]any) bool {
			return substitute(o, "responses", map[string]any{"Fn::If": []any{"c", map[string]any{}, map[string]any{}}})
		})
	},
	"no declared header": func(d map[string]any) bool {
		return eachOperation(d, func(o map[string]any) bool {
			changed := false
			for _, r := range object(o, "responses") {
				r, _ := r.(map[string]any)
				_, has := r["headers"]
				changed = changed || has
				delete(r, "headers")
			}
			return changed
		})
	},
	"no httpMethod": func(d map[string]any) bool {
		return eachIntegration(d, func(i map[string]any) bool { return remove(i, "httpMethod") })
	},
	"ARN of a function": func(d map[string]any) bool {
		return eachIntegration(d, func(i map[string]any) bool {
			return substitute(i, "uri", "arn:aws:lambda:eu-west-1:111122223333:function:f")
		})
	},
	"address without http": func(d map[string]any) bool {
		return eachIntegration(d, func(i map[string]any) bool { return substitute(i, "uri", "b.example.com/x") })
	},
	"undefined validator": func(d map[string]any) bool {
		return eachOperation(d, func(o map[string]any) bool { o["x-amazon-apigateway-request-validator"] = "nowhere"; return true })
	},
	"request mapping without quotes": func(d map[string]any) bool { return mapRequest(d, "integration.request.header.X", "y") },
	"request mapping to nowhere":     func(d map[string]any) bool { return mapRequest(d, "integration.request.body.x", "'y'") },
	"request mapping from nowhere": func(d map[string]any) bool {
		return mapRequest(d, "integration.request.header.X", "method.request.header.Undeclared")
	},
	"request mapping":                func(d map[string]any) bool { return mapRequest(d, "integration.request.header.X", "'y'") },
	"request mapping of a number":    func(d map[string]any) bool { return mapRequest(d, "integration.request.header.X", 5) },
	"request mapping of the context": func(d map[string]any) bool { return mapRequest(d, "integration.request.header.X", "context.requestId") },
	"header without quotes": func(d map[string]any) bool {
		return mapResponses(d, func(target string, _ any) (string, any) { return target, "*" })
	},
	"header of a placeholder": func(d map[string]any) bool {
		return mapResponses(d, func(target string, _ any) (string, any) { return target, "'${origin}'" })
	},
	"header of a stage variable": func(d map[string]any) bool {
		return mapResponses(d, func(target string, _ any) (string, any) { return target, "stageVariables.origin" })
	},
	"header of the request": func(d map[string]any) bool {
		return mapResponses(d, func(target string, _ any) (string, any) { return target, "method.request.header.Origin" })
	},
	"header to nowhere": func(d map[string]any) bool {
		return mapResponses(d, func(target string, v any) (string, any) { return target[strings.LastIndex(target, ".")+1:], v })
	},
	"two defaults": func(d map[string]any) bool {
		return eachIntegration(d, func(i map[string]any) bool {
			responses := object(i, "responses")
			if responses["default"] == nil {
				return false
			}
			responses[""] = responses["default"]
			return true
		})
	},
	"status of a placeholder": func(d map[string]any) bool {
		return eachIntegration(d, func(i map[string]any) bool {
			changed := false
			for _, r := range object(i, "responses") {
				r, _ := r.(map[string]any)
				changed = substitute(r, "statusCode", "${status}") || changed
			}
			return changed
		})
	},
	"gateway response without quotes": func(d map[string]any) bool { return addGatewayResponse(d, "*") },
	"gateway response":                func(d map[string]any) bool { return addGatewayResponse(d, "'*'") },
	"several requirements": func(d map[string]any) bool {
		return eachOperation(d, func(o map[string]any) bool {
			o["security"] = []any{map[string]any{"a": []any{}}, map[string]any{"b": []any{}}}
			return true
		})
	},
	"configuration with credentials": func(d map[string]any) bool {
		return configure(d, map[string]any{"allowOrigins": []any{"*"}, "allowCredentials": true})
	},
	"configuration with a pattern": func(d map[string]any) bool {
		return configure(d, map[string]any{"allowOrigins": []any{"https://*.example.com"}})
	},
	"configuration with an age": func(d map[string]any) bool {
		return configure(d, map[string]any{"allowOrigins": []any{"https://a.example"}, "maxAge": 90000})
	},
	"configuration of all of a scheme": func(d map[string]any) bool { return configure(d, map[string]any{"allowOrigins": []any{"https://*"}}) },
	"configuration that an import can take": func(d map[string]any) bool {
		return configure(d, map[string]any{"allowOrigins": []any{"https://a.example"}, "allowCredentials": true, "maxAge": 60})
	},
}

// besideOdd are breakages that stand beside something odd in another test: the import fails because of
// them, whatever stands beside.
var besideOdd = []string{
	"no declared header", "header without quotes", "parameter twice", "two defaults", "undefined validator",
	"request mapping without quotes", "request mapping from nowhere", "gateway response without quotes", "sibling variables",
	"no httpMethod", "address without http", "several requirements", "request mapping",
}

// oddNeighbours put something next to what an import looks at that it cannot read, or that means
// nothing.
var oddNeighbours = map[string]func(map[string]any) bool{
	"a response that is null":     func(d map[string]any) bool { return addResponse(d, "5..", nil) },
	"a response that is a number": func(d map[string]any) bool { return addResponse(d, "5..", 3) },
	"a response that is a choice": func(d map[string]any) bool { return addResponse(d, "5..", map[string]any{"Fn::If": []any{"a", 1, 2}}) },
	"a response without a status": func(d map[string]any) bool {
		return addResponse(d, "5..", map[string]any{"statusCode": nil, "responseParameters": map[string]any{"method.response.header.Odd": "'x'"}})
	},
	"an empty default": func(d map[string]any) bool { return addResponse(d, "default", map[string]any{}) },
	"a nameless default": func(d map[string]any) bool {
		return addResponse(d, "", map[string]any{"statusCode": map[string]any{"Ref": "S"}})
	},
	"a nameless and an empty one": func(d map[string]any) bool {
		return addResponse(d, "default", map[string]any{}) && addResponse(d, "", map[string]any{"statusCode": "500"})
	},
	"a nameless one that is null":  func(d map[string]any) bool { return addResponse(d, "", nil) },
	"a type of a deployment":       func(d map[string]any) bool { return typed(d, map[string]any{"Ref": "T"}) },
	"a type that is none":          func(d map[string]any) bool { return typed(d, "zzz") },
	"a type that is a number":      func(d map[string]any) bool { return typed(d, 3) },
	"a type that is null":          func(d map[string]any) bool { return typed(d, nil) },
	"an httpMethod that is null":   func(d map[string]any) bool { return member(d, "httpMethod", nil) },
	"an httpMethod that is 3":      func(d map[string]any) bool { return member(d, "httpMethod", 3) },
	"a uri that is a number":       func(d map[string]any) bool { return member(d, "uri", 3) },
	"a uri that is null":           func(d map[string]any) bool { return member(d, "uri", nil) },
	"responses that are null":      func(d map[string]any) bool { return member(d, "responses", nil) },
	"responses that are a number":  func(d map[string]any) bool { return member(d, "responses", 3) },
	"parameters that are a number": func(d map[string]any) bool { return member(d, "requestParameters", 3) },
	"declared responses of null": func(d map[string]any) bool {
		return eachOperation(d, func(o map[string]any) bool { o["responses"] = nil; return true })
	},
	"a declared response of null": func(d map[string]any) bool {
		return eachOperation(d, func(o map[string]any) bool {
			r := object(o, "responses")
			if r == nil {
				return false
			}
			for status := range r {
				r[status] = nil
			}
			return true
		})
	},
	"headers of null": func(d map[string]any) bool {
		return eachOperation(d, func(o map[string]any) bool {
			for _, r := range object(o, "responses") {
				if r, ok := r.(map[string]any); ok {
					r["headers"] = nil
				}
			}
			return true
		})
	},
	"proxies": func(d map[string]any) bool { return typed(d, "http_proxy") },
	"a path of null": func(d map[string]any) bool {
		if object(d, "paths") == nil {
			return false
		}
		object(d, "paths")["/odd/{null}"] = nil
		return true
	},
	"paths of null that are none": func(d map[string]any) bool {
		if object(d, "paths") == nil {
			return false
		}
		object(d, "paths")["/odd b"], object(d, "paths")["/{greedy+}/x"] = nil, nil
		return true
	},
	"a variable of null": func(d map[string]any) bool {
		if object(d, "paths") == nil {
			return false
		}
		object(d, "paths")["/{null}"] = nil
		return true
	},
	"a gateway response of null": func(d map[string]any) bool {
		responses := object(d, "x-amazon-apigateway-gateway-responses")
		if responses == nil {
			return false
		}
		responses["UNAUTHORIZED"] = nil
		return true
	},
	"a gateway response of 3": func(d map[string]any) bool {
		responses := object(d, "x-amazon-apigateway-gateway-responses")
		if responses == nil {
			return false
		}
		responses["UNAUTHORIZED"] = 3
		return true
	},
	"validators of null": func(d map[string]any) bool { d["x-amazon-apigateway-request-validators"] = nil; return true },
	"validators of 3":    func(d map[string]any) bool { d["x-amazon-apigateway-request-validators"] = 3; return true },
	"an empty security":  func(d map[string]any) bool { d["security"] = nil; return true },
}

func addResponse(d map[string]any, pattern string, response any) bool {
	return eachIntegration(d, func(i map[string]any) bool {
		if object(i, "responses") == nil {
			return false
		}
		object(i, "responses")[pattern] = response
		return true
	})
}

func typed(d map[string]any, kind any) bool { return member(d, "type", kind) }

func member(d map[string]any, name string, value any) bool {
	return eachIntegration(d, func(i map[string]any) bool { i[name] = value; return true })
}

func object(o map[string]any, name string) map[string]any {
	value, _ := o[name].(map[string]any)
	return value
}

func substitute(o map[string]any, name string, value any) bool {
	_, has := o[name]
	if has {
		o[name] = value
	}
	return has
}

func remove(o map[string]any, name string) bool {
	_, has := o[name]
	delete(o, name)
	return has
}

// firstPath is the first path of a document, in the order of the alphabet.
func firstPath(d map[string]any) string {
	for _, path := range slices.Sorted(maps.Keys(object(d, "paths"))) {
		if strings.HasPrefix(path, "/") && len(path) > 1 && len(object(object(d, "paths"), path)) > 0 {
			return path
		}
	}
	return ""
}

func renamePath(d map[string]any, name func(string) string) bool {
	path, paths := firstPath(d), object(d, "paths")
	if path == "" {
		return false
	}
	paths[name(path)] = paths[path]
	delete(paths, path)
	return true
}

func addPath(d map[string]any, name func(string) string) bool {
	path, paths := firstPath(d), object(d, "paths")
	if path == "" || paths[name(path)] != nil {
		return false
	}
	paths[name(path)] = paths[path]
	return true
}

func models(d map[string]any) map[string]any {
	if d["swagger"] != nil {
		return object(d, "definitions")
	}
	return object(object(d, "components"), "schemas")
}

func addModel(d map[string]any, name string) bool {
	owner, key := d, "definitions"
	if d["swagger"] == nil {
		if object(d, "components") == nil {
			d["components"] = map[string]any{}
		}
		owner, key = object(d, "components"), "schemas"
	}
	if object(owner, key) == nil {
		owner[key] = map[string]any{}
	}
	object(owner, key)[name] = map[string]any{"type": "object"}
	return true
}

func parameter(d map[string]any, name, in string) map[string]any {
	if d["swagger"] != nil {
		return map[string]any{"name": name, "in": in, "type": "string"}
	}
	return map[string]any{"name": name, "in": in, "schema": map[string]any{"type": "string"}}
}

// eachOperation changes every operation that can be changed.
func eachOperation(d map[string]any, change func(map[string]any) bool) bool {
	changed := false
	for path := range object(d, "paths") {
		for _, name := range []string{"get", "put", "post", "delete", "options", "x-amazon-apigateway-any-method"} {
			if o := object(object(object(d, "paths"), path), name); o != nil {
				changed = change(o) || changed
			}
		}
	}
	return changed
}

func eachIntegration(d map[string]any, change func(map[string]any) bool) bool {
	return eachOperation(d, func(o map[string]any) bool {
		i := object(o, "x-amazon-apigateway-integration")
		return i != nil && change(i)
	})
}

func mapRequest(d map[string]any, target string, value any) bool {
	return eachIntegration(d, func(i map[string]any) bool {
		i["requestParameters"] = map[string]any{target: value}
		return true
	})
}

// mapResponses changes the header mappings of all integration responses.
func mapResponses(d map[string]any, change func(target string, value any) (string, any)) bool {
	return eachIntegration(d, func(i map[string]any) bool {
		changed := false
		for _, r := range object(i, "responses") {
			r, _ := r.(map[string]any)
			if parameters := object(r, "responseParameters"); len(parameters) > 0 {
				mapped := map[string]any{}
				for target, value := range parameters {
					target, value = change(target, value)
					mapped[target] = value
				}
				r["responseParameters"], changed = mapped, true
			}
		}
		return changed
	})
}

func addGatewayResponse(d map[string]any, value string) bool {
	d["x-amazon-apigateway-gateway-responses"] = map[string]any{"THROTTLED": map[string]any{"responseParameters": map[string]any{"gatewayresponse.header.Access-Control-Allow-Origin": value}}}
	return true
}

func configure(d map[string]any, configuration map[string]any) bool {
	d["x-amazon-apigateway-cors"] = configuration
	return true
}

// TestImportRulesAreAllCompared holds that each rule by which an import fails, on either side, is
// compared with the other side, or excepted.
func TestImportRulesAreAllCompared(t *testing.T) {
	compared := map[string]bool{}
	for _, e := range importExceptions {
		compared[e.rule] = true
		if e.reason == "" {
			t.Errorf("%s is excepted without a reason", e.rule)
		}
	}
	for _, j := range importJudgements {
		for _, id := range slices.Concat(j.prover, j.lint) {
			compared[id] = true
		}
		for _, id := range j.lint {
			if _, near, ok := lint.Find(id); !ok {
				t.Errorf("lint has no rule %s, and has %s", id, near)
			}
		}
	}
	for _, r := range gateway.Behaviours() {
		if strings.HasPrefix(r.ID, "import-") && !compared[r.ID] {
			t.Errorf("the rule %s of the prover is not compared", r.ID)
		}
	}
	for _, r := range lint.Rules() {
		if r.ImportFails && !compared[r.ID] {
			t.Errorf("the rule %s of lint is not compared", r.ID)
		}
	}
}
