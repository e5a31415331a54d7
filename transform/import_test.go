package transform_test

import (
	"errors"
	"go/parser"
	"go/token"
	"io/fs"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/apigw-cors/apigw-cors"

// arrows says which packages of the module each package may import. An arrow that
// is not here points up.
var arrows = map[string][]string{
	"cmd/apigw-cors":                {"cmd"},
	"cmd":                           {"transform", "transform/policy", "transform/lint", "transform/report", "transform/finding", "extensions", "proof", "proof/gateway", "proof/probe", "proof/fetch", "proof/server"},
	"transform":                     {"transform/internal/document", "transform/internal/resolve", "transform/internal/rest", "transform/internal/httpapi", "transform/internal/own", "transform/internal/record", "transform/internal/outcome", "transform/internal/rules", "transform/internal/policyread", "transform/policy", "transform/internal/layout", "transform/internal/edit", "transform/internal/responses", "transform/internal/derive", "transform/internal/model", "transform/internal/source", "transform/finding"},
	"transform/internal/rest":       {"transform/internal/resolve", "transform/internal/existing", "transform/internal/operation", "transform/internal/own", "transform/internal/record", "transform/internal/outcome", "transform/internal/rules", "transform/internal/layout", "transform/internal/responses", "transform/internal/derive", "transform/internal/model", "transform/internal/source", "transform/policy", "transform/finding", "extensions"},
	"transform/internal/httpapi":    {"transform/internal/resolve", "transform/internal/existing", "transform/internal/operation", "transform/internal/own", "transform/internal/record", "transform/internal/outcome", "transform/internal/rules", "transform/internal/layout", "transform/internal/responses", "transform/internal/derive", "transform/internal/model", "transform/internal/source", "transform/policy", "extensions"},
	"transform/internal/resolve":    {"transform/internal/rules", "transform/internal/responses", "transform/internal/policyread", "transform/internal/derive", "transform/internal/model", "transform/internal/source", "transform/policy", "transform/finding", "extensions"},
	"transform/internal/existing":   {"transform/internal/rules", "transform/internal/responses", "transform/internal/model", "transform/internal/source", "transform/policy"},
	"transform/internal/operation":  {"transform/internal/responses", "transform/internal/layout", "transform/internal/model"},
	"transform/internal/own":        {"transform/internal/responses", "transform/internal/layout", "transform/internal/model", "transform/internal/source", "transform/policy", "extensions"},
	"transform/internal/record":     {"transform/internal/policyread", "transform/internal/responses", "transform/internal/derive", "transform/internal/layout", "transform/internal/model", "transform/internal/source", "transform/policy"},
	"transform/internal/outcome":    {"transform/internal/own", "transform/internal/rules", "transform/internal/responses", "transform/internal/source"},
	"transform/lint":                {"transform", "transform/internal/document", "transform/internal/rules", "transform/internal/validity", "transform/internal/layout", "transform/internal/model", "transform/internal/source", "transform/finding"},
	"transform/report":              {"transform", "transform/internal/document", "transform/internal/own", "transform/policy", "transform/internal/responses", "transform/internal/derive", "transform/internal/policyread", "transform/internal/model", "transform/internal/source", "transform/finding", "extensions"},
	"transform/policy":              {"transform/finding", "extensions"},
	"transform/internal/document":   {"transform/internal/own", "transform/internal/model", "transform/internal/source"},
	"transform/internal/rules":      {"transform/internal/own", "transform/internal/operation", "transform/internal/layout", "transform/internal/responses", "transform/internal/derive", "transform/internal/policyread", "transform/internal/model", "transform/internal/source", "transform/policy", "transform/finding", "extensions"},
	"transform/internal/policyread": {"transform/internal/model", "transform/internal/source", "transform/policy", "transform/finding", "extensions"},
	"transform/internal/derive":     {"transform/internal/model", "transform/policy"},
	"transform/internal/responses":  {"transform/internal/derive", "transform/internal/model", "transform/internal/source", "transform/policy", "extensions"},
	"transform/internal/model":      {"transform/internal/source", "extensions"},
	"transform/kinopenapi":          {"transform", "transform/policy", "transform/finding"},
	"transform/internal/validity":   {"transform/internal/model", "transform/internal/source"},
	"transform/internal/layout":     {"transform/internal/source", "transform/internal/edit", "transform/finding"},
	"transform/internal/source":     {"transform/finding"},
	"transform/internal/edit":       {},
	"transform/finding":             {},
	"extensions":                    {},
	"internal/chromium":             {},
	"internal/documents":            {},
	"internal/readings":             {},
	"proof":                         {"proof/gateway", "proof/fetch", "extensions"},
	"proof/probe":                   {"proof", "proof/gateway", "proof/fetch"},
	"proof/server":                  {"proof", "proof/gateway", "proof/fetch"},
	"proof/gateway":                 {"proof/velocity", "extensions", "internal/readings"},
	"proof/velocity":                {},
	"proof/fetch":                   {},
}

// onlyStandard are the packages that import nothing but the standard library and
// what arrows allows.
var onlyStandard = []string{"extensions", "transform/finding", "transform/internal/edit", "proof/fetch", "proof/velocity", "proof/probe", "proof/server"}

// doors says where each outside module comes in: directories, or files. A module
// that is not here has no door.
var doors = map[string][]string{
	"github.com/spf13/cobra":                      {"cmd"},
	"github.com/spf13/pflag":                      {"cmd"},
	"github.com/getkin/kin-openapi":               {"transform/kinopenapi", "transform/internal/validity", "proof/gateway"},
	"github.com/oasdiff/yaml3":                    {"transform/internal/source/yaml.go"},
	"github.com/go-json-experiment/json/jsontext": {"transform/internal/source/json.go"},
	"golang.org/x/sync":                           {"cmd"},
	"golang.org/x/net":                            {"transform/policy", "cmd/serve.go"},
	"sigs.k8s.io/yaml":                            {"cmd/config.go"},
	"github.com/chromedp/chromedp":                {"internal/chromium"},
	"github.com/santhosh-tekuri/jsonschema/v6":    {"proof/gateway/body_model.go"},
	"go.yaml.in/yaml/v4":                          {"proof/gateway/tree.go"},
	"github.com/aymanbagabas/go-udiff":            {"transform/report/diff.go"},
	"github.com/owenrumney/go-sarif/v3":           {"transform/report/sarif.go"},
}

// onlyTests are modules that serve tests alone.
var onlyTests = []string{"github.com/google/go-cmp"}

// TestArrows holds that imports follow the arrows of the design, and that each
// outside module comes in by one door. An arrow that no import follows allows what nobody needs.
func TestArrows(t *testing.T) {
	followed := map[[2]string]bool{}
	for file, imports := range imports(t) {
		dir := path.Dir(file)
		allowed, known := arrows[dir]
		if !known {
			t.Errorf("%s: no arrow says what %s may import", file, dir)
		}
		for _, name := range imports {
			inner, ours := strings.CutPrefix(name, module+"/")
			followed[[2]string{dir, inner}] = ours
			switch {
			case ours && !slices.Contains(allowed, inner):
				t.Errorf("%s imports %s, and no arrow of %s points there", file, inner, dir)
			case !ours && !standard(name):
				checkDoor(t, file, dir, name)
			}
		}
	}
	for dir, allowed := range arrows {
		for _, inner := range allowed {
			if !followed[[2]string{dir, inner}] {
				t.Errorf("an arrow points from %s to %s, and no import follows it: remove it", dir, inner)
			}
		}
	}
}

// TestBytesNeedNoKinOpenAPI holds that a program which works on the bytes of documents
// does not link kin-openapi.
func TestBytesNeedNoKinOpenAPI(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if errors.Is(err, exec.ErrNotFound) {
		t.Skip("there is no go command that lists what package transform depends on")
	}
	if err != nil {
		t.Fatal(err)
	}
	packages := strings.Fields(string(out))
	if !slices.Contains(packages, module+"/transform") {
		t.Fatalf("go list -deps does not list package transform itself: %q", packages)
	}
	for _, name := range packages {
		if strings.HasPrefix(name, "github.com/getkin/kin-openapi/") {
			t.Errorf("package transform depends on %s", name)
		}
	}
}

func checkDoor(t *testing.T, file, dir, name string) {
	t.Helper()
	if slices.Contains(onlyStandard, dir) {
		t.Errorf("%s imports %s, and %s has the standard library only", file, name, dir)
	}
	for module, places := range doors {
		if name == module || strings.HasPrefix(name, module+"/") {
			if !slices.Contains(places, dir) && !slices.Contains(places, file) {
				t.Errorf("%s imports %s, whose door is %s", file, name, strings.Join(places, ", "))
			}
			return
		}
	}
	if slices.ContainsFunc(onlyTests, func(m string) bool { return name == m || strings.HasPrefix(name, m+"/") }) {
		t.Errorf("%s imports %s, which is for tests", file, name)
		return
	}
	t.Errorf("%s imports %s, which has no door", file, name)
}

// standard reports whether an import is of the standard library: the first part
// of its path has no dot.
func standard(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	return !strings.Contains(first, ".")
}

// imports returns the imports of every file of the module that is not a test.
func imports(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || name != ".." && strings.HasPrefix(d.Name(), ".")):
			return filepath.SkipDir
		case d.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		rel, err := filepath.Rel("..", name)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		found[filepath.ToSlash(rel)] = nil
		for _, spec := range f.Imports {
			value, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			found[filepath.ToSlash(rel)] = append(found[filepath.ToSlash(rel)], value)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 10 {
		t.Fatalf("only %d files were found", len(found))
	}
	return found
}
