package transform_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	yaml "go.yaml.in/yaml/v4"

	sigsyaml "sigs.k8s.io/yaml"

	"github.com/apigw-cors/apigw-cors/internal/documents"
	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/internal/edit"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// The promises of the package, each a test of its name, over every document of
// the project and of a collection of real ones where it stands beside it.

// document is a text that a law is tried on.
type document struct{ documents.Document }

// largest is the size of the documents that the laws are tried on.
const largest = 60_000

// oneOf chooses one of n documents, always the same.
func (d document) oneOf(n int) bool { return len(d.Src)%n == 0 }

// turn reports whether it is this one's turn of a trial that real documents, of which
// there are many, share: each of them takes every nth.
func (d document) turn(i, n int) bool { return !d.Real || (i+len(d.Src))%n == 0 }

// each tries a law on every document that can be read.
func each(t *testing.T, law func(t *testing.T, d document, doc *transform.Document)) {
	t.Helper()
	for _, d := range documents.Read(t, largest) {
		doc, err := transform.Parse(d.Path, d.Src)
		if err != nil {
			continue
		}
		t.Run(d.Name(), func(t *testing.T) {
			t.Parallel()
			law(t, document{d}, doc)
		})
	}
}

var (
	narrow = policy.Policy{AllowOrigins: policy.Literal([]string{"https://app.example.com"})}
	open   = policy.Policy{AllowOrigins: policy.Literal([]string{"*"}), AllowHeaders: policy.Derived()}
	wide   = policy.Policy{
		AllowOrigins:     policy.Literal([]string{"https://other.example.com:8443"}),
		AllowMethods:     policy.Literal([]string{"GET", "OPTIONS"}),
		ExposeHeaders:    policy.Literal([]string{"X-Total", "ETag"}),
		MaxAge:           policy.Literal(600),
		AllowCredentials: policy.Literal(true),
	}
	several = policy.Policy{
		AllowOrigins:     policy.Literal([]string{"https://app.example.com", "https://*.example.org", "http://localhost:3000"}),
		AllowCredentials: policy.Literal(true),
		ExposeHeaders:    policy.Derived(),
	}
	staged = policy.Policy{AllowOrigins: policy.Raw[[]string]("stageVariables.origin"), MaxAge: policy.Literal(60)}
	filled = policy.Policy{AllowOrigins: policy.Raw[[]string]("${Origin}"), AllowHeaders: policy.Raw[[]string]("${Headers}")}

	policies = []policy.Policy{narrow, open, wide, several, staged, filled}

	// intrinsic is apart, because tags have no form in JSON, as operations are compared.
	intrinsic   = policy.Policy{AllowOrigins: policy.Raw[[]string](`{"Fn::If":["Prod",{"Ref":"Origin"},"https://dev.example.com"]}`), MaxAge: policy.Raw[int](`{"Ref":"MaxAge"}`)}
	everyPolicy = append(slices.Clone(policies), intrinsic)
	// Without it, documents that do not tell which kind of API they are for would be
	// tried by no law.
	asREST       = transform.Options{API: transform.REST}
	withTemplate = transform.Options{API: transform.REST, Emit: transform.Emit{AddResponseTemplates: transform.ResponseTemplatesAlways}}
	completing   = transform.Options{API: transform.REST, Existing: policy.ExistingComplete, Emit: withTemplate.Emit}
	replacing    = transform.Options{API: transform.REST, Existing: policy.ExistingReplaceAny}
)

// enabled enables and ends the test when that is refused, which another law is
// about.
func enabled(t *testing.T, doc *transform.Document, p policy.Policy, o transform.Options) *transform.Result {
	t.Helper()
	r, err := transform.Enable(doc, p, o)
	if err != nil {
		checkRefusal(t, doc.Source(), err)
		t.SkipNow()
	}
	return r
}

func again(t *testing.T, d document, r *transform.Result) *transform.Document {
	t.Helper()
	doc, err := transform.Parse(d.Path, r.Output)
	if err != nil {
		t.Fatalf("the output cannot be read: %v", err)
	}
	return doc
}

// TestByteExact holds that the output without what the result lists is the input:
// in bytes, and as another parser sees it, comments included.
func TestByteExact(t *testing.T) {
	each(t, func(t *testing.T, d document, doc *transform.Document) {
		r := enabled(t, doc, wide, asREST)
		checkExact(t, d.Src, r)
		next := again(t, d, r)
		r2 := enabled(t, next, narrow, transform.Options{API: transform.REST, Emit: transform.Emit{Responses: transform.ResponsesNone}})
		checkExact(t, r.Output, r2)
		if !d.turn(0, 3) {
			return
		}
		chooses := enabled(t, doc, several, asREST)
		checkExact(t, d.Src, chooses)
		checkExact(t, chooses.Output, enabled(t, again(t, d, chooses), several, withTemplate))
		checkExact(t, chooses.Output, enabled(t, again(t, d, chooses), narrow, asREST))
		checkExact(t, d.Src, enabled(t, doc, filled, replacing))
	})
}

