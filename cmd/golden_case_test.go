package cmd_test

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
)

// goldenCase is one case of a subject, as testdata/README.md describes them.
type goldenCase struct {
	name  string // command/subject/case
	about string
	files tree // of its working directory, before the run
	args  []string
	stdin string // the file that standard input reads
}

// input is the name of the document that the case is about.
func (c goldenCase) input() string {
	if last := c.args[len(c.args)-1]; last != "-" {
		return last
	}
	return c.stdin
}

const argsFile = ".args"

// goldenCases reads the cases of all subjects.
func goldenCases(testdata tree) ([]goldenCase, error) {
	var cases []goldenCase
	withCases := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(testdata)) {
		if path.Ext(name) != argsFile {
			continue
		}
		c, err := readCase(testdata, strings.TrimSuffix(name, argsFile))
		if err != nil {
			return nil, fmt.Errorf("testdata/%s: %w", name, err)
		}
		cases = append(cases, c)
		withCases[path.Dir(name)] = true
	}
	for name := range testdata {
		if subject := subjectOf(name); name != "README.md" && !withCases[subject] {
			return nil, fmt.Errorf("testdata/%s: its subject %s has no case", name, subject)
		}
	}
	return cases, nil
}

// subjectOf returns the directory of a file's subject, command/subject.
func subjectOf(name string) string {
	parts := strings.SplitN(name, "/", 3)
	return path.Join(parts[:len(parts)-1]...)
}

func readCase(testdata tree, name string) (goldenCase, error) {
	c := goldenCase{name: name, files: tree{}}
	subject := path.Dir(name)
	if strings.Count(name, "/") != 2 || strings.Contains(path.Base(name), ".") {
		return c, fmt.Errorf("a case is command/subject/case%s, and the name of the case has no dot", argsFile)
	}
	for file, data := range testdata {
		if rel, ok := strings.CutPrefix(file, subject+"/"); ok && path.Ext(rel) != argsFile {
			c.files[rel] = data
		}
	}
	head, args := splitArgs(testdata[name+argsFile])
	if len(head) == 0 || len(args) == 0 || strings.HasPrefix(head[0], "input:") || strings.HasPrefix(head[0], "stdin:") {
		return c, fmt.Errorf("it must open with a line that says what it is about, # and the text, and have arguments below")
	}
	c.about, c.args = head[0], args
	for _, line := range head[1:] {
		if err := c.readHead(testdata, subject, line); err != nil {
			return c, err
		}
	}
	if _, ok := c.files[c.stdin]; c.stdin != "" && !ok {
		return c, fmt.Errorf("there is no %s for standard input", c.stdin)
	}
	return c, nil
}

// splitArgs returns the lines of a case that open with #, without it, and its arguments.
func splitArgs(text []byte) (head, args []string) {
	args = strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	for len(args) > 0 {
		line, ok := strings.CutPrefix(args[0], "# ")
		if !ok {
			break
		}
		head, args = append(head, line), args[1:]
	}
	return head, args
}

// readHead reads a line that says which files a case has beside those of its subject, or
// which of them standard input reads.
func (c *goldenCase) readHead(testdata tree, subject, line string) error {
	kind, value, _ := strings.Cut(line, ": ")
	switch kind {
	case "input":
		from, to, renamed := strings.Cut(value, " as ")
		if !renamed {
			to = path.Base(from)
		}
		data, ok := testdata[path.Join(subject, from)]
		if !ok {
			return fmt.Errorf("%q: there is no such file", line)
		}
		if _, taken := c.files[to]; taken {
			return fmt.Errorf("%q: the subject has a file %s of its own", line, to)
		}
		c.files[to] = data
	case "stdin":
		c.stdin = value
	default:
		return fmt.Errorf("%q is neither input: nor stdin:", line)
	}
	return nil
}

// TestInputsStandOnce holds that no two files of testdata have the same text, and that each
// is of use: a reader of a case has nothing to compare.
func TestInputsStandOnce(t *testing.T) {
	files := readTree(t, "../testdata")
	cases, err := goldenCases(files)
	if err != nil {
		t.Fatal(err)
	}
	same := map[[sha256.Size]byte]string{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		sum := sha256.Sum256(files[name])
		if other, ok := same[sum]; ok {
			t.Errorf("%s is %s again; a line # input: brings it to the cases that need it", name, other)
		}
		same[sum] = name
		if path.Ext(name) != argsFile && name != "README.md" && !used(files, cases, name) {
			t.Errorf("no case needs %s", name)
		}
	}
}

// used reports whether some case names a file, or a directory that it is in. The policy file
// needs no naming: commands find it.
func used(files tree, cases []goldenCase, name string) bool {
	if path.Base(name) == "apigw-cors.yaml" {
		return true
	}
	return slices.ContainsFunc(cases, func(c goldenCase) bool {
		head, args := splitArgs(files[c.name+argsFile])
		for _, line := range slices.Concat(head, args) {
			line, _, _ = strings.Cut(strings.TrimPrefix(strings.TrimPrefix(line, "stdin: "), "input: "), " as ")
			named := path.Join(path.Dir(c.name), line)
			if named == name || strings.HasPrefix(name, named+"/") {
				return true
			}
		}
		return false
	})
}

// TestWrongCasesAreRefused holds that a case which nobody could read, or which would run
// without what it asks for, is not run.
func TestWrongCasesAreRefused(t *testing.T) {
	for name, testdata := range map[string]tree{
		"without a first line":      {"enable/pets/a.args": []byte("enable\npets.yaml\n")},
		"with an input for a title": {"enable/pets/a.args": []byte("# input: b.yaml as c.yaml\nenable\n"), "enable/pets/b.yaml": nil},
		"without arguments":         {"enable/pets/a.args": []byte("# about pets\n")},
		"with an unknown line":      {"enable/pets/a.args": []byte("# about pets\n# exit: 1\nenable\n")},
		"with a missing input":      {"enable/pets/a.args": []byte("# about pets\n# input: ../cats/a.yaml\nenable\n")},
		"with an input over a file": {"enable/pets/a.args": []byte("# about pets\n# input: b.yaml as c.yaml\nenable\n"), "enable/pets/b.yaml": nil, "enable/pets/c.yaml": nil},
		"with a missing stdin":      {"enable/pets/a.args": []byte("# about pets\n# stdin: b.yaml\nenable\n-\n")},
		"with a dot in its name":    {"enable/pets/a.b.args": []byte("# about pets\nenable\n")},
		"without a subject":         {"enable/a.args": []byte("# about pets\nenable\n")},
		"without a case":            {"enable/pets/openapi.yaml": nil},
	} {
		if cases, err := goldenCases(testdata); err == nil {
			t.Errorf("a subject %s is read as %+v", name, cases)
		}
	}
}
