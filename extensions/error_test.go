package extensions_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/extensions"
)

func TestErrorReadsAsASentence(t *testing.T) {
	tests := []struct {
		err  extensions.Error
		want string
	}{
		{extensions.Error{Member: "maxAge", Value: "x", Reason: "is wrong"}, `maxAge: "x" is wrong`},
		{extensions.Error{Value: "x", Reason: "is wrong"}, `"x" is wrong`},
		{extensions.Error{Member: "type", Reason: "is missing"}, `type: is missing`},
		{extensions.Error{Value: `{"a":1}`, Reason: "is wrong"}, "`{\"a\":1}` is wrong"},
		{extensions.Error{Value: strings.Repeat("é", 100), Reason: "is long"}, `"` + strings.Repeat("é", 40) + `..." is long`},
	}
	for _, test := range tests {
		if got := test.err.Error(); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}

func TestAllFindsMistakesInWrappedErrors(t *testing.T) {
	a, b := &extensions.Error{Reason: "a"}, &extensions.Error{Reason: "b"}
	err := fmt.Errorf("openapi.yaml: %w", errors.Join(errors.New("other"), a, fmt.Errorf("deep: %w", errors.Join(b))))
	var got []*extensions.Error
	for mistake := range extensions.All(err) {
		got = append(got, mistake)
	}
	if len(got) != 2 || got[0] != a || got[1] != b {
		t.Errorf("got %v", got)
	}
	for mistake := range extensions.All(err) {
		if mistake != a {
			t.Error("went on after break")
		}
		break
	}
	for mistake := range extensions.All(nil) {
		t.Errorf("found %v in nil", mistake)
	}
}

func TestPackageCommentListsEveryExtension(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), "name.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(node ast.Node) bool {
		literal, ok := node.(*ast.BasicLit)
		if !ok {
			return true
		}
		name, err := strconv.Unquote(literal.Value)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(doc), "//\t"+name+" ") {
			t.Errorf("%s is not in the table", name)
		}
		return true
	})
}