func checkExact(t *testing.T, src []byte, r *transform.Result) {
	t.Helper()
	if bytes.Contains(r.Output, []byte("\r\n")) && !bytes.Contains(bytes.ReplaceAll(src, []byte("\r\n"), nil), []byte("\n")) &&
		bytes.Contains(bytes.ReplaceAll(r.Output, []byte("\r\n"), nil), []byte("\n")) {
		t.Error("a bare line feed came into a document whose lines end in CRLF")
	}
	if back, ok := undo(src, r); !ok || !bytes.Equal(back, src) {
		t.Errorf("the output without the edits is not the input (-input +output):\n%s", gocmp.Diff(strings.Split(string(src), "\n"), strings.Split(string(back), "\n")))
	}
	if onlyAdds(r) && !subsequence(src, r.Output) {
		t.Error("the output has lost bytes of the input")
	}
	before, err := parseTree(src)
	if err != nil {
		t.Logf("the other parser does not read the input: %v", err)
		return
	}
	after, err := parseTree(r.Output)
	if err != nil {
		t.Fatalf("the other parser does not read the output: %v", err)
	}
	if d := gocmp.Diff(before.comments(), after.comments()); d != "" {
		t.Errorf("comments changed (-input +output):\n%s", d)
	}
	for _, w := range r.Changes {
		if err := takeBack(before, after, w); err != nil {
			t.Errorf("%s %s: %v", w.Verb(), w.Pointer(), err)
		}
	}
	if !equalTrees(before, after) {
		t.Errorf("the output differs from the input in more than is listed (-input +output):\n%s", gocmp.Diff(before, after, gocmp.AllowUnexported(tree{})))
	}
}

// undo takes the new texts of the edits out of the output and puts back what they
// replaced.
func undo(src []byte, r *transform.Result) ([]byte, bool) {
	var back []byte
	rest, last := r.Output, 0
	for _, e := range r.Edits {
		keep := e.Start - last
		if keep < 0 || len(rest) < keep+len(e.New) || string(rest[keep:keep+len(e.New)]) != e.New {
			return nil, false
		}
		back = append(append(back, rest[:keep]...), src[e.Start:e.End]...)
		rest, last = rest[keep+len(e.New):], e.End
	}
	return append(back, rest...), true
}

func onlyAdds(r *transform.Result) bool {
	return !slices.ContainsFunc(r.Changes, func(w transform.Change) bool { return w.Verb() != "add" })
}

func subsequence(short, long []byte) bool {
	for _, c := range short {
		i := bytes.IndexByte(long, c)
		if i < 0 {
			return false
		}
		long = long[i+1:]
	}
	return true
}

// TestVerified holds that what is returned has been compared with the document and
// the operations: edits that do anything else are found.
func TestVerified(t *testing.T) {
	each(t, func(t *testing.T, d document, doc *transform.Document) {
		p := narrow
		if !d.Real || d.oneOf(3) {
			p = several
		}
		r := enabled(t, doc, p, asREST)
		if !r.Changed() {
			t.SkipNow()
		}
		f, err := source.Parse(d.Path, d.Src)
		if err != nil {
			t.Fatal(err)
		}
		operations := layoutOperations(t, r.Changes)
		out, err := layout.Verify(f.Root, layoutEdits(r.Edits), operations)
		if err != nil || !bytes.Equal(out, r.Output) {
			t.Fatalf("the result itself does not pass: %v", err)
		}
		want := mustTree(t, r.Output)
		for what, edits := range tampered(d.Src, r.Edits) {
			out, err := layout.Verify(f.Root, layoutEdits(edits), operations)
			if err != nil {
				continue
			}
			if got, err := parseTree(out); err != nil || !sameTree(got, want) {
				t.Errorf("%s passes the verification", what)
			}
		}
	})
}

func layoutEdits(list []transform.Edit) []edit.Edit {
	out := make([]edit.Edit, len(list))
	for i, e := range list {
		out[i] = edit.Edit(e)
	}
	return out
}

// tampered returns edits that do not do what was asked for.
func tampered(src []byte, edits []transform.Edit) map[string][]transform.Edit {
	all := map[string][]transform.Edit{}
	for i := range edits {
		if i > 3 && i < len(edits)-1 {
			continue
		}
		all[fmt.Sprintf("leaving out edit %d", i)] = slices.Delete(slices.Clone(edits), i, i+1)
		if at := strings.LastIndexAny(edits[i].New, "abcdefghijklmnopqrstuvwxyz"); at >= 0 {
			list := slices.Clone(edits)
			list[i].New = edits[i].New[:at] + "Q" + edits[i].New[at+1:]
			all[fmt.Sprintf("misspelling edit %d", i)] = list
		}
	}
	// A letter elsewhere, far from the edits and near them.
	for i := 1; i < 8; i++ {
		at := len(src) * i / 8
		if !slices.ContainsFunc(edits, func(e transform.Edit) bool { return e.Start <= at+1 && at <= e.End }) && 'a' <= src[at] && src[at] < 'z' {
			list := append(slices.Clone(edits), transform.Edit{Start: at, End: at + 1, New: "Q"})
			slices.SortStableFunc(list, func(a, b transform.Edit) int { return a.Start - b.Start })
			all[fmt.Sprintf("a change of byte %d", at)] = list
		}
	}
	return all
}

