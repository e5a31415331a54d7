package lint_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/apigw-cors/apigw-cors/transform/lint"
)

// FuzzLintIsTotal holds that no document makes lint panic or hang, and that mending a
// mended document changes nothing.
func FuzzLintIsTotal(f *testing.F) {
	files, err := filepath.Glob("../../testdata/*/openapi.*")
	if err != nil || len(files) < 50 {
		f.Fatalf("%d documents, %v", len(files), err)
	}
	for _, name := range files {
		src, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		if len(src) < 4000 {
			f.Add(src)
		}
	}
	for _, r := range lint.Rules() {
		f.Add([]byte("openapi: 3.0.1\n" + r.Fails))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		for _, api := range []lint.API{lint.REST, lint.HTTP, lint.Both} {
			d, err := lint.Parse("a.yaml", src)
			if err != nil {
				return
			}
			found, err := lint.Run(d, lint.Options{API: api})
			if err != nil {
				return
			}
			for _, one := range found {
				if one.Fixable() {
					d.Edits(one)
				}
			}
		}
		m, err := lint.Mend("a.yaml", src, lint.Options{})
		if err != nil {
			return
		}
		again, err := lint.Mend("a.yaml", m.Output, lint.Options{})
		if err != nil || !bytes.Equal(again.Output, m.Output) {
			t.Errorf("a second time: %v\n%s", err, again.Output)
		}
	})
}
