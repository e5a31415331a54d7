package lint_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"sync/atomic"
	"testing"

	"sigs.k8s.io/yaml"

	"github.com/apigw-cors/apigw-cors/internal/documents"
	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/lint"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// each tries a law on the project's documents, and on a collection of real ones where
// it stands beside the project.
func each(t *testing.T, law func(t *testing.T, name string, src []byte)) {
	t.Helper()
	const largest = 60_000
	for _, d := range documents.Read(t, largest) {
		if _, err := transform.Parse(d.Path, d.Src); err != nil {
			continue
		}
		t.Run(d.Name(), func(t *testing.T) {
			t.Parallel()
			law(t, d.Path, d.Src)
		})
	}
}

// TestFixReadsTheResultOnce holds that the changes of all findings are made at once, so that a document
// is read once before and once after, whatever there is to fix: in documents, and in the examples of
// the rules beneath each setting of binary media types.
func TestFixReadsTheResultOnce(t *testing.T) {
	fixed := 0
	try := func(name string, src []byte) {
		d, err := transform.Parse(name, src)
		if err != nil {
			return
		}
		readings := 0
		source.Observe = func(string, int) { readings++ }
		defer func() { source.Observe = nil }()
		f, err := lint.Fix(d, lint.Options{})
		if err != nil || f.Count == 0 {
			return
		}
		if readings > 1 {
			t.Errorf("%s: the result is read %d times", name, readings)
		}
		fixed++
	}
	for _, d := range documents.Read(t, 1<<20) {
		try(d.Name(), d.Src)
	}
	for _, r := range rules.All() {
		for _, types := range []string{"", "x-amazon-apigateway-binary-media-types: ['*/*']\n", "x-amazon-apigateway-binary-media-types: [application/json]\n"} {
			for _, version := range []string{"openapi: 3.0.1\n", "swagger: '2.0'\n"} {
				try(r.ID+".yaml", []byte(version+"info: {title: t, version: '1'}\n"+types+r.Fails))
			}
		}
	}
	if t.Logf("%d documents fixed", fixed); fixed < 20 {
		t.Error("too few")
	}
}

// TestFindingsSayWhereAndWhat holds that each finding has a place, a message and a remedy.
func TestFindingsSayWhereAndWhat(t *testing.T) {
	each(t, func(t *testing.T, name string, src []byte) {
		for _, api := range []transform.APIType{transform.REST, transform.HTTP, transform.Auto} {
			d, err := transform.Parse(name, src)
			if err != nil {
				t.Fatal(err)
			}
			found, err := lint.Run(d, lint.Options{API: api})
			if err != nil {
				t.Skip(err)
			}
			for _, f := range found {
				if f.Position == (finding.Position{}) || f.Message == "" || f.Hint == "" {
					t.Errorf("%+v", f)
				}
			}
		}
	})
}

