package rules

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// finders are the functions of this package that other packages call for what rules find, with the
// reason why that is no second body.
var finders = map[string]string{
	"Find":              "it tries the rules themselves",
	"FindBy":            "it tries the rules themselves",
	"ImportFailures":    "it tries the rules themselves",
	"RefusesPreflights": "preflight-swallowed: the rule has the same body, and enabling knows another remedy",
	"PassesPreflights":  "preflight-to-backend: the rule has the same body; enabling asks it of the routes that it looks at",
	"DeniedPreflights":  "preflight-denied: the rule has the same body; enabling asks it of the resources that it enables",
	"MarkerMistakes":    "marker-not-ours: the rule has the same body; enabling reads the marker anyway",
	"ForConcern":        "concerns have one body, policy.Policy.Review; apart are those among ownBodies",
}

// ownBodies are the ids of concerns about a policy whose rules have a body of their own, with the
// reason.
var ownBodies = map[string]string{
	"expose-forbidden": "the rule reads the headers of all responses, and the review knows those of a policy",
}

// TestNoIDHasTwoBodies holds that what a rule looks for is found by the rule alone: no other package
// makes findings of one that has a function of its own, or reports what is wrong in CORS objects,
// or calls a function that does, unless it is listed.
func TestNoIDHasTwoBodies(t *testing.T) {
	declared := declaredRules(t)
	if got, want := len(declared), len(All()); got != want {
		t.Fatalf("the variables of %d rules are known, want %d", got, want)
	}
	finding := findersOf(t)
	var shared, unlisted, called []string
	named := 0
	for _, file := range sources(t, "../..") {
		if strings.Contains(filepath.ToSlash(file), "internal/rules/") {
			continue
		}
		for _, name := range rulesNamedIn(t, file) {
			named++
			switch r := declared[name]; {
			case r != nil && (r.find != nil || r.blocks != nil):
				shared = append(shared, r.ID)
			case r == nil && slices.Contains(finding, name) && finders[name] == "":
				unlisted = append(unlisted, name)
			case r == nil:
				called = append(called, name)
			}
		}
	}
	if len(shared)+len(unlisted) > 0 {
		t.Errorf("other packages find what these rules look for: %v; and call %v", shared, unlisted)
	}
	for name := range finders {
		if !slices.Contains(called, name) || !slices.Contains(finding, name) {
			t.Errorf("%s is listed, and no other package calls it, or it finds nothing", name)
		}
	}
	if named < 20 {
		t.Errorf("other packages name rules only %d times", named)
	}
}

// TestConcernsHaveOneBody holds that the rule of a concern about a policy finds it by the review that
// others ask too, unless it is listed.
func TestConcernsHaveOneBody(t *testing.T) {
	reviewing := reviewingRules(t)
	concerns := concernIDs()
	if len(concerns) < 15 {
		t.Errorf("only these concerns are known: %v", concerns)
	}
	for _, id := range concerns {
		r := ByID(id)
		if r == nil {
			t.Errorf("%s has no rule", id)
			continue
		}
		hasOwn := r.find != nil && !slices.Contains(reviewing, id)
		if isListed := ownBodies[id] != ""; hasOwn != isListed {
			t.Errorf("%s has a body of its own: %v, and is listed: %v", id, hasOwn, isListed)
		}
	}
	for id := range ownBodies {
		if !slices.Contains(concerns, id) {
			t.Errorf("%s is listed, and is no concern", id)
		}
	}
}

