package cmd

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/apigw-cors/apigw-cors/proof/gateway"
	"github.com/apigw-cors/apigw-cors/transform"
)

const readmeFile = "../README.md"

// TestReadmeCommands runs the commands of README.md and compares what each prints,
// on both streams, with what stands below it. A line "…" stands for any lines.
func TestReadmeCommands(t *testing.T) {
	sh := newShell(t)
	blocks := fenced(t, "console")
	if len(blocks) == 0 {
		t.Fatal("README.md shows no command")
	}
	for _, block := range blocks {
		dir := workingDirectory(t)
		for _, ex := range examples(t, block) {
			// The tests would run themselves; .ci/run runs this one.
			if ex.command == "go test ./..." {
				continue
			}
			// A failure shows in what is printed; diff fails when it finds a difference.
			out, _ := sh.run(dir, ex.command)
			if !matches(ex.output, slices.Collect(strings.Lines(out))) {
				t.Errorf("$ %s\nprints\n%s\nand README.md says\n%s", ex.command, out, strings.Join(ex.output, ""))
			}
		}
	}
}

// TestReadmeShowsNoOtherShell holds that every shell example is one that is run.
func TestReadmeShowsNoOtherShell(t *testing.T) {
	for _, fence := range regexp.MustCompile("(?m)^```([a-z]+)").FindAllStringSubmatch(readFile(t, readmeFile), -1) {
		if !slices.Contains([]string{"console", "go", "yaml", "vtl"}, fence[1]) {
			t.Errorf("README.md has a block of %s, which no test looks at", fence[1])
		}
	}
}

// TestReadmeProgram holds that the Go code of README.md is code that is compiled
// and run as an example of its package.
func TestReadmeProgram(t *testing.T) {
	example := readFile(t, "../transform/example_test.go")
	for _, block := range fenced(t, "go") {
		if !strings.Contains(example, block) {
			t.Errorf("transform/example_test.go lacks this code of README.md:\n%s", block)
		}
	}
}

// TestReadmeFlags holds that the flags named in README.md exist. Lines that begin with
// one are those of other commands, as they are printed.
func TestReadmeFlags(t *testing.T) {
	known := map[string]bool{}
	for _, c := range commands(newRoot(Streams{})) {
		c.Flags().VisitAll(func(f *pflag.Flag) { known["--"+f.Name] = true })
	}
	own := regexp.MustCompile(`(?m)^  --.*$`).ReplaceAllString(readFile(t, readmeFile), "")
	for _, name := range regexp.MustCompile(`--[a-z][a-z-]*`).FindAllString(own, -1) {
		if !known[name] {
			t.Errorf("README.md names the flag %s, which no command has", name)
		}
	}
}

// TestReadmeAssumptions holds that README.md lists what the proof assumes.
func TestReadmeAssumptions(t *testing.T) {
	var want strings.Builder
	for _, r := range gateway.Assumptions() {
		fmt.Fprintf(&want, "| `%s` | %s |\n", r.ID, r.Does)
	}
	if !strings.Contains(readFile(t, readmeFile), "|---|---|\n"+want.String()+"\n") {
		t.Errorf("README.md does not have this table:\n%s", want.String())
	}
}

// TestHelpExamples runs the examples of every command's help.
func TestHelpExamples(t *testing.T) {
	sh := newShell(t)
	for _, c := range commands(newRoot(Streams{})) {
		for line := range strings.Lines(c.Long + "\n" + c.Example) {
			command := strings.TrimSpace(line)
			if !strings.HasPrefix(line, "  ") || !strings.Contains(command, "apigw-cors ") {
				continue
			}
			dir := workingDirectory(t)
			if !strings.Contains(command, "config init") { // which starts one
				addPolicyFiles(t, dir)
			}
			if out, err := sh.run(dir, command); err != nil {
				t.Errorf("%s --help: %s: %v\n%s", c.CommandPath(), command, err, out)
			}
		}
	}
}

func commands(c *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{c}
	for _, sub := range c.Commands() {
		all = append(all, commands(sub)...)
	}
	return all
}

// shell runs commands of which apigw-cors is one.
type shell struct {
	path string
	bin  string
}

