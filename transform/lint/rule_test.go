package lint_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/lint"
)

// TestValidityIDsAreNoOthers holds that no code of kin-openapi is the id of a rule, and that
// each is explained.
func TestValidityIDsAreNoOthers(t *testing.T) {
	ids := map[string]bool{}
	for _, r := range lint.Rules() {
		ids[r.ID] = true
	}
	for _, r := range transform.Rules() {
		ids[r.ID] = true
	}
	for _, code := range []string{lint.Validity, "conflicting-paths", "operation-responses-required"} {
		if r, _, ok := lint.Find(code); ids[code] || !ok || r.ID != code || r.Doc == "" {
			t.Errorf("%s: %+v", code, r)
		}
	}
}

// TestRulesTellWhetherTheImportFails holds that what a rule says of the import is the same wherever
// it is asked for: among the rules, by its id, and of its findings.
func TestRulesTellWhetherTheImportFails(t *testing.T) {
	fails := map[bool]int{}
	for _, r := range lint.Rules() {
		fails[r.ImportFails]++
		byID, _, _ := lint.Find(r.ID)
		if byID.Rule != r.Rule {
			t.Errorf("%s: listed as %+v, found as %+v", r.ID, r.Rule, byID.Rule)
		}
	}
	version, _, _ := lint.Find("openapi-3.1")
	if !version.ImportFails || fails[true] < 10 || fails[false] < 50 {
		t.Errorf("openapi-3.1: %v, and of all rules %v", version.ImportFails, fails)
	}
}

// parsed returns the document of an example.
func parsed(t testing.TB, text string) *transform.Document {
	t.Helper()
	if !strings.Contains(text, "openapi:") && !strings.Contains(text, "swagger:") {
		text = "openapi: 3.0.1\ninfo: {title: Example, version: \"1\"}\n" + text
	}
	d, err := transform.Parse("example.yaml", []byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return d
}

// listed returns what rules find in a document that can be read.
func listed(t *testing.T, d *transform.Document, o lint.Options) []lint.Finding {
	t.Helper()
	list, err := lint.Run(d, o)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// of returns the findings of a rule.
func of(found []lint.Finding, r lint.Rule) []lint.Finding {
	return slices.DeleteFunc(slices.Clone(found), func(f lint.Finding) bool { return f.Rule != r.ID })
}

// TestExamples runs the examples of each rule: it finds the failing one, alone, and not
// the passing one, in which no rule finds an error; and what it can fix it fixes.
func TestExamples(t *testing.T) {
	for _, r := range lint.Rules() {
		t.Run(r.ID, func(t *testing.T) {
			if r.Fails == "" {
				t.Skip("an example would be too large")
			}
			fails, passes := parsed(t, r.Fails), parsed(t, r.Passes)
			o := lint.Options{API: r.API}
			if o.API == "" && r.ID != "api-untold" {
				o.API = transform.REST
			}
			found := listed(t, fails, o)
			if len(of(found, r)) == 0 {
				t.Fatalf("it does not find its example, but %v", found)
			}
			if auto := listed(t, fails, lint.Options{}); r.API == "" && len(of(auto, r)) == 0 {
				t.Errorf("where the document is to tell the API type, it does not find its example, but %v", auto)
			}
			for _, f := range found {
				if f.Rule != r.ID && f.Severity == finding.Error {
					t.Errorf("another rule finds its example: %v", f)
				}
				if f.Position == (finding.Position{}) || f.Hint == "" || f.Message == "" {
					t.Errorf("the finding lacks a place, a remedy or a message: %+v", f)
				}
				if f.Rule == r.ID && (f.Severity != r.Severity || f.ImportFails() != r.ImportFails) {
					t.Errorf("the finding is another than its rule says: %+v", f)
				}
			}
			for _, f := range listed(t, passes, o) {
				if f.Rule == r.ID || f.Severity == finding.Error {
					t.Errorf("the passing example has %v", f)
				}
			}
			fixed, err := lint.Fix(fails, o)
			if err != nil {
				t.Fatal(err)
			}
			if left := listed(t, fixed.Document, o); slices.ContainsFunc(left, lint.Finding.Fixable) {
				t.Errorf("fixed, it could still fix %v in\n%s", left, fixed.Document.Source())
			}
			if of(found, r)[0].Fixable() && fixed.Count == 0 {
				t.Error("nothing was fixed")
			}
		})
	}
}

// TestEditsFix holds that an editor that makes the changes of a finding is rid of it.
func TestEditsFix(t *testing.T) {
	tried := 0
	for _, r := range lint.Rules() {
		if r.Fails == "" {
			continue // an example would be too large
		}
		d := parsed(t, r.Fails)
		for _, f := range listed(t, d, lint.Options{API: r.API}) {
			if !f.Fixable() {
				continue
			}
			tried++
			fixed := edited(string(d.Source()), lint.Edits(d, f))
			for _, left := range listed(t, parsed(t, fixed), lint.Options{API: r.API}) {
				if left.Rule == f.Rule && left.Pointer == f.Pointer && left.Message == f.Message {
					t.Errorf("%v is found again in\n%s", left, fixed)
				}
			}
		}
	}
	if tried < 10 {
		t.Errorf("only %d were tried", tried)
	}
}

// edited makes changes as an editor does, that counts lines and characters.
func edited(text string, edits []finding.Edit) string {
	lines := strings.SplitAfter(text, "\n")
	offset := func(p finding.Position) int {
		before := strings.Join(lines[:p.Line-1], "")
		return len(before) + len(string([]rune(lines[p.Line-1])[:p.Column-1]))
	}
	for _, e := range slices.Backward(edits) {
		text = text[:offset(e.Start)] + e.Text + text[offset(e.End):]
	}
	return text
}

// TestFixOpensAnOPTIONS holds that an OPTIONS that asks for credentials asks for none once it is
// fixed, whatever asks for them, and that the OPTIONS of a backend is left to its owner.
func TestFixOpensAnOPTIONS(t *testing.T) {
	const document = `openapi: 3.0.1
info: {title: Pets, version: "1"}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: x-api-key}
    token: {type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authtype: custom, x-amazon-apigateway-authorizer: {type: token, authorizerUri: arn}}
security: [{token: []}]
paths:
  /pets:
    options:
      MEMBERS
      responses: {"200": {description: preflight, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses: {default: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"}}}
`
	auth, _, _ := lint.Find("preflight-auth")
	for _, members := range []string{
		"summary: that of the root",
		"security: [{key: []}]",
		"x-amazon-apigateway-auth: {type: AWS_IAM}",
		"x-amazon-apigateway-auth: {type: AWS_IAM}\n      security: [{key: []}]",
	} {
		d := parsed(t, strings.Replace(document, "MEMBERS", members, 1))
		if len(of(listed(t, d, lint.Options{}), auth)) == 0 {
			t.Errorf("%s: it is not found", members)
		}
		fixed, err := lint.Fix(d, lint.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if left := of(listed(t, fixed.Document, lint.Options{}), auth); len(left) > 0 {
			t.Errorf("%s: fixed, it is found again: %v in\n%s", members, left, fixed.Document.Source())
		}
	}
	backend := strings.Replace(strings.Replace(document, "MEMBERS", "summary: proxied", 1), "type: mock", "type: aws_proxy\n        httpMethod: POST\n        uri: arn", 1)
	if found := of(listed(t, parsed(t, backend), lint.Options{API: transform.REST}), auth); len(found) != 1 || found[0].Fixable() {
		t.Errorf("a backend: got %v", found)
	}
}