func layoutOperations(t *testing.T, list []transform.Change) []layout.Operation {
	t.Helper()
	var operations []layout.Operation
	for _, w := range list {
		at := source.Pointer(w.Pointer())
		if w.Verb() == "remove" {
			operations = append(operations, layout.Remove{At: at})
			continue
		}
		value, err := parseTree([]byte(w.Value()))
		if err != nil {
			t.Fatalf("the value of %s is not JSON: %v", w.Pointer(), err)
		}
		v := layoutValue(value)
		switch w.Verb() {
		case "add":
			operations = append(operations, layout.Add{At: at, Value: v})
		case "set":
			operations = append(operations, layout.Set{At: at, Value: v})
		case "inline":
			operations = append(operations, layout.Inline{At: at, Value: v})
		case "splice":
			old, err := parseTree([]byte(w.Replaced()))
			if err != nil {
				t.Fatal(err)
			}
			operations = append(operations, layout.Splice{At: at, Old: old.Text, New: value.Text})
		}
	}
	return operations
}

func layoutValue(tr *tree) layout.Value {
	switch {
	case tr.Kind == "object":
		m := layout.Map{}
		for i, key := range tr.Keys {
			m = append(m, layout.Member{Key: key.Text, Value: layoutValue(tr.Values[i])})
		}
		return m
	case tr.Kind == "list":
		list := layout.List{}
		for _, item := range tr.Items {
			list = append(list, layoutValue(item))
		}
		if isIntrinsic(tr) {
			return layout.TaggedList{Tag: tr.Tag, Items: list}
		}
		return list
	case isIntrinsic(tr):
		return layout.Tagged{Tag: tr.Tag, Text: tr.Text}
	case tr.Tag == "!!null":
		return layout.Word("null")
	case tr.Tag == "!!str":
		return layout.String(tr.Text)
	}
	return layout.Word(tr.Text)
}

// isIntrinsic reports whether a value has a tag of CloudFormation's.
func isIntrinsic(tr *tree) bool {
	return strings.HasPrefix(tr.Tag, "!") && !strings.HasPrefix(tr.Tag, "!!")
}

// TestIdempotent holds that the output, fed in again, comes out unchanged.
func TestIdempotent(t *testing.T) {
	each(t, func(t *testing.T, d document, doc *transform.Document) {
		check := func(p policy.Policy, o transform.Options) {
			t.Helper()
			r := enabled(t, doc, p, o)
			next, err := transform.Enable(again(t, d, r), p, o)
			if err != nil {
				t.Errorf("the output is refused: %v", err)
			} else if next.Changed() || len(next.Changes) > 0 || !bytes.Equal(next.Output, r.Output) {
				t.Errorf("a second run changes the output (-first +second):\n%s", textDiff(r.Output, next.Output))
			}
		}
		for i, p := range everyPolicy {
			if d.turn(i, 3) {
				check(p, asREST)
			}
		}
		for i, p := range []policy.Policy{several, wide} {
			for j, o := range []transform.Options{withTemplate, completing, replacing} {
				if d.turn(2*j+i, 3) {
					check(p, o)
				}
			}
		}
	})
}

// TestDeclarative holds that enabling with one policy or selection and then with
// another equals enabling with the second.
func TestDeclarative(t *testing.T) {
	each(t, func(t *testing.T, d document, doc *transform.Document) {
		// Parts that were generated and written otherwise since stay as they are
		// while they say what they should, so the way there shows in their style.
		marked := bytes.Contains(d.Src, []byte("x-apigw-cors-generated"))
		var direct []*transform.Result
		for _, p := range everyPolicy {
			direct = append(direct, enabled(t, doc, p, asREST))
		}
		check := func(first *transform.Result, second policy.Policy, o transform.Options, want *transform.Result, what string) {
			t.Helper()
			if inlines(first) && !inlines(want) {
				return // what was inlined stays so
			}
			got, err := transform.Enable(again(t, d, first), second, o)
			if err != nil {
				t.Errorf("%s: %v", what, err)
			} else if !bytes.Equal(got.Output, want.Output) && !(marked && sameValue(t, got.Output, want.Output)) {
				t.Errorf("%s (-directly +by way of the first):\n%s", what, textDiff(want.Output, got.Output))
			}
		}
		for i := range everyPolicy {
			for j, q := range everyPolicy {
				if i != j && d.turn(3*i+j, 17) {
					check(direct[i], q, asREST, direct[j], fmt.Sprintf("policy %d after %d", j, i))
				}
			}
		}
		for i, emit := range []transform.Emit{
			{NoCORSObjects: true},
			{Status: 204},
			{Responses: transform.ResponsesNone},
			{GatewayResponses: transform.GatewayResponsesNone},
			{AnyOptions: transform.AnyOptionsKeep},
			{AddResponseTemplates: transform.ResponseTemplatesNever},
		} {
			if !d.turn(i, 6) {
				continue
			}
			o, name := transform.Options{API: transform.REST, Emit: emit}, fmt.Sprintf("%+v", emit)
			other := enabled(t, doc, wide, o)
			check(other, narrow, asREST, direct[0], "everything after "+name)
			if emit.Responses != transform.ResponsesNone || !inlines(direct[2]) {
				check(direct[2], wide, o, other, name+" after everything")
			}
		}
		for i, q := range []policy.Policy{several, narrow} {
			if d.turn(i, 4) {
				check(enabled(t, doc, several, completing), q, asREST, enabled(t, doc, q, asREST), "keeping after completing")
				check(enabled(t, doc, wide, asREST), q, completing, enabled(t, doc, q, completing), "completing after keeping")
			}
		}
		if n := len(direct[0].Resources); n > 1 {
			some := transform.Options{API: transform.REST, Selection: transform.Selection{Resources: []string{direct[0].Resources[n/2].Path}}}
			check(enabled(t, doc, wide, some), narrow, asREST, direct[0], "all after one")
		}
	})
}

