package policy

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"testing"
)

func TestAllFindsMistakesInJoinedAndWrappedErrors(t *testing.T) {
	a, b, c := &Error{Value: "a"}, &Error{Value: "b"}, &Error{Value: "c"}
	err := fmt.Errorf("config: %w", errors.Join(
		a,
		errors.New("something else"),
		fmt.Errorf("%w and %w", b, errors.Join(nil, c)),
	))
	if got := slices.Collect(All(err)); !slices.Equal(got, []*Error{a, b, c}) {
		t.Errorf("got %v", got)
	}
	for range All(nil) {
		t.Error("nil holds a mistake")
	}
}

func TestAllStopsWhenTold(t *testing.T) {
	a, b := &Error{Value: "a"}, &Error{Value: "b"}
	n := 0
	for range All(errors.Join(a, errors.Join(a, b), b)) {
		if n++; n == 2 {
			break
		}
	}
	if n != 2 {
		t.Errorf("got %d mistakes", n)
	}
}

func TestErrorJoinsReasons(t *testing.T) {
	for want, also := range map[string][]Reason{
		`"x" is empty`:                  nil,
		`"x" is empty and names a user`: {ReasonOriginUserinfo},
		`"x" is empty, names a user and names the default port`:           {ReasonOriginUserinfo, ReasonOriginDefaultPort},
		`"x" is empty, lists nothing, names a user and ends with a slash`: {ReasonEmptyList, ReasonOriginUserinfo, ReasonOriginTrailingSlash},
	} {
		e := &Error{Value: "x", Reason: ReasonEmptyValue, Also: also}
		if got := e.Error(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// The texts of reasons are a contract, and every one needs words.
func TestReasonsAreUniqueKebabCaseAndHavePhrases(t *testing.T) {
	kebab := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	seen := make(map[Reason]bool)
	for name, r := range declaredReasons(t) {
		if !kebab.MatchString(string(r)) {
			t.Errorf("%s = %q is not in kebab case", name, r)
		}
		if seen[r] {
			t.Errorf("%s = %q is declared twice", name, r)
		}
		seen[r] = true
		if phrases[r] == "" {
			t.Errorf("%s has no phrase", name)
		}
	}
	if len(seen) != len(phrases) {
		t.Errorf("%d reasons, %d phrases", len(seen), len(phrases))
	}
}

// declaredReasons reads the constants from the source, since no program can
// list them.
func declaredReasons(t *testing.T) map[string]Reason {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "reason.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	reasons := make(map[string]Reason)
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if ident, ok := spec.Type.(*ast.Ident); ok && ident.Name == "Reason" {
			text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			reasons[spec.Names[0].Name] = Reason(text)
		}
		return true
	})
	if len(reasons) == 0 {
		t.Fatal("no reasons found")
	}
	return reasons
}