func newShell(t *testing.T) shell {
	t.Helper()
	sh := shell{bin: t.TempDir()}
	for _, tool := range []string{"sh", "diff"} {
		found, err := exec.LookPath(tool)
		if err != nil {
			t.Skipf("the examples need %s", tool)
		}
		if tool == "sh" {
			sh.path = found
		}
	}
	name := filepath.Join(sh.bin, "apigw-cors")
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	if out, err := exec.Command("go", "build", "-o", name, "./apigw-cors").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return sh
}

// run runs a line and returns what it prints on both streams.
func (sh shell) run(dir, line string) (string, error) {
	line = strings.ReplaceAll(line, "go run ./cmd/apigw-cors", "apigw-cors")
	c := exec.Command(sh.path, "-c", line)
	c.Dir = dir
	c.Env = append(os.Environ(), "LC_ALL=C", "PATH="+sh.bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	out, err := c.CombinedOutput()
	return string(out), err
}

// workingDirectory returns a directory that has testdata, as the repository does,
// and the documents that examples name.
func workingDirectory(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, source := range map[string]string{
		"openapi.yaml":                          "../testdata/enable/petstore/openapi.yaml",
		"openapi.json":                          "../testdata/enable/json-layout/console-style.json",
		"http.yaml":                             "../testdata/enable/http-default-route/guide.yaml",
		"testdata/enable/petstore/openapi.yaml": "../testdata/enable/petstore/openapi.yaml",
	} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(readFile(t, source)), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// addPolicyFiles adds the policy files that examples name.
func addPolicyFiles(t *testing.T, dir string) {
	t.Helper()
	for _, name := range []string{"apigw-cors.yaml", "policies/apigw-cors.yaml"} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(readmePolicyFile(t)), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// readmePolicyFile returns the policy file that README.md shows.
func readmePolicyFile(t *testing.T) string {
	t.Helper()
	blocks := fenced(t, "yaml")
	if len(blocks) != 1 {
		t.Fatalf("README.md shows %d policy files, not one", len(blocks))
	}
	return blocks[0]
}

// TestReadmePolicyFile holds that the policy file of README.md is one.
func TestReadmePolicyFile(t *testing.T) {
	if _, err := transform.ReadConfig("README.md", []byte(readmePolicyFile(t))); err != nil {
		t.Error(err)
	}
}

// TestReadmeTemplate holds that the template of README.md is one that is put in front
// of an author's.
func TestReadmeTemplate(t *testing.T) {
	const generatedFile = "../golden/enable/several-origins/with-credentials.yaml"
	generated := readFile(t, generatedFile)
	for _, block := range fenced(t, "vtl") {
		indented := "                " + strings.ReplaceAll(strings.TrimSpace(block), "\n", "\n                ") + "\n"
		if !strings.Contains(generated, indented) {
			t.Errorf("%s lacks these lines of README.md:\n%s", generatedFile, block)
		}
	}
}

// fenced returns the blocks of README.md that are in a language.
func fenced(t *testing.T, language string) []string {
	t.Helper()
	var blocks []string
	for _, m := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```$").FindAllStringSubmatch(readFile(t, readmeFile), -1) {
		blocks = append(blocks, m[1])
	}
	return blocks
}

// example is a command and what stands below it.
type example struct {
	command string
	output  []string
}

func examples(t *testing.T, block string) []example {
	t.Helper()
	var all []example
	for line := range strings.Lines(block) {
		command, isCommand := strings.CutPrefix(line, "$ ")
		switch {
		case isCommand:
			all = append(all, example{command: strings.TrimSpace(command)})
		case len(all) == 0:
			t.Fatalf("output without a command: %s", line)
		default:
			last := &all[len(all)-1]
			last.output = append(last.output, line)
		}
	}
	return all
}

// matches reports whether lines are those wanted, where "…" is any number of them.
func matches(want, got []string) bool {
	switch {
	case len(want) == 0:
		return len(got) == 0
	case want[0] == "…\n":
		return matches(want[1:], got) || len(got) > 0 && matches(want, got[1:])
	}
	return len(got) > 0 && got[0] == want[0] && matches(want[1:], got[1:])
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
