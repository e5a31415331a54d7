package cmd

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"github.com/apigw-cors/apigw-cors/internal/documents"
	"github.com/apigw-cors/apigw-cors/transform"
)

// untold is what commands make of a document that does not tell its API type.
const untold = "untold"

// commandsByType are commands whose output depends on the API type. enable is the first.
var commandsByType = [][]string{
	{"enable", "--allow-origin", "https://app.example.com"},
	{"lint", "--fail-on", "never", "--disable", "openapi-validity"},
	{"report", "--format", "json"},
	{"export", "--as", "terraform"},
	{"export", "--as", "aws-cli", "--allow-origin", "https://app.example.com"},
	{"preflight", "--path", "/no/such/path", "--origin", "https://app.example.com", "--format", "json"},
}

// TestAPITypeIsTheSameForAll holds that commands find the same API type in a document, or all say
// that it does not tell, which is said with --api then: in the documents of the project and others
// that stand beside it, as they are and as enable writes them for either type.
func TestAPITypeIsTheSameForAll(t *testing.T) {
	t.Parallel()
	const largest = 60_000
	n := map[string]int{}
	for _, d := range documents.Read(t, largest) {
		if bytes.Contains(d.Src, []byte("apigw-cors-ignore")) { // which lint heeds
			continue
		}
		n[oneType(t, d.Name(), d.Src)]++
		for _, api := range []string{"rest", "http"} {
			out, code := outputOf(d.Src, append(slices.Clone(commandsByType[0]), "--api", api, "-"))
			if code == 0 && out.stdout != string(d.Src) {
				n["enabled: "+oneType(t, d.Name()+" enabled as "+api, []byte(out.stdout))]++
			}
		}
	}
	t.Log(n)
	for _, found := range []string{"rest", "http", untold} {
		if n[found] == 0 || n["enabled: "+found] == 0 {
			t.Errorf("no document is %s: %v", found, n)
		}
	}
}

// oneType returns the API type of a document, and fails where two commands find different ones. A
// type that no output shows is empty.
func oneType(t *testing.T, name string, src []byte) string {
	t.Helper()
	left := []string{"rest", "http", untold}
	for _, args := range commandsByType {
		found := typesOf(src, args)
		both := slices.DeleteFunc(slices.Clone(left), func(api string) bool { return !slices.Contains(found, api) })
		if len(both) == 0 {
			t.Errorf("%s: to %s it is %v, to those before %v", name, args[0], found, left)
			return ""
		}
		left = both
	}
	if served := servedAs(src); served != "" && !slices.Contains(left, served) {
		t.Errorf("%s: serve serves it as %s, to the others it is %v", name, served, left)
	}
	if len(left) > 1 {
		return ""
	}
	return left[0]
}

// typesOf are the API types that a command may have found in a document: those with which it has the
// same output. What it can do nothing with is of any.
func typesOf(src []byte, args []string) (list []string) {
	auto, code := outputOf(src, append(slices.Clone(args), "-"))
	isUntold := strings.Contains(auto.stdout, "(api-untold)") || code == exitUsage && strings.Contains(auto.stderr, "say it with --api rest or --api http")
	switch {
	case isUntold:
		return []string{untold}
	case code == exitFailed:
		return []string{"rest", "http", untold}
	}
	for _, api := range []string{"rest", "http"} {
		if given, _ := outputOf(src, append(slices.Clone(args), "--api", api, "-")); given.stdout == auto.stdout {
			list = append(list, api)
		}
	}
	return list
}

// outputs are what a command has written.
type outputs struct{ stdout, stderr string }

func outputOf(src []byte, args []string) (outputs, int) {
	var out, err bytes.Buffer
	code := Run(args, Streams{In: bytes.NewReader(src), Out: &out, Err: &err})
	return outputs{out.String(), err.String()}, code
}

// servedAs is the API type that serve serves a document as, empty where it cannot read it.
func servedAs(src []byte) string {
	f, flags := &serveFlags{}, pflag.NewFlagSet("serve", pflag.ContinueOnError)
	f.bind(flags)
	d, err := f.load("-", Streams{In: bytes.NewReader(src), Out: io.Discard, Err: io.Discard})
	var unclear *transform.APITypeError
	switch coded, ok := err.(*exitError); {
	case err == nil:
		return string(d.APIType)
	case ok && errors.As(coded.err, &unclear):
		return untold
	}
	return ""
}
