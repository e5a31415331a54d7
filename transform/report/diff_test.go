package report_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/internal/documents"
	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/policy"
	"github.com/apigw-cors/apigw-cors/transform/report"
)

// TestDiffApplies holds that git apply and patch make of each document what enabling
// makes of it, whatever its line ends, and whatever its name.
func TestDiffApplies(t *testing.T) {
	tools := map[string][]string{"git": {"apply", "-"}, "patch": {"-p1", "-s", "--binary"}}
	p := policy.Policy{AllowOrigins: policy.Literal([]string{"https://app.example.com", "https://admin.example.com"})}
	names := []string{"openapi.yaml", "a b/open api.yaml", "ä/ö.yaml", "a-b/it's.yaml", `a "b"/o.yaml`}
	tried := 0
	for _, d := range documents.Own(t) {
		doc, err := transform.Parse("openapi.yaml", d.Src)
		if err != nil {
			continue // one of the documents that cannot be read
		}
		r, err := transform.Enable(doc, p, transform.Options{API: transform.REST})
		if err != nil || !r.Changed() {
			continue
		}
		tried++
		name := names[tried%len(names)]
		text, err := report.Diff(name, d.Src, r)
		if err != nil {
			t.Errorf("%s: %v", d.Path, err)
			continue
		}
		checkHunks(t, d.Path, text)
		for tool, args := range tools {
			if got, ok := patched(t, tool, args, name, d.Src, text); ok && !bytes.Equal(got, r.Output) {
				t.Errorf("%s: %s makes something else of it:\n%s", d.Path, tool, text)
			}
		}
	}
	if tried < 10 {
		t.Errorf("only %d documents were tried", tried)
	}
}

var hunk = regexp.MustCompile(`(?m)^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@`)

// checkHunks compares the lines of the output that hunks name with those of the input and what the
// hunks before them add. Tools find their place without them; people and review pages do not.
func checkHunks(t *testing.T, name, diff string) {
	t.Helper()
	number := func(digits string) int {
		if digits == "" {
			return 1
		}
		n, _ := strconv.Atoi(digits)
		return n
	}
	added := 0
	for _, m := range hunk.FindAllStringSubmatch(diff, -1) {
		if want := number(m[1]) + added; number(m[3]) != want {
			t.Errorf("%s: the hunk %s is at line %d of the output", name, m[0], want)
		}
		added += number(m[4]) - number(m[2])
	}
}

// patched applies a diff in a directory of its own.
func patched(t *testing.T, tool string, args []string, name string, src []byte, diff string) ([]byte, bool) {
	t.Helper()
	if _, err := exec.LookPath(tool); err != nil {
		return nil, false
	}
	file := filepath.Join(t.TempDir(), filepath.FromSlash(name))
	dir := filepath.Dir(file)
	for range strings.Count(name, "/") {
		dir = filepath.Dir(dir)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, src, 0o666); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(tool, args...)
	c.Dir, c.Stdin = dir, strings.NewReader(diff)
	c.Env = append(os.Environ(), "GIT_CEILING_DIRECTORIES="+filepath.Dir(dir))
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%s: %v: %s\n%s", tool, err, out, diff)
		return nil, false
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return got, true
}

// TestDiffOfOneLine holds that patch makes of a document in one long line what enabling
// makes of it.
func TestDiffOfOneLine(t *testing.T) {
	var doc strings.Builder
	doc.WriteString(`{"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": {`)
	for i := range 200 {
		fmt.Fprintf(&doc, `"/r%d": {"get": {"responses": {"200": {"description": "d"}}, "x-amazon-apigateway-integration": {"type": "aws_proxy", "httpMethod": "POST", "uri": "arn"}}}, `, i)
	}
	doc.WriteString(`"/last": {}}}`)
	p := policy.Policy{AllowOrigins: policy.Literal([]string{"https://app.example.com"})}
	for _, src := range []string{doc.String(), doc.String() + "\n", "\n" + doc.String() + "\n\n"} {
		d, err := transform.Parse("openapi.json", []byte(src))
		if err != nil {
			t.Fatal(err)
		}
		r, err := transform.Enable(d, p, transform.Options{API: transform.REST})
		if err != nil {
			t.Fatal(err)
		}
		text, err := report.Diff("openapi.json", []byte(src), r)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := patched(t, "patch", []string{"-p1", "-s", "--binary"}, "openapi.json", []byte(src), text); ok && !bytes.Equal(got, r.Output) {
			t.Errorf("%d bytes: patch makes something else of it", len(src))
		}
	}
}
