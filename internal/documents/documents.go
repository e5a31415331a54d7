// Package documents reads the documents that tests hold laws over.
package documents

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// A Document is a file that may be a document: nobody has tried to read it.
type Document struct {
	Path string
	Src  []byte // not to be written to
	Real bool   // not the project's own
}

// Name tells a document from the others in few letters: the last three parts of its path.
func (d Document) Name() string {
	parts := strings.Split(filepath.ToSlash(d.Path), "/")
	return strings.Join(parts[max(0, len(parts)-3):], "/")
}

// Read returns the documents of the project and the real ones, with at most so many bytes.
func Read(t testing.TB, most int) []Document {
	t.Helper()
	return slices.DeleteFunc(slices.Concat(Own(t), Real(t)), func(d Document) bool { return len(d.Src) > most })
}

// Own returns the documents of the project's testdata: all, or with -short a few.
func Own(t testing.TB) []Document {
	t.Helper()
	found, err := own()
	if err == nil && len(found) < 190 {
		err = fmt.Errorf("there are %d documents of the project", len(found))
	}
	if err != nil {
		t.Fatal(err)
	}
	return few(found, 5)
}

// Golden returns what commands made of documents and printed or wrote: documents, and other
// things in YAML and JSON.
func Golden(t testing.TB) []Document {
	t.Helper()
	found, err := golden()
	if err == nil && len(found) < 150 {
		err = fmt.Errorf("there are %d golden files that may be documents", len(found))
	}
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Real returns the documents of a collection that nobody wrote for the project, where it
// stands beside it: all, or with -short a few.
func Real(t testing.TB) []Document {
	t.Helper()
	found, err := beside()
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Log("there are no real documents beside the project: they are not tried")
	}
	return few(found, 23)
}

// few returns all documents, or every nth with -short: always the same. The race detector
// makes each law ten times as slow, and what goroutines share shows with a few documents.
func few(found []Document, n int) []Document {
	if !testing.Short() {
		n = 1
	}
	var chosen []Document
	for group := range slices.Chunk(found, n) {
		chosen = append(chosen, group[0])
	}
	return chosen
}

// The files are read once for all tests of a package.
var (
	own    = sync.OnceValues(func() ([]Document, error) { return walk("testdata", false) })
	golden = sync.OnceValues(func() ([]Document, error) { return walk("golden", false) })
	beside = sync.OnceValues(func() ([]Document, error) { return walk("../shared/corpus", true) })
)

// walk reads what may be a document in a directory, which is given from the project's own.
// A directory that is absent has none.
func walk(dir string, isReal bool) ([]Document, error) {
	root, err := root()
	if err != nil {
		return nil, err
	}
	dir = filepath.Join(root, dir)
	if _, err := os.Stat(dir); err != nil {
		return nil, nil
	}
	var found []Document
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !mayBeDocument(path) {
			return err
		}
		src, err := os.ReadFile(path)
		found = append(found, Document{Path: path, Src: src, Real: isReal})
		return err
	})
	return found, err
}

// root is the directory of the module: tests run in that of their package.
func root() (string, error) {
	dir, err := os.Getwd()
	for err == nil {
		if _, absent := os.Stat(filepath.Join(dir, "go.mod")); absent == nil {
			break
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", fs.ErrNotExist
		}
		dir = up
	}
	return dir, err
}

// mayBeDocument goes by the name: templates of Terraform are documents, and policy files are
// not, which testdata also has as <case>.apigw-cors.yaml.
func mayBeDocument(path string) bool {
	name := filepath.Base(path)
	if name == "apigw-cors.yaml" || strings.HasSuffix(name, ".apigw-cors.yaml") {
		return false
	}
	kinds := []string{".yaml", ".yml", ".json", ".tpl"}
	return slices.Contains(kinds, strings.ToLower(filepath.Ext(name)))
}