// inlines reports whether a result has replaced a reference by its content, which
// stays.
func inlines(r *transform.Result) bool {
	return slices.ContainsFunc(r.Changes, func(w transform.Change) bool { return w.Verb() == "inline" })
}

// TestDeterministic holds that the same input and options give the same result,
// also when several goroutines share a document.
func TestDeterministic(t *testing.T) {
	each(t, func(t *testing.T, d document, doc *transform.Document) {
		want := enabled(t, doc, wide, asREST)
		fresh, err := transform.Parse(d.Path, slices.Clone(d.Src))
		if err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		results := make([]*transform.Result, 8)
		if d.Real {
			results = results[:2]
		}
		for i := range results {
			group.Go(func() { results[i], _ = transform.Enable(fresh, wide, asREST) })
		}
		group.Wait()
		for _, got := range results {
			if !reflect.DeepEqual(public(got), public(want)) {
				t.Fatal("two runs differ")
			}
		}
		if !bytes.Equal(fresh.Source(), d.Src) {
			t.Error("the input was changed")
		}
	})
}

// public is what callers see of a result.
func public(r *transform.Result) transform.Result {
	return transform.Result{Output: r.Output, Changes: r.Changes, Edits: r.Edits, Findings: r.Findings, Resources: r.Resources, Gateway: r.Gateway, API: r.API}
}

// TestRefusesRatherThanGuesses holds that an uncertain place is an error that
// says where, why and what to do, and that the remedy works.
func TestRefusesRatherThanGuesses(t *testing.T) {
	const head = "openapi: 3.0.1\ninfo: {title: t, version: '1'}\npaths:\n"
	for name, tt := range map[string]struct{ src, place string }{
		"alias on the way":              {head + "  /a:\n    get: &g\n      responses: {'200': {description: a}}\n      x-amazon-apigateway-integration: {type: mock, responses: {default: {statusCode: '200'}}}\n  /b:\n    get: *g\n", "5:10"},
		"path item that is an alias":    {head + "  /a: &a\n    get:\n      responses: {'200': {description: a}}\n  /b: *a\n", "4:"},
		"merged member":                 {head + "  /a:\n    get:\n      responses:\n        '200': &r\n          description: a\n      x-amazon-apigateway-integration:\n        type: mock\n        responses:\n          default:\n            <<: {statusCode: '200', responseParameters: {a: b}}\n", "13:"},
		"key that stands twice":         {head + "  /a:\n    get:\n      responses: {'200': {description: a}}\n      responses: {'201': {description: a}}\n      x-amazon-apigateway-integration: {type: mock, responses: {default: {statusCode: '200'}}}\n", "7:7"},
		"path item that stands twice":   {head + "  /a:\n    get: {responses: {'200': {description: a}}}\n  /a:\n    put: {responses: {'200': {description: a}}}\n", "6:3"},
		"anchor that is used elsewhere": {head + "  /a:\n    get:\n      responses:\n        '200': &ok {description: a}\n      x-amazon-apigateway-integration: {type: mock, responses: {default: {statusCode: '200'}}}\nx-copy: *ok\n", "7:"},
		"second document":               {head + "  /a:\n    get: {responses: {'200': {description: a}}}\n---\nopenapi: 3.0.1\n", "7:1"},
		"second document in JSON":       {`{"openapi": "3.0.1", "paths": {"/a": {"get": {}}}}` + "\n{}", "2:"},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := transform.Parse("openapi.yaml", []byte(tt.src))
			if err == nil {
				var r *transform.Result
				if r, err = transform.Enable(doc, narrow, asREST); err == nil {
					t.Fatalf("it is not refused:\n%s", r.Output)
				}
				checkRemedy(t, doc, err)
			}
			checkRefusal(t, []byte(tt.src), err)
			if !strings.Contains(err.Error(), "openapi.yaml:"+tt.place) {
				t.Errorf("%v: want it at %s", err, tt.place)
			}
		})
	}
	each(t, func(t *testing.T, d document, doc *transform.Document) {
		if _, err := transform.Enable(doc, narrow, asREST); err != nil {
			checkRefusal(t, d.Src, err)
			checkRemedy(t, doc, err)
		}
	})
}

