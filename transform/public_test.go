package transform_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestThePublicFaceHasNoInternalType holds that whoever imports a package can name each
// type that its exported functions, methods, fields, variables and types are made of.
func TestThePublicFaceHasNoInternalType(t *testing.T) {
	dirs := map[string][]string{}
	for file := range imports(t) {
		dirs[path.Dir(file)] = append(dirs[path.Dir(file)], file)
	}
	var got []string
	seen := 0
	for _, dir := range slices.Sorted(maps.Keys(dirs)) {
		if isInternal(dir) {
			continue
		}
		f := readFace(t, dir, dirs[dir])
		seen += f.judged
		got = append(got, f.internal...)
	}
	if seen < 500 {
		t.Errorf("only %d exported declarations were looked at", seen)
	}
	if diff := cmp.Diff([]string(nil), got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestAnInternalTypeIsFoundInThePublicFace holds that the test above finds each way in which
// an internal type gets into the public face.
func TestAnInternalTypeIsFoundInThePublicFace(t *testing.T) {
	f := &face{name: "p", types: map[string]typeSpec{}}
	const header = "package p\nimport (\n\tinner \"a/internal/b\"\n\t\"a/internal/c\"\n\t\"a/d\"\n)\n"
	for _, src := range []string{
		"type Alias = inner.T", "type Fields struct { A, b int; C []*inner.T; d inner.T }", "type Embeds struct { c.T }",
		"type Asks interface { Do(map[string]c.T) }", "func Takes(x ...inner.T) {}", "func Gives() (d.T, func() inner.T) { return d.T{}, nil }",
		"func (Alias2) Method() c.T { panic(0) }", "type Alias2 int", "func (hidden) Method() c.T { panic(0) }", "type hidden = c.T",
		"func Through() hidden { panic(0) }", "var Typed inner.T", "var Built = inner.New(1)", "func fine(inner.T) {}", "func Fine(d.T) { _ = inner.New(2) }",
		"const Fine2 = inner.Name", "type Generic[T inner.T] struct{}", "func Named(hidden int) {}",
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "p.go", header+src, 0)
		if err != nil {
			t.Fatal(err)
		}
		f.add(file)
	}
	f.judge()
	want := []string{
		"p: Alias has inner.T", "p: Alias2.Method has c.T", "p: Asks has c.T", "p: Built has inner.New", "p: Embeds has c.T", "p: Fields has inner.T",
		"p: Generic has inner.T", "p: Gives has inner.T", "p: Takes has inner.T", "p: Through has c.T", "p: Typed has inner.T",
	}
	if diff := cmp.Diff(want, f.internal); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// face is what a package shows.
type face struct {
	name     string // of the package
	files    []packageFile
	types    map[string]typeSpec // all that the package declares
	judged   int
	internal []string
}

// packageFile is one file, and the packages that it imports by their names in it.
type packageFile struct {
	*ast.File
	imports map[string]string
}

type typeSpec struct {
	*ast.TypeSpec
	in packageFile
}

func readFace(t *testing.T, dir string, files []string) *face {
	t.Helper()
	f := &face{name: dir, types: map[string]typeSpec{}}
	for _, name := range slices.Sorted(slices.Values(files)) {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", filepath.FromSlash(name)), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		f.add(file)
	}
	f.judge()
	return f
}

func (f *face) add(file *ast.File) {
	in := packageFile{file, map[string]string{}}
	for _, spec := range file.Imports {
		from, _ := strconv.Unquote(spec.Path.Value) // the parser has accepted it
		name := path.Base(from)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		in.imports[name] = from
	}
	f.files = append(f.files, in)
	for _, decl := range file.Decls {
		if d, ok := decl.(*ast.GenDecl); ok {
			for _, spec := range d.Specs {
				if s, ok := spec.(*ast.TypeSpec); ok {
					f.types[s.Name.Name] = typeSpec{s, in}
				}
			}
		}
	}
}

// judge notes each exported declaration that has an internal type.
func (f *face) judge() {
	for _, in := range f.files {
		for _, decl := range in.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				f.function(in, d)
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					f.spec(in, spec)
				}
			}
		}
	}
	slices.Sort(f.internal)
	f.internal = slices.Compact(f.internal)
}

func (f *face) function(in packageFile, d *ast.FuncDecl) {
	name := d.Name.Name
	if d.Recv != nil {
		receiver := receiverOf(d)
		if !ast.IsExported(receiver) {
			return
		}
		name = receiver + "." + name
	}
	if d.Name.IsExported() {
		f.look(name, in, d.Type)
	}
}

// receiverOf returns the name of the type that a method is of.
func receiverOf(d *ast.FuncDecl) (name string) {
	ast.Inspect(d.Recv.List[0].Type, func(n ast.Node) bool {
		if ident, ok := n.(*ast.Ident); ok && name == "" {
			name = ident.Name
		}
		return name == ""
	})
	return name
}

func (f *face) spec(in packageFile, spec ast.Spec) {
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if s.Name.IsExported() {
			f.look(s.Name.Name, in, s)
		}
	case *ast.ValueSpec:
		for _, name := range s.Names {
			if !name.IsExported() {
				continue
			}
			if s.Type != nil {
				f.look(name.Name, in, s.Type)
			}
			for _, value := range s.Values {
				if call, ok := value.(*ast.CallExpr); ok { // its result is of a type that nobody writes down
					f.look(name.Name, in, call.Fun)
				}
			}
		}
	}
}

// look notes internal types below a node, through unexported types of the package too.
func (f *face) look(name string, in packageFile, n ast.Node) {
	f.judged++
	f.within(name, in, n, map[string]bool{})
}

func (f *face) within(name string, in packageFile, n ast.Node, seen map[string]bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.StructType:
			for _, field := range n.Fields.List {
				if len(field.Names) == 0 || slices.ContainsFunc(field.Names, (*ast.Ident).IsExported) {
					f.within(name, in, field.Type, seen)
				}
			}
			return false
		case *ast.Field: // of parameters and of interfaces, whose names are no types
			f.within(name, in, n.Type, seen)
			return false
		case *ast.SelectorExpr:
			if of, ok := n.X.(*ast.Ident); ok && isInternal(in.imports[of.Name]) {
				f.internal = append(f.internal, f.name+": "+name+" has "+of.Name+"."+n.Sel.Name)
			}
			return false
		case *ast.Ident:
			if t, ok := f.types[n.Name]; ok && !n.IsExported() && !seen[n.Name] {
				seen[n.Name] = true
				f.within(name, t.in, t.Type, seen)
			}
		}
		return true
	})
}

// isInternal reports whether a directory or an import path is below one named internal.
func isInternal(name string) bool { return slices.Contains(strings.Split(name, "/"), "internal") }
