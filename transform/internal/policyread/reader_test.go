package policyread

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// TestEachMistakeHasItsReasonAndPlace holds that a policy file is read to its end, and what
// every mistake in it is.
func TestEachMistakeHasItsReasonAndPlace(t *testing.T) {
	const src = `profiles:
  dev: {maxAge: 1}
  dev: {maxAge: 2}
emit:
  status: 204
  status: 200
  blocks: [false]
lint:
  disable: [no-origin, 7]
resources:
  - path: [/a]
    enabled: false
  - path: ""
    enabled: false
  - {path: /b, recursive: [true], enabled: yes}
  - path: /c
    policy: {addHeaders: none, maxAge: [600]}
policy:
  allowOrigins: ["https://a.example", "https://b.example/"]
  exposeHeaders: [ETag, 1]
  allowMethods: [&m {Ref: M}, *m]
`
	want := []string{
		"3:3 profiles dev duplicate-key", "6:3 emit status duplicate-key", "7:11 emit.blocks [false] not-a-text",
		"9:24 lint.disable 7 not-a-text",
		"11:11 resources[0].path [/a] not-a-text", "13:11 resources[1].path  no-value",
		"15:27 resources[2] (/b).recursive [true] not-a-boolean", "15:44 resources[2] (/b).enabled yes not-a-boolean",
		"17:26 resources[3] (/c).policy.addHeaders none not-a-list", "17:40 resources[3] (/c).policy.maxAge [600] not-a-number",
		"19:39 policy.allowOrigins https://b.example/ origin-trailing-slash", "20:25 policy.exposeHeaders 1 not-a-text",
		"21:31 policy.allowMethods *m not-a-text",
	}
	f, err := ParseFile("apigw-cors.yaml", []byte(src))
	if diff := cmp.Diff(want, mistakes(err)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if f == nil || len(f.Resources) != 4 || len(f.Emit) != 1 || len(f.Disable) != 1 {
		t.Errorf("what can be read is not: %+v", f)
	}
}

// mistakes returns what is wrong in a file, a line for each.
func mistakes(err error) []string {
	var list []string
	for e := range policy.All(err) {
		in := e.In
		if e.In != "" && e.Member != "" {
			in += "."
		}
		list = append(list, fmt.Sprintf("%d:%d %s%s %s %s", e.Position.Line, e.Position.Column, in, e.Member, e.Value, e.Reason))
	}
	return list
}

// TestAConfigurationHoldsWhatAnExportWrites holds that an empty list and members of other
// tools are read in the configuration of an HTTP API, and are mistakes in any other object.
func TestAConfigurationHoldsWhatAnExportWrites(t *testing.T) {
	const src = `{allowOrigins: [], allowMethods: [], allowHeaders: {Ref: Names}, exposeHeaders: [A, {Ref: B}], x-other: 1}`
	file, err := source.Parse("a.yaml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	b, err := ReadConfiguration(file.Root, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := []string{}
	for m := range policy.ConfigurationMembers() {
		if list, ok := m.In(&b.Policy).(*policy.Value[[]string]); ok {
			expr, _ := list.Raw()
			got = append(got, m.Name+" "+list.Kind().String()+" "+expr)
		}
	}
	want := []string{"allowOrigins unset ", "allowMethods none ", `allowHeaders raw {"Ref":"Names"}`, `exposeHeaders raw ["A",{"Ref":"B"}]`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if _, err := ReadCORSObject(file.Root, nil); len(mistakes(err)) < 4 {
		t.Errorf("a block of a resource holds all of it: %v", err)
	}
}