// placeErrors returns the parts of an error, all of which must be about a place.
func placeErrors(t *testing.T, err error) []*transform.PlaceError {
	t.Helper()
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []*transform.PlaceError
		for _, e := range joined.Unwrap() {
			all = append(all, placeErrors(t, e)...)
		}
		return all
	}
	var place *transform.PlaceError
	var mistake *policy.Error
	switch {
	case errors.As(err, &place):
		return []*transform.PlaceError{place}
	case errors.As(err, &mistake) && mistake.File != "": // in a block of the document
		return []*transform.PlaceError{{File: mistake.File, Position: mistake.Position, Message: mistake.Error(), Hint: mistake.Remedy}}
	case errors.As(err, &mistake) && mistake.Reason == policy.ReasonStarWithCredentials:
		return nil // the block of a document allows credentials, and the option "*"
	}
	t.Errorf("the error is not about a place: %v", err)
	return nil
}

// checkRefusal holds that every part of an error has a place in the document, a
// reason and a remedy. What is no YAML needs none: it is read where it is needed.
func checkRefusal(t *testing.T, src []byte, err error) {
	t.Helper()
	lines := bytes.Count(src, []byte("\n")) + 1
	for _, e := range placeErrors(t, err) {
		if e.File == "" || e.Position.Line < 1 || e.Position.Line > lines || e.Position.Column < 1 || e.Message == "" || e.Hint == "" && !isSyntax(e) {
			t.Errorf("the refusal lacks a place, a reason or a remedy: %v (hint: %q)", e, e.Hint)
		}
	}
}

func isSyntax(e *transform.PlaceError) bool { return strings.HasPrefix(e.Message, "not valid YAML") }

// checkRemedy holds that the options that refusals offer make the rest work.
func checkRemedy(t *testing.T, doc *transform.Document, err error) {
	t.Helper()
	o := asREST
	for range 4 { // a remedy may uncover another refusal
		for _, e := range placeErrors(t, err) {
			if isSyntax(e) || strings.Contains(e.Message, ": error: ") || strings.HasPrefix(e.Message, `"`+markerName+`" is the alias`) {
				return // what a block says, and the marker, are not for options to leave alone
			}
			if _, path, ok := strings.Cut(e.Hint, "--exclude "); ok {
				o.Selection.Exclude = append(o.Selection.Exclude, path)
			}
			if strings.Contains(e.Hint, "--set gatewayResponses=none") {
				o.Emit.GatewayResponses = transform.GatewayResponsesNone
			}
		}
		var selection *transform.SelectionError
		if _, err = transform.Enable(doc, narrow, o); err == nil || errors.As(err, &selection) {
			return // or nothing is left to enable
		}
	}
	t.Errorf("the remedy does not help: %v", err)
}

// TestTotal holds that nothing makes it panic or hang, or use memory out of
// proportion: documents cut off anywhere, with a byte changed, and hostile ones.
func TestTotal(t *testing.T) {
	const odd = "\x00\t{}[]:&*!|>'\"-#~\xff\n\r"
	total := func(t *testing.T, src []byte) {
		t.Helper()
		doc, err := transform.Parse("openapi.yaml", src)
		if err != nil {
			placeErrors(t, err)
			return
		}
		r, err := transform.Enable(doc, wide, asREST)
		if err != nil {
			checkRefusal(t, src, err)
		} else if back, ok := undo(src, r); !ok || !bytes.Equal(back, src) {
			t.Errorf("the output without the edits is not the input:\n%s", src)
		}
	}
	places := 24
	if testing.Short() {
		places = 5
	}
	for _, d := range documents.Read(t, 4000) {
		if d.Real && !(document{d}).oneOf(5) {
			continue
		}
		t.Run(d.Name(), func(t *testing.T) {
			t.Parallel()
			for n := range places {
				at := len(d.Src) * n / places
				total(t, d.Src[:at])
				total(t, slices.Concat(d.Src[:at], []byte{odd[n%len(odd)]}, d.Src[min(at+1, len(d.Src)):]))
			}
		})
	}
	many := func(s string, n int) string { return strings.Repeat(s, n) }
	bomb := "openapi: 3.0.1\na0: &a0 [x, x]\n"
	for i := range 40 {
		bomb += fmt.Sprintf("a%d: &a%d [*a%d, *a%d, *a%d, *a%d]\n", i+1, i+1, i, i, i, i)
	}
	merges := "openapi: 3.0.1\nm0: &m0 {a: 1}\n"
	for i := range 40 {
		merges += fmt.Sprintf("m%d: &m%d {<<: [*m%d, *m%d, *m%d]}\n", i+1, i+1, i, i, i)
	}
	for name, src := range map[string]string{
		"deep JSON":             `{"openapi":"3.0.1","paths":` + many(`{"/a":`, 100_000) + "1" + many("}", 100_001),
		"deep YAML flow":        "openapi: 3.0.1\npaths: " + many("{a: ", 5000) + many("}", 5000),
		"deep YAML sequence":    "openapi: 3.0.1\npaths:\n  " + many("- ", 5000) + "a\n",
		"aliases of aliases":    bomb + "paths:\n  /a: {get: *a40}\n",
		"merges of merges":      merges + "paths:\n  /a: {get: *m40}\n",
		"an alias of itself":    "openapi: 3.0.1\npaths: &p\n  /a: *p\n",
		"a merge of itself":     "openapi: 3.0.1\npaths: &p\n  <<: *p\n  /a: {get: {}}\n",
		"a reference to itself": "openapi: 3.0.1\npaths:\n  /a:\n    get:\n      parameters: [{$ref: '#/paths/~1a/get/parameters'}]\n      responses: {'200': {$ref: '#/paths/~1a/get/responses/200'}}\n      x-amazon-apigateway-integration: {type: mock, responses: {default: {statusCode: 200}}}\n",
		"a long line":           `{"openapi":"3.0.1","paths":{},"x":"` + many("a", 5_000_000) + `"}`,
		"many paths":            "openapi: 3.0.1\npaths:\n" + many("  /a: {get: {x-amazon-apigateway-integration: {type: aws_proxy}}}\n", 20_000),
		"many lines":            "openapi: 3.0.1\npaths: {}\n" + many("\n", 2_000_000),
		"mark of nonsense":      "openapi: 3.0.1\npaths:\n  /a:\n    get: {x-amazon-apigateway-integration: {type: aws_proxy}}\n    options: 1\nx-apigw-cors-generated: {/a: ['', /, '//', '/~', '/get', /x-apigw-cors-generated, {a: b}, /options/responses], a: /paths, '': [1], root: {}}\n",
		"hostile mark":          "openapi: 3.0.1\npaths:\n  /a:\n    get: {x-amazon-apigateway-integration: {type: mock}}\nx-apigw-cors-generated: {root: [/paths, /openapi, /paths/~1a/get], /a: [/get, /parameters]}\n",
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			begin := time.Now()
			total(t, []byte(src))
			runtime.ReadMemStats(&after)
			took, used := time.Since(begin), after.TotalAlloc-before.TotalAlloc
			t.Logf("%d bytes: %v, %d bytes allocated", len(src), took, used)
			if took > time.Minute { // it hangs, however slow the machine is
				t.Errorf("%d bytes take %v", len(src), took)
			}
			if most := uint64(64<<20 + 400*len(src)); used > most {
				t.Errorf("%d bytes allocate %d bytes", len(src), used)
			}
		})
	}
}

