package transform_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The house is one that can be read in parts: no large circle of files, and no receiver that
// everything hangs on.
const (
	largestCircle   = 3  // files of package transform that need each other
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

// TestFilesFormNoLargeCircle holds that the files of package transform can be read one after
// another. A file needs another one when it uses a name that is declared there.
func TestFilesFormNoLargeCircle(t *testing.T) {
	files := sourceFiles(t)["."]
	declared := map[string]int{} // the file of each name, of methods with a dot before it
	for i, f := range files {
		for _, name := range declarations(f) {
			declared[name] = i
		}
	}
	for _, f := range files {
		delete(declared, f.Name.Name) // of the package
		for _, name := range fields(f) {
			delete(declared, "."+name) // which of the two is used cannot be told here
		}
	}
	needs := make([]map[int]bool, len(files))
	for i, f := range files {
		needs[i] = map[int]bool{}
		ast.Inspect(f, func(n ast.Node) bool {
			name := ""
			switch n := n.(type) {
			case *ast.Ident:
				name = n.Name
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && isImported(f, x.Name) {
					return false
				}
				name = "." + n.Sel.Name
			}
			if at, ok := declared[name]; ok && at != i {
				needs[i][at] = true
			}
			return true
		})
	}
	for i := range files {
		if circle := inCircleWith(needs, i); len(circle) > largestCircle {
			var names []string
			for _, at := range circle {
				names = append(names, declarations(files[at])[0])
			}
			t.Fatalf("%d files need each other, want at most %d; they declare %s", len(circle), largestCircle, strings.Join(names, ", "))
		}
	}
}

// fields are the names of the fields that a file declares.
func fields(f *ast.File) []string {
	var names []string
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.StructType); ok {
			for _, field := range s.Fields.List {
				for _, name := range field.Names {
					names = append(names, name.Name)
				}
			}
		}
		return true
	})
	return names
}

// isImported reports whether a name is that of a package which a file imports.
func isImported(f *ast.File, name string) bool {
	return slices.ContainsFunc(f.Imports, func(i *ast.ImportSpec) bool {
		return strings.HasSuffix(strings.Trim(i.Path.Value, `"`), "/"+name) || strings.Trim(i.Path.Value, `"`) == name
	})
}

// declarations are the names that a file declares at its top: methods with a dot before them.
func declarations(f *ast.File) []string {
	var names []string
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv != nil {
				names = append(names, "."+d.Name.Name)
			} else {
				names = append(names, d.Name.Name)
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					names = append(names, s.Name.Name)
				case *ast.ValueSpec:
					for _, name := range s.Names {
						names = append(names, name.Name)
					}
				}
			}
		}
	}
	return append(names, f.Name.Name)
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
