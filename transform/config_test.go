package transform_test

import (
	"errors"
	"flag"
	"os"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var update = flag.Bool("update", false, "update golden files")

// TestBadPolicies holds what is said of each mistake in a policy file, or in a block
// of a document. testdata/bad-policies.txt has them, and the golden file beside it
// what is said.
func TestBadPolicies(t *testing.T) {
	src, err := os.ReadFile("testdata/bad-policies.txt")
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	messages := map[string]string{}
	for _, part := range strings.Split(string(src), "=== ")[1:] {
		name, text, _ := strings.Cut(part, "\n")
		message := complaints(t, name, text)
		if other, dup := messages[message]; dup {
			t.Errorf("%q and %q are the same mistake", name, other)
		}
		messages[message] = name
		said.WriteString("=== " + name + "\n" + text + "---\n" + message)
	}
	const golden = "testdata/bad-policies.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(said.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(strings.Split(string(want), "\n"), strings.Split(said.String(), "\n")); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// complaints returns what is said of a text, a line for each mistake.
func complaints(t *testing.T, name, text string) string {
	t.Helper()
	var err error
	if strings.HasPrefix(name, "block: ") {
		err = blockError(t, text)
	} else {
		_, err = transform.ReadConfig("apigw-cors.yaml", []byte(text))
	}
	if err == nil {
		t.Errorf("%s: nothing is said of it", name)
		return ""
	}
	var lines strings.Builder
	for _, e := range parts(err) {
		lines.WriteString(e.Error())
		var place *transform.PlaceError
		if errors.As(e, &place) && place.Hint != "" {
			lines.WriteString("\n  hint: " + place.Hint)
		}
		lines.WriteString("\n")
	}
	return lines.String()
}

// blockError returns what is said of a block of a resource.
func blockError(t *testing.T, text string) error {
	t.Helper()
	indented := "      " + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n      ")
	doc, err := transform.Parse("openapi.yaml", []byte("openapi: 3.0.1\npaths:\n  /a:\n    get: {}\n    x-amazon-apigateway-cors:\n"+indented+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = transform.Enable(doc, policy.Policy{}, transform.Options{})
	return err
}

func parts(err error) []error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var all []error
	for _, e := range joined.Unwrap() {
		all = append(all, parts(e)...)
	}
	return all
}
