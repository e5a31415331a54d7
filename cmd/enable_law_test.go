package cmd

import (
	"bytes"
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/internal/documents"
	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/lint"
)

// TestEnableSaysWhenTheImportFails holds that enable says so, in a finding about CORS or in its
// summary, whenever lint reports of what it has written that API Gateway refuses to import it; and
// never else. The exit code does not depend on it.
func TestEnableSaysWhenTheImportFails(t *testing.T) {
	t.Parallel()
	const largest = 1 << 20
	n := map[bool]int{}
	for _, doc := range documents.Read(t, largest) {
		if bytes.Contains(doc.Src, []byte("apigw-cors-ignore")) { // which lint heeds
			continue
		}
		for _, api := range []string{"rest", "http"} {
			out, code := outputOf(doc.Src, []string{"enable", "--api", api, "--allow-origin", "https://app.example.com", "-"})
			if code != 0 {
				continue
			}
			enabled, err := transform.Parse(doc.Name(), []byte(out.stdout))
			if err != nil {
				t.Fatal(err)
			}
			found, err := lint.Run(enabled, lint.Options{API: transform.APIType(api), Disable: []string{lint.Validity}})
			if err != nil {
				continue // a part that enabling did not read
			}
			said, fails := saysImportFails(out.stderr), importFailures(found)
			if said != (len(fails) > 0) {
				t.Errorf("%s as %s: enable says that the import fails: %v, lint reports %v\n%s", doc.Name(), api, said, fails, out.stderr)
			}
			n[said]++
		}
	}
	t.Logf("the import fails for %d documents, and not for %d", n[true], n[false])
	if !testing.Short() && (n[true] < 5 || n[false] < 100) {
		t.Errorf("too few were tried: %v", n)
	}
}

func saysImportFails(stderr string) bool {
	for line := range strings.Lines(stderr) {
		_, id, _ := strings.Cut(strings.TrimSuffix(line, ")\n"), " (")
		for id := range strings.SplitSeq(id, " (") {
			if r, _, ok := lint.Find(id); ok && r.ImportFails {
				return true
			}
		}
		if strings.HasPrefix(line, "  the import fails: ") {
			return true
		}
	}
	return false
}

func importFailures(found []lint.Finding) (list []finding.Finding) {
	for _, f := range found {
		if r, _, ok := lint.Find(f.Rule); ok && r.ImportFails {
			list = append(list, f.Finding)
		}
	}
	return list
}