func textDiff(a, b []byte) string {
	return gocmp.Diff(strings.Split(string(a), "\n"), strings.Split(string(b), "\n"))
}

// tree is a document as another parser sees it.
type tree struct {
	Kind, Tag, Text, Anchor string
	Keys, Values            []*tree // of an object
	Items                   []*tree // of a list
	notes                   []string
}

// sameTree reports whether two trees are the same but for comments.
func sameTree(a, b *tree) bool {
	a.comments()
	b.comments()
	return equalTrees(a, b)
}

func equalTrees(a, b *tree) bool { return reflect.DeepEqual(a, b) }

func mustTree(t *testing.T, src []byte) *tree {
	t.Helper()
	tr, err := parseTree(src)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// parseTree reads JSON with encoding/json and YAML with go.yaml.in/yaml.
func parseTree(src []byte) (*tree, error) {
	body := bytes.TrimPrefix(src, []byte("\uFEFF"))
	if json.Valid(body) {
		dec := json.NewDecoder(bytes.NewReader(body))
		dec.UseNumber()
		return jsonTree(dec)
	}
	var n yaml.Node
	if err := yaml.Unmarshal(src, &n); err != nil {
		return nil, err
	}
	if len(n.Content) != 1 {
		return nil, errors.New("there is no document")
	}
	tr := yamlTree(n.Content[0])
	tr.notes = slices.Concat(splitNotes(n.HeadComment, n.LineComment, n.FootComment), tr.notes)
	return tr, nil
}

func jsonTree(dec *json.Decoder) (*tree, error) {
	tok, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch tok := tok.(type) {
	case json.Delim:
		tr := &tree{Kind: "list"}
		if tok == '{' {
			tr.Kind = "object"
		}
		for dec.More() {
			if tr.Kind == "object" {
				key, err := jsonTree(dec)
				if err != nil {
					return nil, err
				}
				tr.Keys = append(tr.Keys, key)
			}
			v, err := jsonTree(dec)
			if err != nil {
				return nil, err
			}
			if tr.Kind == "object" {
				tr.Values = append(tr.Values, v)
			} else {
				tr.Items = append(tr.Items, v)
			}
		}
		_, err := dec.Token()
		return tr, err
	case string:
		return &tree{Kind: "scalar", Tag: "!!str", Text: tok}, nil
	case json.Number:
		return &tree{Kind: "scalar", Tag: "!!number", Text: tok.String()}, nil
	case nil:
		return &tree{Kind: "scalar", Tag: "!!null"}, nil
	}
	return &tree{Kind: "scalar", Tag: "!!bool", Text: fmt.Sprint(tok)}, nil
}

func yamlTree(n *yaml.Node) *tree {
	tr := &tree{Tag: n.ShortTag(), Anchor: n.Anchor, notes: splitNotes(n.HeadComment, n.LineComment, n.FootComment)}
	switch n.Kind {
	case yaml.AliasNode:
		tr.Kind, tr.Tag, tr.Text = "alias", "", n.Value
	case yaml.ScalarNode:
		tr.Kind, tr.Text = "scalar", n.Value
		if tr.Tag == "!!int" || tr.Tag == "!!float" {
			tr.Tag = "!!number"
		}
	case yaml.SequenceNode:
		tr.Kind = "list"
		for _, c := range n.Content {
			tr.Items = append(tr.Items, yamlTree(c))
		}
	case yaml.MappingNode:
		tr.Kind = "object"
		for i := 0; i+1 < len(n.Content); i += 2 {
			tr.Keys = append(tr.Keys, yamlTree(n.Content[i]))
			tr.Values = append(tr.Values, yamlTree(n.Content[i+1]))
		}
	}
	if tr.Tag == "!!map" || tr.Tag == "!!seq" {
		tr.Tag = ""
	}
	return tr
}

func splitNotes(comments ...string) []string {
	var lines []string
	for _, c := range comments {
		for _, line := range strings.Split(c, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				lines = append(lines, line)
			}
		}
	}
	return lines
}

