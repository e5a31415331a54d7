package transform_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// mostFilesOfAMember is the number of files that may spell one member of a policy. Those of
// proof and extensions are among them, which read documents apart from package transform.
const mostFilesOfAMember = 8

// TestAMemberIsSpelledInFewFiles holds that what is known of a member of a policy comes from
// one table: whoever reads, merges, writes or shows policies goes through that, and spells no
// member. maxAge stands for the others, because nothing else has its name.
func TestAMemberIsSpelledInFewFiles(t *testing.T) {
	var found []string
	for _, file := range slices.Sorted(maps.Keys(imports(t))) {
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", filepath.FromSlash(file)), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		if spellsMaxAge(f) {
			found = append(found, file)
		}
	}
	if len(found) > mostFilesOfAMember {
		t.Errorf("%d files spell maxAge, want at most %d:\n%s", len(found), mostFilesOfAMember, strings.Join(found, "\n"))
	}
	if !slices.Contains(found, "transform/policy/policy.go") {
		t.Error("not even the file that declares it is found")
	}
}

// TestEachSpellingOfAMemberIsFound holds what counts: fields, their use, and texts.
func TestEachSpellingOfAMemberIsFound(t *testing.T) {
	for src, want := range map[string]bool{
		`type t struct { MaxAge int }`:                        true,
		`type t struct { maxAge int }`:                        true,
		`func f(p policy.Policy) any { return p.MaxAge }`:     true,
		`func f() any { return g().maxAge }`:                  true,
		`var v = policy.Policy{MaxAge: 1}`:                    true,
		`var v = policy.MemberMaxAge`:                         true,
		`var v = "maxAge"`:                                    true,
		"var v = `{maxAge: 1}`":                               true,
		`var v = "--max-age"`:                                 false,
		`var v = responses.MaxAge // the name of a header`:    false,
		`var v = policy.ReasonMaxAgeRange`:                    false,
		`const MaxAge = "Access-Control-Max-Age" // declared`: false,
	} {
		f, err := parser.ParseFile(token.NewFileSet(), "p.go", "package p\nimport (\n\t\"a/policy\"\n\t\"a/responses\"\n)\n"+src, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := spellsMaxAge(f); got != want {
			t.Errorf("%s: got %t", src, got)
		}
	}
}

var (
	maxAgeText  = regexp.MustCompile(`\bmaxAge\b`)
	maxAgeField = regexp.MustCompile(`^[mM]axAge$`)
)

// spellsMaxAge reports whether a file has the member as a field, as its constant, or in a
// text. Constants for the name of its header are something else.
func spellsMaxAge(f *ast.File) bool {
	imported := map[string]bool{}
	for _, spec := range f.Imports {
		imported[strings.Trim(spec.Path.Value[strings.LastIndexByte(spec.Path.Value, '/')+1:], `"`)] = true
	}
	found := false
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			found = found || n.Kind == token.STRING && maxAgeText.MatchString(n.Value)
		case *ast.Ident:
			found = found || n.Name == "MemberMaxAge"
		case *ast.Field:
			found = found || slices.ContainsFunc(n.Names, func(name *ast.Ident) bool { return maxAgeField.MatchString(name.Name) })
		case *ast.KeyValueExpr:
			key, ok := n.Key.(*ast.Ident)
			found = found || ok && maxAgeField.MatchString(key.Name)
		case *ast.SelectorExpr:
			of, ok := n.X.(*ast.Ident)
			found = found || maxAgeField.MatchString(n.Sel.Name) && !(ok && imported[of.Name])
		}
		return !found
	})
	return found
}
