package transform_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	sigsyaml "sigs.k8s.io/yaml"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

const markerName = "x-apigw-cors-generated"

// meaning is a document as a program reads it.
func meaning(t *testing.T, src []byte) map[string]any {
	t.Helper()
	text, err := sigsyaml.YAMLToJSON(src)
	if err != nil {
		t.Skip(err)
	}
	var m map[string]any
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// written is a document with a meaning.
func written(t *testing.T, m map[string]any) *transform.Document {
	t.Helper()
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := transform.Parse("openapi.json", text)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// enabledFresh enables a document in which nothing was generated and no reference has to be
// inlined, and returns what that means.
func enabledFresh(t *testing.T, d document, doc *transform.Document, p policy.Policy) map[string]any {
	t.Helper()
	if strings.Contains(string(d.Src), markerName) || len(d.Src) > 20_000 {
		t.SkipNow()
	}
	r := enabled(t, doc, p, asREST)
	if inlines(r) {
		t.SkipNow()
	}
	m := meaning(t, r.Output)
	if again, err := transform.Enable(written(t, m), p, asREST); err != nil || again.Changed() {
		t.Skip("it is another document without its tags")
	}
	return m
}

// valueAt returns the value at a pointer, nil where there is none.
func valueAt(m any, p source.Pointer) any {
	for _, key := range p.Keys() {
		object, _ := m.(map[string]any)
		m = object[key]
	}
	return m
}

// generatedPlaces visits every place below the members of path items that a marker lists:
// objects, lists and scalars.
func generatedPlaces(m map[string]any, visit func(at source.Pointer, value any)) {
	marker, _ := m[markerName].(map[string]any)
	var walk func(at source.Pointer, value any)
	walk = func(at source.Pointer, value any) {
		visit(at, value)
		object, _ := value.(map[string]any)
		for _, key := range slices.Sorted(maps.Keys(object)) {
			walk(at.Child(key), object[key])
		}
	}
	for _, key := range slices.Sorted(maps.Keys(marker)) {
		list, _ := marker[key].([]any)
		for _, entry := range list {
			if key != "root" {
				at := source.Pointer("/paths").Child(key) + source.Pointer(entry.(string))
				walk(at, valueAt(m, at))
			}
		}
	}
}

// TestMarkerIsOneObjectAtTheRoot holds that path items get nothing that AWS does not know:
// AWS SAM takes a list there for a method.
func TestMarkerIsOneObjectAtTheRoot(t *testing.T) {
	each(t, func(t *testing.T, d document, doc *transform.Document) {
		before, after := meaning(t, d.Src), enabledFresh(t, d, doc, several)
		items, _ := after["paths"].(map[string]any)
		for path, item := range items {
			had, _ := valueAt(before, source.Pointer("/paths").Child(path)).(map[string]any)
			object, _ := item.(map[string]any)
			for key := range object {
				if _, is := had[key]; !is && key != "options" && key != "x-amazon-apigateway-cors" {
					t.Errorf("%s: %q was added", path, key)
				}
			}
		}
		marker, _ := after[markerName].(map[string]any) // none where everything is kept
		for key, listed := range marker {
			if _, isList := listed.([]any); !isList || key != "root" && items[key] == nil {
				t.Errorf("the marker has the entry %q: %v", key, listed)
			}
		}
	})
}

// chosen has several origins, and derives nothing from members that are added.
var chosen = policy.Policy{AllowOrigins: several.AllowOrigins, AllowCredentials: several.AllowCredentials}

// TestHandWrittenMembersStay holds that what somebody adds to any generated object is theirs:
// enabling again leaves it, with any policy, and disabling takes out the rest and reports it.
func TestHandWrittenMembersStay(t *testing.T) {
	var tried atomic.Int64
	each(t, func(t *testing.T, d document, doc *transform.Document) {
		if d.Real && !d.oneOf(7) {
			t.SkipNow()
		}
		before, after := meaning(t, d.Src), enabledFresh(t, d, doc, chosen)
		var places []source.Pointer
		generatedPlaces(after, func(at source.Pointer, value any) {
			_, isObject := value.(map[string]any)
			_, name := at.Parent()
			if isObject && name != "responseTemplates" { // a template in it is one that chooses
				places = append(places, at)
			}
		})
		for i, at := range places {
			if i%5 != len(d.Src)%5 {
				continue
			}
			tried.Add(1)
			object := valueAt(after, at).(map[string]any)
			object["x-note"] = "mine"
			doc := written(t, after)
			checkAdded(t, doc, at, chosen, false)
			checkAdded(t, doc, at, wide, true)
			off, err := transform.Disable(doc, transform.Selection{})
			if err != nil {
				t.Fatalf("%s: %v", at, err)
			}
			left := meaning(t, off.Output)
			if valueAt(left, at.Child("x-note")) != "mine" {
				t.Errorf("%s: disable takes out what was added", at)
			}
			if !slices.ContainsFunc(off.Findings, func(f transform.Finding) bool { return f.Rule == "generated-remains" }) {
				t.Errorf("%s: nothing is said of what is left: %v", at, off.Findings)
			}
			without(left, at.Child("x-note"), before)
			if !reflect.DeepEqual(left, before) {
				t.Errorf("%s: disabling leaves more than what was added (-before +after):\n%s", at, gocmp.Diff(before, left))
			}
			delete(object, "x-note")
		}
	})
	t.Cleanup(func() { t.Logf("%d additions", tried.Load()) })
}

// TestHandWrittenMembersOfRoutesStay is TestHandWrittenMembersStay for the OPTIONS routes of HTTP APIs.
func TestHandWrittenMembersOfRoutesStay(t *testing.T) {
	var tried atomic.Int64
	each(t, func(t *testing.T, d document, doc *transform.Document) {
		if strings.Contains(string(d.Src), markerName) || len(d.Src) > 20_000 {
			t.SkipNow()
		}
		before, after := meaning(t, d.Src), meaning(t, enabledHTTP(t, doc, narrow, asHTTP).Output)
		if again, err := transform.Enable(written(t, after), narrow, asHTTP); err != nil || again.Changed() {
			t.Skip("it is another document without its tags and anchors")
		}
		var places []source.Pointer
		generatedPlaces(after, func(at source.Pointer, value any) {
			if _, isObject := value.(map[string]any); isObject && !isWithinIntegration(at) {
				places = append(places, at)
			}
		})
		for _, at := range places {
			tried.Add(1)
			object := valueAt(after, at).(map[string]any)
			object["x-note"] = "mine"
			doc := written(t, after)
			again, err := transform.Enable(doc, narrow, asHTTP)
			if err != nil {
				t.Fatalf("%s: %v", at, err)
			}
			if !reflect.DeepEqual(withoutMarker(meaning(t, again.Output)), withoutMarker(meaning(t, doc.Source()))) {
				t.Errorf("%s: enabling again changes the document:\n%s", at, gocmp.Diff(meaning(t, doc.Source()), meaning(t, again.Output)))
			}
			off, err := transform.Disable(doc, transform.Selection{})
			if err != nil {
				t.Fatalf("%s: %v", at, err)
			}
			left := meaning(t, off.Output)
			if valueAt(left, at.Child("x-note")) != "mine" {
				t.Errorf("%s: disable takes out what was added", at)
				continue
			}
			without(left, at.Child("x-note"), before)
			if !reflect.DeepEqual(left, before) {
				t.Errorf("%s: disabling leaves more than what was added (-before +after):\n%s", at, gocmp.Diff(before, left))
			}
			delete(object, "x-note")
		}
	})
	t.Cleanup(func() {
		if t.Logf("%d additions", tried.Load()); tried.Load() < 10 {
			t.Error("too few")
		}
	})
}

// isWithinIntegration reports whether a place is below an integration, of which a part is copied as a
// whole.
func isWithinIntegration(at source.Pointer) bool {
	_, below, is := strings.Cut(string(at), "/x-amazon-apigateway-integration/")
	return is && below != ""
}

// checkAdded holds that enabling a document keeps an addition, and changes nothing else with
// the policy that it was enabled with.
func checkAdded(t *testing.T, doc *transform.Document, at source.Pointer, p policy.Policy, changes bool) {
	t.Helper()
	r, err := transform.Enable(doc, p, asREST)
	if err != nil {
		t.Fatalf("%s: %v", at, err)
	}
	if got := valueAt(meaning(t, r.Output), at.Child("x-note")); got != "mine" && !changes {
		t.Errorf("%s: enabling takes out what was added", at)
	}
	if !changes && !reflect.DeepEqual(withoutMarker(meaning(t, r.Output)), withoutMarker(meaning(t, doc.Source()))) {
		t.Errorf("%s: enabling again changes the document (-before +after):\n%s", at, gocmp.Diff(meaning(t, doc.Source()), meaning(t, r.Output)))
	}
	next, err := transform.Parse("openapi.json", r.Output)
	if err != nil {
		t.Fatal(err)
	}
	if second, err := transform.Enable(next, p, asREST); err != nil || second.Changed() {
		t.Errorf("%s: a second run changes the document: %v", at, err)
	}
}

func withoutMarker(m map[string]any) map[string]any {
	delete(m, markerName)
	return m
}

// without takes a member out, and the objects that are empty then and were not there before.
func without(m map[string]any, at source.Pointer, before map[string]any) {
	for at != "" {
		above, name := at.Parent()
		object := valueAt(m, above).(map[string]any)
		delete(object, name)
		if len(object) > 0 || valueAt(before, above) != nil {
			return
		}
		at = above
	}
}

// TestEditedValuesAreReported holds that a generated value which somebody has changed is never
// overwritten: its resource is left alone, with a finding. A mapping is compared with the
// generated CORS object that records the policy; where somebody has written that object, nothing
// tells an edit from the value of another policy. A Vary with other names is hand-written.
func TestEditedValuesAreReported(t *testing.T) {
	each(t, func(t *testing.T, d document, doc *transform.Document) {
		if d.Real && !d.oneOf(7) {
			t.SkipNow()
		}
		for _, p := range []policy.Policy{narrow, several} {
			after := enabledFresh(t, d, doc, p)
			var places []source.Pointer
			generatedPlaces(after, func(at source.Pointer, value any) {
				if _, isText := value.(string); isText && isRecorded(after, at) {
					places = append(places, at)
				}
			})
			for i, at := range places {
				if i%7 == len(d.Src)%7 {
					checkEdited(t, after, at, p)
				}
			}
		}
	})
}

// isRecorded reports whether the document tells what a generated value was.
func isRecorded(m map[string]any, at source.Pointer) bool {
	keys := at.Keys()
	isMapping := keys[len(keys)-2] == "responseParameters"
	listed, _ := valueAt(m, source.Pointer("").Child(markerName, keys[1])).([]any)
	isVary := strings.HasSuffix(string(at), "header.Vary")
	return !isVary && (!isMapping || slices.Contains(listed, any("/x-amazon-apigateway-cors")))
}

func checkEdited(t *testing.T, m map[string]any, at source.Pointer, p policy.Policy) {
	t.Helper()
	above, name := at.Parent()
	object := valueAt(m, above).(map[string]any)
	was := object[name]
	defer func() { object[name] = was }()
	object[name] = strings.Replace(fmt.Sprint(was), "e", "ea", 1) + " "
	r, err := transform.Enable(written(t, m), p, asREST)
	if err != nil {
		t.Fatalf("%s: %v", at, err)
	}
	if got := valueAt(meaning(t, r.Output), at); got != object[name] {
		t.Errorf("%s: %q was edited by hand, and is %q now", at, object[name], got)
	}
	if !slices.ContainsFunc(r.Findings, func(f transform.Finding) bool { return f.Rule == "generated-edited" }) {
		t.Errorf("%s: %q was edited by hand, and nothing says so", at, object[name])
	}
}

// TestRenamedPathsAreReported holds that entries of the marker for paths that are no longer
// there are reported, and go.
func TestRenamedPathsAreReported(t *testing.T) {
	const src = "openapi: 3.0.1\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    get: {x-amazon-apigateway-integration: {type: aws_proxy}}\n  /b:\n    get: {x-amazon-apigateway-integration: {type: aws_proxy}}\n"
	doc, err := transform.Parse("openapi.yaml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(paths map[string]any){
		"renamed": func(paths map[string]any) { paths["/c"] = paths["/b"]; delete(paths, "/b") },
		"deleted": func(paths map[string]any) { delete(paths, "/b") },
	} {
		m := meaning(t, enabled(t, doc, narrow, asREST).Output)
		change(m["paths"].(map[string]any))
		r, err := transform.Enable(written(t, m), narrow, asREST)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(r.Findings, func(f transform.Finding) bool {
			return f.Rule == "mark-not-ours" && strings.Contains(f.Message, `"/b"`)
		}) {
			t.Errorf("%s: nothing is said of the entry: %v", name, r.Findings)
		}
		if _, still := meaning(t, r.Output)[markerName].(map[string]any)["/b"]; still {
			t.Errorf("%s: the entry is still there", name)
		}
	}
}
