package cmd_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"
	gocmp "github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/apigw-cors/apigw-cors/cmd"
	"github.com/apigw-cors/apigw-cors/extensions"
)

var update = flag.Bool("update", false, "update golden files")

// TestGolden runs every case of testdata in a copy of its directory and compares
// what the run printed and wrote with golden, byte for byte. Every document that
// came out must come out of a second run unchanged, and be valid where its input
// is.
func TestGolden(t *testing.T) {
	testdata, golden := absolute(t, "../testdata"), absolute(t, "../golden")
	if *update {
		apart(t, testdata, golden)
	}
	cases := directories(t, testdata)
	for _, name := range directories(t, golden) {
		if !slices.Contains(cases, name) {
			t.Errorf("golden/%s has no case in testdata", name)
		}
	}
	for _, name := range cases {
		t.Run(name, func(t *testing.T) {
			c := readCase(t, filepath.Join(testdata, name))
			got := c.run(t, nil)
			if *update {
				writeTree(t, filepath.Join(golden, name), got)
			}
			compare(t, readTree(t, filepath.Join(golden, name)), got)
			if after := readTree(t, c.dir); !maps.EqualFunc(after, c.files, bytes.Equal) {
				t.Error("the run changed the files of its case")
			}
			c.checkDocument(t, got)
		})
	}
}

// kase is a case: files, one of which holds the arguments.
type kase struct {
	dir   string
	files tree
	args  []string
	input string // name of the document, "stdin" for standard input
}

func readCase(t *testing.T, dir string) kase {
	t.Helper()
	c := kase{dir: dir, files: readTree(t, dir)}
	args, ok := c.files["args"]
	if !ok {
		t.Fatal("the case has no args")
	}
	c.args = lines(args)
	c.args = c.args[:len(c.args)-1] // behind the last line break
	if c.input = c.args[len(c.args)-1]; c.input == "-" {
		c.input = "stdin"
	}
	return c
}

// run runs the case with some of its files replaced, and returns what stdout and
// stderr got, the exit code, and the files that the run created or changed.
func (c kase) run(t *testing.T, replaced tree) tree {
	t.Helper()
	before := maps.Clone(c.files)
	maps.Copy(before, replaced)
	delete(before, "args")
	dir := t.TempDir()
	writeTree(t, dir, before)
	t.Chdir(dir)
	var stdout, stderr bytes.Buffer
	code := cmd.Run(c.args, cmd.Streams{In: bytes.NewReader(before["stdin"]), Out: &stdout, Err: &stderr})
	got := tree{
		"stdout": stdout.Bytes(),
		"stderr": stderr.Bytes(),
		"exit":   []byte(strconv.Itoa(code) + "\n"),
	}
	after := readTree(t, dir)
	for name, data := range after {
		if old, ok := before[name]; !ok || !bytes.Equal(old, data) {
			got["files/"+name] = data
		}
	}
	for name := range before {
		if _, ok := after[name]; !ok {
			t.Errorf("the run removed %s", name)
		}
	}
	return got
}

// produced returns the document that a run gave, wherever it went.
func produced(t *testing.T, got tree) (name string, doc []byte) {
	t.Helper()
	for path, data := range got {
		if path != "stderr" && path != "exit" && len(data) > 0 {
			if name != "" {
				t.Fatalf("the run gave two documents, %s and %s", name, path)
			}
			name, doc = path, data
		}
	}
	return name, doc
}

// checkDocument holds what is true of every document that a run gives.
func (c kase) checkDocument(t *testing.T, got tree) {
	t.Helper()
	if !slices.Contains([]string{"enable", "disable"}, c.args[0]) || slices.Contains(c.args, "--diff") {
		return // what it gives is no document
	}
	name, doc := produced(t, got)
	if doc == nil {
		return
	}
	again := c.run(t, tree{c.input: doc})
	want := doc
	if name == "files/"+c.input {
		want = nil // written in place, and left alone when it says what it should
	}
	if d := gocmp.Diff(lines(want), lines(again[name])); d != "" {
		t.Errorf("a second run changes the document (-first +second):\n%s", d)
	}
	if err := load(c.files[c.input]); err != nil {
		t.Logf("not asked to load, since the input does not: %v", err)
	} else if err := load(doc); err != nil {
		t.Errorf("kin-openapi does not load the document: %v", err)
	}
	if err := validate(t, c.files[c.input]); err != nil {
		t.Logf("not asked to be valid, since the input is not: %v", err)
	} else if err := validate(t, doc); err != nil {
		t.Errorf("the document is not valid: %v", err)
	}
	checkGenerated(t, doc)
}

// load reads a document with kin-openapi.
func load(src []byte) error {
	_, err := decode(src)
	return err
}

