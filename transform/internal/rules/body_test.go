package rules

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestNoIDHasTwoBodies holds that what a rule looks for is found by the rule alone: no other package
// makes findings of one that has a function of its own, or reports what is wrong in CORS objects.
// Concerns about a policy are found by one function too, policy.Policy.Review, whoever asks it.
func TestNoIDHasTwoBodies(t *testing.T) {
	declared := declaredRules(t)
	if len(declared) < 130 {
		t.Fatalf("only %d rules are declared", len(declared))
	}
	var shared []string
	named := 0
	for _, file := range sources(t, "../..") {
		if strings.Contains(filepath.ToSlash(file), "internal/rules/") {
			continue
		}
		for _, name := range rulesNamedIn(t, file) {
			named++
			if r := declared[name]; r != nil && (r.find != nil || r.blocks != nil) && !slices.Contains(shared, r.ID) {
				shared = append(shared, r.ID)
			}
		}
	}
	if len(shared) > 0 {
		t.Errorf("other packages find what these rules look for: %v", shared)
	}
	if named < 20 {
		t.Errorf("other packages name rules only %d times", named)
	}
}

// TestRulesAreFoundWhereTheyAreNamed holds which mentions of a rule count as a second body: those
// that give it to something, and not those that only compare.
func TestRulesAreFoundWhereTheyAreNamed(t *testing.T) {
	for src, want := range map[string]int{
		"var f = rules.Finding{Rule: rules.AcaoMissing}":                 1,
		"var f = g(rules.AcaoMissing, rules.VaryMissing)":                2,
		"func f() any { return rules.AcaoMissing }":                      1,
		"func f(r *rules.Rule) bool { return r == rules.AcaoMissing }":   0,
		"func f(r *rules.Rule) { switch r { case rules.AcaoMissing: } }": 0,
		"var f = rules.Find(nil)":                                        0,
	} {
		f, err := parser.ParseFile(token.NewFileSet(), "p.go", "package p\n"+src, 0)
		if err != nil {
			t.Fatal(err)
		}
		declared, got := declaredRules(t), 0
		for _, name := range rulesIn(f) {
			if declared[name] != nil {
				got++
			}
		}
		if got != want {
			t.Errorf("%s: %d rules are named, want %d", src, got, want)
		}
	}
}

// declaredRules returns the rules that this package declares, by the names of their variables.
func declaredRules(t *testing.T) map[string]*Rule {
	t.Helper()
	declared := map[string]*Rule{}
	for _, file := range sources(t, ".") {
		for _, decl := range parsed(t, file).Decls {
			block, ok := decl.(*ast.GenDecl)
			if !ok || block.Tok != token.VAR {
				continue
			}
			for _, spec := range block.Specs {
				v := spec.(*ast.ValueSpec)
				if len(v.Values) == 1 {
					if r := ByID(idIn(v.Values[0])); r != nil {
						declared[v.Names[0].Name] = r
					}
				}
			}
		}
	}
	return declared
}

// idIn returns the ID in the literal of a rule, empty for another value.
func idIn(value ast.Expr) (id string) {
	ast.Inspect(value, func(n ast.Node) bool {
		member, ok := n.(*ast.KeyValueExpr)
		if !ok {
			return true
		}
		key, isName := member.Key.(*ast.Ident)
		text, isText := member.Value.(*ast.BasicLit)
		if isName && isText && key.Name == "ID" {
			id, _ = strconv.Unquote(text.Value)
		}
		return true
	})
	return id
}

func rulesNamedIn(t *testing.T, file string) []string { return rulesIn(parsed(t, file)) }

// rulesIn returns what a file names of package rules, but for what it compares with.
func rulesIn(f *ast.File) (names []string) {
	compared := map[ast.Expr]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			compared[n.X], compared[n.Y] = true, true
		case *ast.CaseClause:
			for _, one := range n.List {
				compared[one] = true
			}
		case *ast.SelectorExpr:
			if from, ok := n.X.(*ast.Ident); ok && from.Name == "rules" && !compared[n] {
				names = append(names, n.Sel.Name)
			}
		}
		return true
	})
	return names
}

func parsed(t *testing.T, file string) *ast.File {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// sources returns the files of a directory and those below it, but for tests.
func sources(t *testing.T, dir string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
