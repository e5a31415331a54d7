package proof_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/proof"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// tally counts what became of the calls of many documents.
type tally struct {
	documents, allowed, refused int
	unproved                    map[gateway.Reason]int
	left                        map[string]int // documents that were not tried, by reason
}

func (n *tally) String() string {
	text := fmt.Sprintf("%d documents: %d calls allowed, %d of strangers refused", n.documents, n.allowed, n.refused)
	for _, reason := range slices.Sorted(maps.Keys(n.unproved)) {
		text += fmt.Sprintf(", %d unproved: %s", n.unproved[reason], reason)
	}
	for _, reason := range slices.Sorted(maps.Keys(n.left)) {
		text += fmt.Sprintf("; %d left out: %s", n.left[reason], reason)
	}
	return text
}

// holds enables CORS in a document and proves it.
func (n *tally) holds(t *testing.T, name string, src []byte, p policy.Policy, api transform.API) {
	t.Helper()
	d, err := transform.Parse(name, src)
	if err != nil {
		n.left["it cannot be read"]++
		return
	}
	res, err := transform.Enable(d, p, transform.Options{API: api, Emit: transform.Emit{AddResponseTemplates: true}})
	if err != nil {
		n.left["enable refuses it"]++
		return
	}
	for _, f := range res.Findings {
		if f.Severity == finding.Error {
			n.left["enable has errors to report"]++
			return
		}
	}
	read, err := gateway.Read(res.Output, gateway.Options{Kind: gateway.Kind(res.Target.API)})
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	n.documents++
	for _, c := range proof.All(context.Background(), read, nil, nil) {
		switch {
		case c.Fails():
			t.Errorf("%s: %s %s from %s: %s at %s: %s (%s)", name, c.Operation.Method, c.Operation.Resource, c.Call.Origin, c.Outcome, c.Pointer, c.Verdict.Reason, c.Condition)
		case c.Outcome == proof.Unproved:
			n.unproved[c.Unknown.Reason]++
		case c.Outcome == proof.Allowed:
			n.allowed++
		default:
			n.refused++
		}
	}
}

func newTally() *tally { return &tally{unproved: map[gateway.Reason]int{}, left: map[string]int{}} }

// policies are those that documents are enabled with.
var policies = map[string]policy.Policy{
	"one":      {AllowOrigins: policy.List([]string{"https://app.example.com"})},
	"several":  {AllowOrigins: policy.List([]string{"https://app.example.com", "https://*.example.org"}), AllowCredentials: policy.Literal(true)},
	"any":      {AllowOrigins: policy.List([]string{"*"})},
	"computed": {AllowOrigins: policy.List([]string{"stageVariables.origin"})},
}

// TestEnabledIsProved holds that what enable writes without an error lets in whom it should,
// and nobody else: over the project's documents, and over others that stand beside it.
func TestEnabledIsProved(t *testing.T) {
	for _, dir := range []string{"../testdata", "../../shared/corpus"} {
		if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
			t.Logf("%s is absent: its documents are not tried", dir)
			continue
		}
		for name, p := range policies {
			for _, api := range []transform.API{transform.REST, transform.HTTP} {
				n := newTally()
				for _, file := range documents(t, dir) {
					src, err := os.ReadFile(file)
					if err != nil {
						t.Fatal(err)
					}
					n.holds(t, file, src, p, api)
				}
				t.Logf("%s, %s, %s: %s", dir, name, api, n)
			}
		}
	}
}

// documents are the files of a directory that may be documents.
func documents(t *testing.T, dir string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && slices.Contains([]string{".yaml", ".yml", ".json"}, strings.ToLower(filepath.Ext(name))) {
			files = append(files, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