// decode returns an *openapi2.T or an *openapi3.T.
func decode(src []byte) (any, error) {
	text, err := toJSON(src)
	if err != nil {
		return nil, err
	}
	var is struct{ Swagger any }
	if err := json.Unmarshal(text, &is); err != nil {
		return nil, err
	}
	if is.Swagger != nil {
		doc := &openapi2.T{}
		return doc, json.Unmarshal(text, doc)
	}
	return openapi3.NewLoader().LoadFromData(text)
}

// toJSON returns a YAML document as JSON, and one that is JSON as it is: YAML
// readers refuse some of JSON's escapes.
func toJSON(src []byte) ([]byte, error) {
	if json.Valid(src) {
		return src, nil
	}
	return yaml.YAMLToJSON(src)
}

// validate judges a document by kin-openapi, a Swagger 2.0 one as the OpenAPI 3
// document it converts to.
func validate(t *testing.T, src []byte) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("kin-openapi panics: %v", r)
		}
	}()
	doc, err := decode(src)
	if err != nil {
		return err
	}
	if old, ok := doc.(*openapi2.T); ok {
		if doc, err = openapi2conv.ToV3(old); err != nil {
			return err
		}
	}
	v3 := doc.(*openapi3.T)
	for path, item := range v3.Paths.Map() {
		// A greedy variable, {proxy+}, is API Gateway's own; its parameter is
		// called proxy.
		if plain := strings.ReplaceAll(path, "+}", "}"); plain != path {
			v3.Paths.Delete(path)
			v3.Paths.Set(plain, item)
		}
	}
	return v3.Validate(t.Context())
}

// checkGenerated holds that what is generated is well-formed in AWS's own terms.
func checkGenerated(t *testing.T, doc []byte) {
	t.Helper()
	text, err := toJSON(doc)
	if err != nil {
		t.Errorf("the document cannot be read: %v", err)
		return
	}
	var root struct{ Paths map[string]map[string]any }
	if err := json.Unmarshal(text, &root); err != nil {
		t.Errorf("the document cannot be read: %v", err)
	}
	for path, item := range root.Paths {
		marks, _ := item["x-apigw-cors-generated"].([]any)
		if slices.Contains(marks, any("/options")) {
			options, _ := item["options"].(map[string]any)
			checkExtension[extensions.Integration](t, path, options, extensions.NameIntegration)
		}
		if slices.Contains(marks, any("/"+extensions.NameCORS)) {
			checkExtension[extensions.CORS](t, path, item, extensions.NameCORS)
		}
	}
}

func checkExtension[T interface{ Validate() error }](t *testing.T, path string, object map[string]any, name string) {
	t.Helper()
	v, ok, err := extensions.Get[T](object, name)
	switch {
	case !ok:
		t.Errorf("%s has no %s", path, name)
	case err != nil:
		t.Errorf("%s: %v", path, err)
	default:
		for e := range extensions.All(v.Validate()) {
			// Tags are lost on the way to JSON, and leave the arguments of a Join.
			if !strings.HasPrefix(e.Value, "[") {
				t.Errorf("%s: %s: %v", path, name, e)
			}
		}
	}
}

// compare reports every file that is not what it should be.
func compare(t *testing.T, want, got tree) {
	t.Helper()
	all := maps.Clone(want)
	maps.Copy(all, got)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		w, expected := want[name]
		g, given := got[name]
		switch {
		case !expected:
			t.Errorf("%s is not in golden; -update puts it there", name)
		case !given:
			t.Errorf("%s is in golden, and the run did not give it", name)
		case !bytes.Equal(w, g):
			t.Errorf("%s (-want +got):\n%s", name, gocmp.Diff(lines(w), lines(g)))
		}
	}
}

// lines splits a text into lines with their line breaks made visible by the
// comparison, so that a missing final one shows.
func lines(text []byte) []string {
	return strings.Split(string(text), "\n")
}

// tree is files by their path below some directory, with forward slashes.
type tree map[string][]byte

func readTree(t *testing.T, dir string) tree {
	t.Helper()
	files := tree{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		files[filepath.ToSlash(rel)], err = os.ReadFile(path)
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return files
}

// writeTree makes a directory hold exactly these files.
func writeTree(t *testing.T, dir string, files tree) {
	t.Helper()
	for name := range readTree(t, dir) {
		if _, ok := files[name]; !ok {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, data := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func directories(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

func absolute(t *testing.T, dir string) string {
	t.Helper()
	path, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// apart refuses to update goldens that are inputs under another name.
func apart(t *testing.T, testdata, golden string) {
	t.Helper()
	resolved, err := filepath.EvalSymlinks(golden)
	if err != nil {
		return // not there yet
	}
	if resolved == testdata || strings.HasPrefix(resolved+string(filepath.Separator), testdata+string(filepath.Separator)) {
		t.Fatal("golden is testdata: updating it would overwrite the inputs")
	}
}
