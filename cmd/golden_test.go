package cmd_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/cmd"
)

var update = flag.Bool("update", false, "update golden files")

// TestGolden runs every case of testdata in a copy of its files and compares what the run
// printed and wrote with golden, byte for byte. Every document that came out must come out
// of a second run unchanged, and be valid where its input is.
func TestGolden(t *testing.T) {
	testdata, golden := absolute(t, "../testdata"), absolute(t, "../golden")
	if *update {
		apart(t, testdata, golden)
	}
	files, kept := readTree(t, testdata), readTree(t, golden)
	cases, err := goldenCases(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			o := c.run(t, nil)
			got := c.golden(t, o)
			if *update {
				replace(t, golden, c.own(kept), got)
			} else {
				compare(t, c.own(kept), got)
			}
			c.checkDocument(t, o)
		})
	}
	checkOrphans(t, cases, kept)
	if !maps.EqualFunc(readTree(t, testdata), files, bytes.Equal) {
		t.Error("a run changed the files of testdata")
	}
}

// checkOrphans reports golden files whose case is gone.
func checkOrphans(t *testing.T, cases []goldenCase, golden tree) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(golden)) {
		if !slices.ContainsFunc(cases, func(c goldenCase) bool { return c.name == caseOf(name) }) {
			t.Errorf("golden/%s has no case in testdata", name)
		}
	}
}

// outcome is what a run of a case gave.
type outcome struct {
	stdout, stderr []byte
	exit           int
	written        tree // files that the run created or changed
}

// run runs the case with some of its files replaced.
func (c goldenCase) run(t *testing.T, replaced tree) outcome {
	t.Helper()
	before := maps.Clone(c.files)
	maps.Copy(before, replaced)
	dir := t.TempDir()
	writeTree(t, dir, before)
	t.Chdir(dir)
	var stdout, stderr bytes.Buffer
	exit := cmd.Run(c.args, cmd.Streams{In: bytes.NewReader(before[c.stdin]), Out: &stdout, Err: &stderr})
	after := readTree(t, dir)
	for name := range before {
		if _, ok := after[name]; !ok {
			t.Errorf("the run removed %s", name)
		}
	}
	maps.DeleteFunc(after, func(name string, data []byte) bool {
		old, ok := before[name]
		return ok && bytes.Equal(old, data)
	})
	return outcome{stdout.Bytes(), stderr.Bytes(), exit, after}
}

// document returns the document that a run gave and the file that it went to, which is ""
// for standard output.
func (c goldenCase) document(t *testing.T, o outcome) (name string, doc []byte) {
	t.Helper()
	given := maps.Clone(o.written)
	switch command := c.args[0]; {
	case command == "lint" && slices.Contains(c.args, "--fix"): // which prints findings
	case slices.Contains(c.args, "--diff") || command != "enable" && command != "disable":
		return "", nil
	case len(o.stdout) > 0:
		given[""] = o.stdout
	}
	if len(given) > 1 {
		t.Fatalf("the run gave %d documents, and a diff and a second run are of one", len(given))
	}
	for name, doc = range given {
	}
	return name, doc
}

// golden returns what a run gave as the files that golden has for it. What is empty has
// none, and no file for the exit code means 0.
func (c goldenCase) golden(t *testing.T, o outcome) tree {
	t.Helper()
	where, doc := c.document(t, o)
	files := tree{
		c.stdoutName(o.stdout, doc != nil && where == ""): o.stdout,
		c.name + ".stderr": o.stderr,
	}
	if o.exit != 0 {
		files[c.name+".exit"] = []byte(strconv.Itoa(o.exit) + "\n")
	}
	if doc != nil {
		files[c.name+".diff"] = unified(t, c.input(), c.files[c.input()], doc)
	}
	for name, data := range o.written {
		files[c.name+"/"+name] = data
	}
	maps.DeleteFunc(files, func(_ string, data []byte) bool { return len(data) == 0 })
	return files
}

// stdoutName names the file for standard output by the format of what was printed.
func (c goldenCase) stdoutName(stdout []byte, isDocument bool) string {
	inYAML := func(arg string) bool { return arg == "yaml" || arg == "sam" || arg == "cloudformation" } // of --format and --as
	switch {
	case json.Valid(stdout):
		return c.name + ".json"
	case isDocument || slices.ContainsFunc(c.args, inYAML):
		return c.name + ".yaml"
	}
	return c.name + ".stdout"
}

// own returns the golden files of the case.
func (c goldenCase) own(golden tree) tree {
	own := maps.Clone(golden)
	maps.DeleteFunc(own, func(name string, _ []byte) bool { return caseOf(name) != c.name })
	return own
}

// caseOf returns the case that a golden file is of: its file is called after the case, or
// stands in a directory that is.
func caseOf(name string) string {
	parts := strings.SplitN(name, "/", 4)
	last := min(2, len(parts)-1)
	parts[last], _, _ = strings.Cut(parts[last], ".")
	return path.Join(parts[:last+1]...)
}

// replace puts files into a directory in the place of others.
func replace(t *testing.T, dir string, old, files tree) {
	t.Helper()
	for name := range old {
		if _, ok := files[name]; ok {
			continue
		}
		if err := os.Remove(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			t.Fatal(err)
		}
	}
	writeTree(t, dir, files)
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
