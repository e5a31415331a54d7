package lint_test

import (
	"bytes"
	"testing"

	"github.com/apigw-cors/apigw-cors/internal/documents"
	"github.com/apigw-cors/apigw-cors/transform/lint"
)

// FuzzLintIsTotal holds that no document makes lint panic or hang, and that mending a
// mended document changes nothing.
func FuzzLintIsTotal(f *testing.F) {
	for _, d := range documents.Own(f) {
		if len(d.Src) < 4000 {
			f.Add(d.Src)
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