// concernIDs are the ids of what the review of a policy can say.
func concernIDs() (ids []string) {
	origins := []string{"*", "https://*", "https://*.com", "http://localhost", "http://localhost:3000", "http://app.example.com", "https://*.example.com", "https://me.github.io"}
	headers := policy.Literal([]string{"*", "Cookie", "Set-Cookie", "Access-Control-Allow-Origin"})
	for _, origin := range origins {
		for _, age := range []int{0, 90000} {
			for _, on := range []bool{false, true} {
				p := policy.Policy{
					AllowOrigins: policy.Literal([]string{origin}), AllowCredentials: policy.Literal(on),
					AllowHeaders: headers, ExposeHeaders: headers, MaxAge: policy.Literal(age),
				}
				for _, c := range p.Review(on) {
					ids = append(ids, string(c.Reason))
				}
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// reviewingRules are the ids of the rules that find by the review of a policy.
func reviewingRules(t *testing.T) (ids []string) {
	t.Helper()
	values := declarations(t)
	for name, r := range declaredRules(t) {
		ast.Inspect(values[name], func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if f, ok := call.Fun.(*ast.Ident); ok && (f.Name == "reviewed" || f.Name == "pointless") {
					ids = append(ids, r.ID)
				}
			}
			return true
		})
	}
	return ids
}

// findersOf returns the exported functions of this package that return findings, or the rule of one.
func findersOf(t *testing.T) (names []string) {
	t.Helper()
	for _, file := range sources(t, ".") {
		for _, decl := range parsed(t, file).Decls {
			f, ok := decl.(*ast.FuncDecl)
			if ok && f.Recv == nil && f.Name.IsExported() && isFinder(f) {
				names = append(names, f.Name.Name)
			}
		}
	}
	return names
}

// isFinder reports whether a function returns findings, or one rule for something other than its id.
func isFinder(f *ast.FuncDecl) (is bool) {
	if f.Type.Results == nil || f.Name.Name == "ByID" {
		return false
	}
	for _, result := range f.Type.Results.List {
		switch kind := result.Type.(type) {
		case *ast.StarExpr:
			is = is || isNamed(kind.X, "Finding", "Rule")
		case *ast.ArrayType:
			is = is || isNamed(kind.Elt, "Finding")
		default:
			is = is || isNamed(kind, "Finding")
		}
	}
	return is
}

func isNamed(kind ast.Expr, names ...string) bool {
	name, ok := kind.(*ast.Ident)
	return ok && slices.Contains(names, name.Name)
}

// TestRulesAreFoundWhereTheyAreNamed holds which mentions of a rule count as a second body: those
// that give it to something, and not those that only compare.
func TestRulesAreFoundWhereTheyAreNamed(t *testing.T) {
	for src, want := range map[string]int{
		"var f = rules.Finding{Rule: rules.NotUnderstood}":                 1,
		"var f = g(rules.NotUnderstood, rules.TemplateOverrides)":          2,
		"func f() any { return rules.NotUnderstood }":                      1,
		"func f(r *rules.Rule) bool { return r == rules.NotUnderstood }":   0,
		"func f(r *rules.Rule) { switch r { case rules.NotUnderstood: } }": 0,
		"var f = rules.Find(nil)":                                          0,
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

// declaredRules returns the rules of this package by the names of their variables, which the lists
// of all rules have in the order of the rules.
func declaredRules(t *testing.T) map[string]*Rule {
	t.Helper()
	declared, values := map[string]*Rule{}, declarations(t)
	for list, all := range map[string][]*Rule{"ofLint": ofLint, "ofEnabling": ofEnabling} {
		literal, ok := values[list].(*ast.CompositeLit)
		if !ok || len(literal.Elts) != len(all) {
			t.Fatalf("the variables of %s are not known", list)
		}
		for i, one := range literal.Elts {
			declared[one.(*ast.Ident).Name] = all[i]
		}
	}
	return declared
}

// declarations returns the values of the variables of this package.
func declarations(t *testing.T) map[string]ast.Expr {
	t.Helper()
	values := map[string]ast.Expr{}
	for _, file := range sources(t, ".") {
		for _, decl := range parsed(t, file).Decls {
			block, ok := decl.(*ast.GenDecl)
			if !ok || block.Tok != token.VAR {
				continue
			}
			for _, spec := range block.Specs {
				if v := spec.(*ast.ValueSpec); len(v.Values) == 1 {
					values[v.Names[0].Name] = v.Values[0]
				}
			}
		}
	}
	return values
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