// comments takes the comments out of a tree and returns them sorted: which node
// the parser gives one to depends on what follows it.
func (tr *tree) comments() []string {
	all := tr.notes
	tr.notes = nil
	for _, list := range [][]*tree{tr.Keys, tr.Values, tr.Items} {
		for _, c := range list {
			all = append(all, c.comments()...)
		}
	}
	slices.Sort(all)
	return all
}

// member returns the object that holds a member, and the member's index.
func (tr *tree) member(pointer string) (*tree, int) {
	keys := source.Pointer(pointer).Keys()
	for depth, key := range keys {
		i := slices.IndexFunc(tr.Keys, func(k *tree) bool { return k.Text == key })
		if i < 0 {
			return nil, 0
		}
		if depth == len(keys)-1 {
			return tr, i
		}
		tr = tr.Values[i]
	}
	return nil, 0
}

// takeBackSplice gives a text its old beginning back.
func takeBackSplice(before, now *tree, begins string, w transform.Change) error {
	old, err := parseTree([]byte(w.Replaced()))
	if err != nil {
		return err
	}
	was, j := before.member(w.Pointer())
	if was == nil || now.Tag != "!!str" {
		return errors.New("was no text")
	}
	rest, ok := strings.CutPrefix(now.Text, begins)
	if !ok || old.Text+rest != was.Values[j].Text {
		return fmt.Errorf("the text is now %q", now.Text)
	}
	*now = *was.Values[j]
	return nil
}

// takeBack undoes an operation in the tree of the output, or in both where the input
// had something there.
func takeBack(before, after *tree, w transform.Change) error {
	now, i := after.member(w.Pointer())
	if w.Verb() == "remove" {
		if now != nil {
			return errors.New("is there still")
		}
		was, j := before.member(w.Pointer())
		was.drop(j)
		return nil
	}
	if now == nil {
		return errors.New("is not there")
	}
	want, err := parseTree([]byte(w.Value()))
	if err != nil {
		return err
	}
	if w.Verb() == "splice" {
		return takeBackSplice(before, now.Values[i], want.Text, w)
	}
	want.plain()
	now.Values[i].plain()
	if !equalTrees(want, now.Values[i]) {
		return fmt.Errorf("does not say what was asked for:\n%s", gocmp.Diff(want, now.Values[i], gocmp.AllowUnexported(tree{})))
	}
	if w.Verb() != "add" {
		was, j := before.member(w.Pointer())
		if was == nil {
			return errors.New("was not there")
		}
		was.Values[j], now.Values[i] = nil, nil
		return nil
	}
	now.drop(i)
	if len(now.Keys) > 0 {
		return nil
	}
	// Members may have been added to a null that nobody wrote.
	holder := w.Pointer()[:strings.LastIndexByte(w.Pointer(), '/')]
	if was, j := before.member(holder); was != nil && was.Values[j].Tag == "!!null" && was.Values[j].Text == "" {
		*now = *was.Values[j]
	}
	return nil
}

// plain spells null and the truth values of a tree as JSON does.
func (tr *tree) plain() {
	switch tr.Tag {
	case "!!null":
		tr.Text = ""
	case "!!bool":
		tr.Text = strings.ToLower(tr.Text)
	}
	for _, c := range slices.Concat(tr.Values, tr.Items) {
		c.plain()
	}
}

func (tr *tree) drop(i int) {
	tr.Keys, tr.Values = slices.Delete(tr.Keys, i, i+1), slices.Delete(tr.Values, i, i+1)
	if len(tr.Keys) == 0 {
		tr.Keys, tr.Values = nil, nil
	}
}

// sameValue reports whether two documents say the same, in whatever order.
func sameValue(t *testing.T, a, b []byte) bool {
	t.Helper()
	x, err := sigsyaml.YAMLToJSON(a)
	if err != nil {
		t.Fatal(err)
	}
	y, err := sigsyaml.YAMLToJSON(b)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Equal(x, y)
}

