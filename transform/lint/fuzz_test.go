package lint_test

import (
	"bytes"
	"testing"

	"github.com/apigw-cors/apigw-cors/internal/documents"
	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/lint"
)

// FuzzLintIsTotal holds that no document makes lint panic or hang, and that fixing a
// fixed document changes nothing.
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
		d, err := transform.Parse("a.yaml", src)
		if err != nil {
			return
		}
		for _, api := range []transform.APIType{transform.REST, transform.HTTP, transform.Auto} {
			found, err := lint.Run(d, lint.Options{API: api})
			if err != nil {
				return
			}
			for _, one := range found {
				if one.Fixable() {
					lint.Edits(d, one)
				}
			}
		}
		fixed, err := lint.Fix(d, lint.Options{})
		if err != nil {
			return
		}
		again, err := lint.Fix(fixed.Document, lint.Options{})
		if err != nil || !bytes.Equal(again.Document.Source(), fixed.Document.Source()) {
			t.Errorf("a second time: %v\n%s", err, fixed.Document.Source())
		}
	})
}
