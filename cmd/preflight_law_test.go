package cmd_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/internal/documents"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/lint"
)

// refusingRules are the rules by which lint reports that a method refuses preflight requests,
// whatever is in them.
var refusingRules = []string{
	"any-swallows-options", "binary-any", "mock-status", "mock-template-missing", "preflight-auth", "preflight-body-validated",
	"preflight-required-parameter", "preflight-status", "response-status-missing",
}

// TestLintAndTheProverRefuseTheSamePreflights holds for each method of a REST API to which preflight
// requests go that lint reports an error if API Gateway itself refuses them, to the prover, which
// reads the document by itself, and none of those errors if it does not.
func TestLintAndTheProverRefuseTheSamePreflights(t *testing.T) {
	t.Parallel()
	const largest = 1 << 20
	n := map[bool]int{}
	for _, doc := range documents.Read(t, largest) {
		if strings.Contains(string(doc.Src), "apigw-cors-ignore") { // which lint heeds
			continue
		}
		for _, src := range [][]byte{doc.Src, enabledAs(doc.Src, transform.REST)} {
			compareRefusals(t, doc.Name(), src, n)
		}
	}
	t.Logf("%d preflight requests are refused and %d are not, to lint and to the prover", n[true], n[false])
	if !testing.Short() && (n[true] < 20 || n[false] < 200) {
		t.Errorf("too few were compared: %v", n)
	}
}

// compareRefusals does so for one document, and counts what both sides say.
func compareRefusals(t *testing.T, name string, src []byte, n map[bool]int) {
	t.Helper()
	d, err := transform.Parse(name, src)
	if err != nil {
		return
	}
	found, err := lint.Run(d, lint.Options{API: transform.REST, Disable: []string{lint.Validity}})
	api, unread := gateway.Read(src, gateway.Options{APIType: gateway.REST})
	if err != nil || unread != nil || api.Refused() != nil {
		return
	}
	seen := map[string]bool{}
	for _, o := range api.Operations() {
		answer := api.Respond(t.Context(), gateway.Request{Method: "OPTIONS", Path: o.Path, Query: o.Query, Header: []gateway.Field{
			{Name: "Accept", Value: "*/*"}, {Name: "Access-Control-Request-Method", Value: "PUT"}, {Name: "Origin", Value: "https://app.example.com"},
		}}, nil)
		at := answer.Method
		if answer.Unknown != nil || at == "" || seen[at] || isOfPolicy(answer) {
			continue
		}
		seen[at] = true
		refused := isRefusal(answer)
		reported := errorsIn(found, at, refused)
		if refused != (len(reported) > 0) {
			t.Errorf("%s: what %s refuses: to the prover %v (%d), and lint reports %v", name, at, refused, answer.Status, reported)
			continue
		}
		n[refused]++
	}
}

// isRefusal reports whether API Gateway refuses preflight requests: with an error of its own, or as
// the OPTIONS of a mock. A mock for any method that responds with 404 is not one for pages.
func isRefusal(a gateway.Response) bool {
	isOfMock := strings.HasSuffix(a.Method, "/options") && slices.ContainsFunc(a.Steps, func(s gateway.Step) bool { return s.Behaviour.ID == "mock-status" })
	return a.Error != nil || isOfMock && (a.Status < 200 || a.Status > 299)
}

// isOfPolicy reports whether the resource policy refuses, which lint reports for the document, where
// pages need preflight requests at all.
func isOfPolicy(a gateway.Response) bool {
	return a.Error != nil && strings.HasPrefix(a.Error.Cause.Behaviour.ID, "resource-policy")
}

// errorsIn returns what lint reports of a method as a refusal. A status that is not declared may be
// another one than preflight requests get.
func errorsIn(found []lint.Finding, method string, refused bool) (list []string) {
	for _, f := range found {
		isOther := !refused && f.Rule == "response-status-missing"
		isOfMethod := f.Pointer == method || strings.HasPrefix(f.Pointer, method+"/")
		if slices.Contains(refusingRules, f.Rule) && isOfMethod && !isOther {
			list = append(list, f.String())
		}
	}
	return list
}