// TestReversible holds that disabling gives back what enabling was given, byte for
// byte, where no response was inlined.
func TestReversible(t *testing.T) {
	each(t, func(t *testing.T, d document, doc *transform.Document) {
		if bytes.Contains(d.Src, []byte("x-apigw-cors-generated")) {
			return // that is not where it started from
		}
		check := func(p policy.Policy, o transform.Options, what string) {
			t.Helper()
			r := enabled(t, doc, p, o)
			if inlines(r) {
				return
			}
			back, err := transform.Disable(again(t, d, r), transform.Selection{})
			if err != nil {
				t.Errorf("%s: %v", what, err)
			} else if !bytes.Equal(back.Output, d.Src) {
				t.Errorf("%s (-before +after):\n%s", what, textDiff(d.Src, back.Output))
			}
		}
		for i, p := range everyPolicy {
			if d.turn(i, 3) {
				check(p, asREST, fmt.Sprintf("policy %d", i))
			}
		}
		check(several, withTemplate, "with templates added")
		check(wide, completing, "completing")
	})
}

// TestTextOfBlockScalarsStays holds that a block scalar in front of an edit keeps
// its text, however the file has been edited in between; where it cannot, the edit
// is refused.
func TestTextOfBlockScalarsStays(t *testing.T) {
	const head = "openapi: 3.0.1\ninfo: {title: t, version: '1'}\npaths:\n  /b:\n    get: {responses: {'200': {description: a}}}\n"
	none := transform.Options{API: transform.REST, Emit: transform.Emit{GatewayResponses: transform.GatewayResponsesNone}}
	trim := func(s string) string { return strings.TrimSuffix(s, "\n") }
	for name, tt := range map[string]struct {
		note  string
		edit  func(string) string
		again bool
	}{
		"a dash in the comment of the header": {note: "x-note: | # read - me\n  text"},
		"a dash in the tag":                   {note: "x-note: !a-b |\n  text"},
		"final newline lost in between":       {note: "x-note: |\n  text\n", edit: trim, again: true},
		"stripped, final newline lost":        {note: "x-note: |-\n  text\n", edit: trim, again: true},
		"blank lines behind what is kept":     {note: "x-note: |+\n  text\n", edit: func(s string) string { return s + "\n\nx-tail: 1\n" }, again: true},
		"a comment indented further":          {note: "x-note: |\n  text\n", edit: func(s string) string { return s + "  # deeper\nx-tail: 1\n" }, again: true},
		"spaces behind the text":              {note: "x-note: |\n  text\n     \n  more\n      \n"},
	} {
		t.Run(name, func(t *testing.T) {
			src := head + tt.note
			text := note(t, src)
			o := asREST
			for run := range 2 {
				doc, err := transform.Parse("openapi.yaml", []byte(src))
				if err != nil {
					t.Fatal(err)
				}
				r, err := transform.Enable(doc, narrow, o)
				if err != nil {
					checkRefusal(t, []byte(src), err)
					return
				}
				if got := note(t, string(r.Output)); got != text {
					t.Fatalf("the text was %q and is %q in\n%s", text, got, r.Output)
				}
				if !tt.again || run > 0 {
					return
				}
				src, o = tt.edit(string(r.Output)), none
				text = note(t, src)
			}
		})
	}
}

func note(t *testing.T, src string) string {
	t.Helper()
	var d struct {
		Note string `yaml:"x-note"`
	}
	if err := yaml.Unmarshal([]byte(src), &d); err != nil {
		t.Fatalf("%v in\n%s", err, src)
	}
	return d.Note
}

// TestAliasesAreNeverWrittenOut holds that no alias makes a value that is copied
// endless, or larger than memory.
func TestAliasesAreNeverWrittenOut(t *testing.T) {
	const head = "openapi: 3.0.1\ninfo: {title: t, version: '1'}\npaths:\n"
	const mock = "x-amazon-apigateway-integration: {type: mock, responses: {default: {statusCode: '200'}}}\n"
	for name, src := range map[string]string{
		"response of itself":  head + "  /b:\n    get: &g\n      responses: &r\n        200: *r\n      " + mock,
		"parameter of itself": head + "  /b:\n    parameters: [&p {name: a, in: header, required: true, x-a: *p}]\n    get: {responses: {'200': {description: a}}}\n",
		"within the OPTIONS":  head + "  /b:\n    get: {responses: {'200': {description: a}}}\n    options: {x-loop: &l [*l], security: []}\nx-apigw-cors-generated: {/b: [/options]}\n",
		"behind a reference": head + "  /b:\n    get:\n      responses: {'200': {$ref: '#/components/responses/R'}}\n      " + mock +
			"components:\n  responses:\n    R: {description: a, x-0: &a0 [x, x], x-1: &a1 [*a0, *a0], x-2: [*a1, *a1]}\n",
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := transform.Parse("openapi.yaml", []byte(src))
			if err != nil {
				t.Fatal(err)
			}
			r, err := transform.Enable(doc, narrow, asREST)
			if err != nil {
				checkRefusal(t, []byte(src), err)
			} else if len(r.Output) > len(src)+4000 {
				t.Errorf("%d bytes became %d", len(src), len(r.Output))
			}
		})
	}
}
