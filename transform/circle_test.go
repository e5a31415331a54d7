package transform_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The house is one that can be read in parts: no large circle of files, and no receiver that
// everything hangs on.
const (
	largestCircle   = 3  // files of a package that need each other
	largestReceiver = 30 // methods
)

// sourceFiles returns the files of the packages below transform that are not tests, by package.
func sourceFiles(t *testing.T) map[string][]*ast.File {
	t.Helper()
	files := map[string][]*ast.File{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "testdata":
			return filepath.SkipDir
		case filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err == nil {
			files[filepath.Dir(name)] = append(files[filepath.Dir(name)], f)
		}
		return err
	})
	if err != nil || len(files) < 15 {
		t.Fatalf("%d packages, %v", len(files), err)
	}
	return files
}

// TestNoReceiverHasManyMethods holds that no type is one that everything hangs on.
func TestNoReceiverHasManyMethods(t *testing.T) {
	for dir, files := range sourceFiles(t) {
		methods := map[string]int{}
		for _, f := range files {
			for _, d := range f.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv != nil {
					methods[receiver(fn)]++
				}
			}
		}
		for _, name := range slices.Sorted(maps.Keys(methods)) {
			if methods[name] > largestReceiver {
				t.Errorf("%s: %s has %d methods, want at most %d", dir, name, methods[name], largestReceiver)
			}
		}
	}
}

// receiver is the name of the type that a method is of.
func receiver(fn *ast.FuncDecl) string {
	e := fn.Recv.List[0].Type
	if star, ok := e.(*ast.StarExpr); ok {
		e = star.X
	}
	if generic, ok := e.(*ast.IndexExpr); ok {
		e = generic.X
	}
	return fmt.Sprint(e)
}

// TestFilesFormNoLargeCircle holds that the files of a package can be read one after another. A
// file needs another one when it uses a name of the package or a method that is declared there;
// fields are not counted.
func TestFilesFormNoLargeCircle(t *testing.T) {
	packages := listPackages(t)
	for _, p := range packages {
		name, ours := strings.CutPrefix(p.ImportPath, module+"/")
		if !ours || name != "cmd" && name != "transform" && !strings.HasPrefix(name, "transform/") {
			continue
		}
		if circle := largestCircleOf(t, p, exportData(packages)); len(circle) > largestCircle {
			t.Errorf("%s: %d files need each other, want at most %d: %s", name, len(circle), largestCircle, strings.Join(circle, ", "))
		}
	}
}

// listed is a package as go list shows it: its files, and the file with what it exports.
type listed struct {
	ImportPath, Dir, Export string
	GoFiles                 []string
}

// listPackages returns the packages that the command is made of, by their path.
func listPackages(t *testing.T) map[string]listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles", "../cmd", "./...").Output()
	if errors.Is(err, exec.ErrNotFound) {
		t.Skip("there is no go command that lists the packages")
	}
	packages := map[string]listed{}
	for d := json.NewDecoder(bytes.NewReader(out)); err == nil && d.More(); {
		var p listed
		err = d.Decode(&p)
		packages[p.ImportPath] = p
	}
	if err != nil || len(packages) < 15 {
		t.Fatalf("go list shows %d packages, %v", len(packages), err)
	}
	return packages
}

// exportData opens what the compiler wrote about the packages.
func exportData(packages map[string]listed) importer.Lookup {
	return func(name string) (io.ReadCloser, error) { return os.Open(packages[name].Export) }
}

// largestCircleOf returns the names of the most files of a package that need each other.
func largestCircleOf(t *testing.T, p listed, open importer.Lookup) []string {
	t.Helper()
	needs := needsOfFiles(t, p, open)
	var largest []int
	for i := range needs {
		if circle := inCircleWith(needs, i); len(circle) > len(largest) {
			largest = circle
		}
	}
	var names []string
	for _, i := range largest {
		names = append(names, p.GoFiles[i])
	}
	slices.Sort(names)
	return names
}

// needsOfFiles returns the files that each file of a package needs.
func needsOfFiles(t *testing.T, p listed, open importer.Lookup) []map[int]bool {
	t.Helper()
	fset := token.NewFileSet()
	files := make([]*ast.File, len(p.GoFiles))
	at := map[string]int{}
	for i, name := range p.GoFiles {
		f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files[i], at[fset.File(f.Pos()).Name()] = f, i
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: importer.ForCompiler(fset, "gc", open)}
	checked, err := config.Check(p.ImportPath, fset, files, info)
	if err != nil {
		t.Fatal(err)
	}
	needs := make([]map[int]bool, len(files))
	for i := range needs {
		needs[i] = map[int]bool{}
	}
	for id, used := range info.Uses {
		from := at[fset.File(id.Pos()).Name()]
		if used.Pkg() == checked && isTopLevel(used) {
			if to := at[fset.File(used.Pos()).Name()]; to != from {
				needs[from][to] = true
			}
		}
	}
	return needs
}

// isTopLevel reports whether a name is declared at the top of a file: one of the package, or a method.
func isTopLevel(o types.Object) bool {
	if fn, ok := o.(*types.Func); ok {
		return fn.Signature().Recv() == nil || !types.IsInterface(fn.Signature().Recv().Type())
	}
	return o.Parent() == o.Pkg().Scope()
}

// inCircleWith returns the files that a file needs and that need it, itself among them.
func inCircleWith(needs []map[int]bool, file int) []int {
	reach := func(from int) map[int]bool {
		seen, todo := map[int]bool{from: true}, []int{from}
		for len(todo) > 0 {
			at := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			for next := range needs[at] {
				if !seen[next] {
					seen[next] = true
					todo = append(todo, next)
				}
			}
		}
		return seen
	}
	circle := []int{file}
	for other := range reach(file) {
		if other != file && reach(other)[file] {
			circle = append(circle, other)
		}
	}
	return circle
}