// TestFixIsIdempotent holds that fixing a fixed document changes nothing, and that what was
// fixed is found no more.
func TestFixIsIdempotent(t *testing.T) {
	each(t, func(t *testing.T, name string, src []byte) {
		d, err := transform.Parse(name, src)
		if err != nil {
			t.Fatal(err)
		}
		fixed, err := lint.Fix(d, lint.Options{})
		if err != nil {
			t.Skip(err) // a place that is not certain
		}
		if fixed.Count == 0 && fixed.Document != d {
			t.Error("nothing was fixed, and the document is another")
		}
		again, err := lint.Fix(fixed.Document, lint.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if again.Count != 0 || !bytes.Equal(again.Document.Source(), fixed.Document.Source()) {
			t.Errorf("a second time, %d more were fixed", again.Count)
		}
	})
}

// TestNothingToSayOfGeneratedMembers holds that what enabling writes has no finding,
// unless a block of the author's says what it is found for.
func TestNothingToSayOfGeneratedMembers(t *testing.T) {
	derived := policy.Policy{AllowMethods: policy.Derived(), AllowHeaders: policy.Derived(), AllowCredentials: policy.Literal(false)}
	one, several := derived, derived
	one.AllowOrigins, one.MaxAge = policy.Literal([]string{"https://app.example.com"}), policy.Literal(600)
	several.AllowOrigins = policy.Literal([]string{"https://app.example.com", "https://*.example.org"})
	several.AllowCredentials = policy.Literal(true)
	warned := one // its concerns are said when it is enabled
	warned.AllowOrigins, warned.MaxAge = policy.Literal([]string{"http://app.example.com"}), policy.Literal(0)
	warned.ExposeHeaders = policy.Literal([]string{"Set-Cookie"})
	var members atomic.Int64
	t.Cleanup(func() {
		if members.Load() < 100 {
			t.Errorf("only %d generated members were looked at", members.Load())
		}
	})
	each(t, func(t *testing.T, name string, src []byte) {
		for _, api := range []transform.APIType{transform.REST, transform.HTTP} {
			for _, p := range []policy.Policy{one, several, warned} {
				doc, err := transform.Parse(name, src)
				if err != nil {
					t.Fatal(err)
				}
				r, err := transform.Enable(doc, p, transform.Options{API: api})
				if err != nil {
					continue
				}
				d, err := transform.Parse(name, r.Output)
				if err != nil {
					t.Fatal(err)
				}
				generated := generatedIn(t, r.Output)
				members.Add(int64(len(generated)))
				found, err := lint.Run(d, lint.Options{API: api})
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range found {
					for _, at := range generated {
						if f.Pointer == at || strings.HasPrefix(f.Pointer, at+"/") {
							t.Errorf("%v", f)
						}
					}
				}
			}
		}
	})
}

// generatedIn returns the pointers that the ownership marker of a document lists.
func generatedIn(t *testing.T, src []byte) []string {
	t.Helper()
	text := src
	if !json.Valid(src) {
		var err error
		if text, err = yaml.YAMLToJSON(src); err != nil {
			t.Skip(err)
		}
	}
	var root struct {
		Marker map[string][]string `json:"x-apigw-cors-generated"`
	}
	if err := json.Unmarshal(text, &root); err != nil {
		t.Skip(err)
	}
	var list []string
	for path, pointers := range root.Marker {
		base := ""
		if path != "root" {
			base = "/paths/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(path)
		}
		for _, at := range pointers {
			list = append(list, base+at)
		}
	}
	return list
}

// TestEachIDHasOneSeverity holds that every finding, whether linting or enabling reports it,
// has the severity of its rule.
func TestEachIDHasOneSeverity(t *testing.T) {
	p := policy.Policy{AllowOrigins: policy.Literal([]string{"https://app.example.com"}), AllowCredentials: policy.Literal(true)}
	each(t, func(t *testing.T, name string, src []byte) {
		d, err := transform.Parse(name, src)
		if err != nil {
			t.Fatal(err)
		}
		var all []finding.Finding
		for _, api := range []transform.APIType{transform.REST, transform.HTTP} {
			found, err := lint.Run(d, lint.Options{API: api})
			if err != nil {
				t.Skip(err)
			}
			for _, f := range found {
				all = append(all, f.Finding)
			}
			if r, err := transform.Enable(d, p, transform.Options{API: api}); err == nil {
				all = append(all, r.Findings...)
			}
		}
		for _, f := range all {
			r, _, ok := lint.Find(f.Rule)
			if !ok || f.Severity != r.Severity && !gradedByEnabling[f.Rule] {
				t.Errorf("%v, and its rule is %v", f, r.Severity)
			}
		}
	})
}

// gradedByEnabling are the ids to which enabling gives a severity of its own still.
var gradedByEnabling = map[string]bool{
	"no-integration": true, "no-integration-response": true, "openapi-3.1": true, "preflight-swallowed": true, "response-ref": true,
	"response-status-missing": true, "star-with-credentials": true,
}
