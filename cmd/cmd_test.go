package cmd_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/cmd"
)

// The document of these tests, and one that is refused: its path stands twice.
const (
	good = "openapi: 3.0.1\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    get:\n      responses: {'200': {description: a}}\n      x-amazon-apigateway-integration: {type: http_proxy, httpMethod: GET, uri: 'https://a.example.com'}\n"
	bad  = good + "  /a:\n    get: {}\n"
)

// result is what a run left behind.
type result struct {
	code           int
	stdout, stderr string
}

// run runs a command line in a new directory that holds the files.
func run(t *testing.T, files map[string]string, stdin string, args ...string) result {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	return runHere(stdin, args...)
}

func runHere(stdin string, args ...string) result {
	var stdout, stderr bytes.Buffer
	code := cmd.Run(args, cmd.Streams{In: strings.NewReader(stdin), Out: &stdout, Err: &stderr})
	return result{code, stdout.String(), stderr.String()}
}

func text(t *testing.T, name string) string {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

const app = "--allow-origin=https://app.example.com"

// TestStreams holds where things go and with which code a run ends. Golden files
// hold what they say.
func TestStreams(t *testing.T) {
	for _, tt := range []struct {
		name   string
		files  map[string]string
		stdin  string
		args   []string
		code   int
		stdout string // part of it; "-" for nothing
		stderr string // likewise
		left   string // name of a file that must say what it said
	}{
		{name: "no command", code: 0, stdout: "apigw-cors enable", stderr: "-"},
		{name: "help", args: []string{"--help"}, code: 0, stdout: "Exit codes: 0 done", stderr: "-"},
		{name: "help of a command", args: []string{"enable", "--help"}, code: 0, stdout: "cat openapi.json | apigw-cors enable", stderr: "-"},
		{name: "unknown command", args: []string{"enabel"}, code: 2, stdout: "-", stderr: "enabel"},
		{name: "unknown flag", files: map[string]string{"a.yaml": good}, args: []string{"enable", "--allow-orign=x", "a.yaml"}, code: 2, stdout: "-", stderr: "did you mean --allow-origin?"},
		{name: "flag without value", args: []string{"enable", "--allow-origin"}, code: 2, stdout: "-", stderr: "--allow-origin"},
		{name: "no file", args: []string{"enable", app}, code: 2, stdout: "-", stderr: "no document is named"},
		{name: "set without value", files: map[string]string{"a.yaml": good}, args: []string{"enable", app, "--set", "status", "a.yaml"}, code: 2, stdout: "-", stderr: "KEY=VALUE"},
		{name: "set with a wrong value", files: map[string]string{"a.yaml": good}, args: []string{"enable", app, "--set", "status=201", "a.yaml"}, code: 2, stdout: "-", stderr: "200, 204"},
		{name: "max age that is no number", files: map[string]string{"a.yaml": good}, args: []string{"enable", app, "--max-age", "10m", "a.yaml"}, code: 2, stdout: "-", stderr: `"10m"`},
		{name: "max age out of bounds", files: map[string]string{"a.yaml": good}, args: []string{"enable", app, "--max-age", "86401", "a.yaml"}, code: 2, stdout: "-", stderr: "86400"},
		{name: "all mistakes at once", files: map[string]string{"a.yaml": good}, args: []string{"enable", app, "--set", "status=1", "--set", "x=y", "a.yaml"}, code: 2, stdout: "-", stderr: `"x"`},
		{name: "recursive without resource", files: map[string]string{"a.yaml": good}, args: []string{"enable", app, "--recursive", "a.yaml"}, code: 2, stdout: "-", stderr: "--resource"},
		{name: "stdin to stdout", stdin: good, args: []string{"enable", app, "-"}, code: 0, stdout: "options:", stderr: "stdin: CORS is enabled for 1 resource"},
		{name: "stdin that is refused", stdin: bad, args: []string{"enable", app, "-"}, code: 3, stdout: "-", stderr: "stdin:8:3: error:"},
		{name: "stdin in place", stdin: good, args: []string{"enable", app, "-w", "-"}, code: 2, stdout: "-", stderr: "standard input cannot be written back"},
		{name: "stdin among others", files: map[string]string{"a.yaml": good}, stdin: good, args: []string{"enable", app, "-o", ".", "a.yaml", "-"}, code: 2, stdout: "-", stderr: "standard input", left: "a.yaml"},
		{name: "quiet", files: map[string]string{"a.yaml": good}, args: []string{"enable", app, "-q", "a.yaml"}, code: 0, stdout: "options:", stderr: "-"},
		{name: "verbose", files: map[string]string{"a.yaml": good}, args: []string{"enable", app, "-v", "a.yaml"}, code: 0, stdout: "options:", stderr: "info:"},
		{name: "findings below the threshold", files: map[string]string{"a.yaml": good}, args: []string{"enable", app, "--fail-on=warning", "a.yaml"}, code: 0, stdout: "options:", stderr: "CORS is enabled"},
		{name: "findings at the threshold", files: map[string]string{"a.yaml": good}, args: []string{"enable", app, "--fail-on=info", "a.yaml"}, code: 1, stdout: "options:", stderr: "CORS is enabled"},
		{name: "in place, refused", files: map[string]string{"a.yaml": bad}, args: []string{"enable", app, "-w", "a.yaml"}, code: 3, stdout: "-", stderr: "a.yaml:8:3", left: "a.yaml"},
		{name: "in place and elsewhere", files: map[string]string{"a.yaml": good}, args: []string{"enable", app, "-w", "-o", "b.yaml", "a.yaml"}, code: 2, stdout: "-", stderr: "exclude each other", left: "a.yaml"},
		{name: "output that is the input", files: map[string]string{"a.yaml": good}, args: []string{"enable", app, "-o", "a.yaml", "a.yaml"}, code: 2, stdout: "-", stderr: "--write", left: "a.yaml"},
		{name: "output that is the input by another name", files: map[string]string{"a.yaml": good}, args: []string{"enable", app, "-o", "./a.yaml", "a.yaml"}, code: 2, stdout: "-", stderr: "--write", left: "a.yaml"},
		{name: "output directory of the input", files: map[string]string{"a.yaml": good}, args: []string{"enable", app, "-o", ".", "a.yaml"}, code: 2, stdout: "-", stderr: "--write", left: "a.yaml"},
		{name: "output directory of several inputs", files: map[string]string{"a.yaml": good, "b.yaml": good}, args: []string{"enable", app, "-o", ".", "a.yaml", "b.yaml"}, code: 2, stdout: "-", stderr: "--write", left: "a.yaml"},
		{name: "output without a directory", files: map[string]string{"a.yaml": good}, args: []string{"enable", app, "-o", "none/b.yaml", "a.yaml"}, code: 3, stdout: "-", stderr: "could not be written"},
		{name: "output to stdout", files: map[string]string{"a.yaml": good}, args: []string{"enable", app, "-o", "-", "a.yaml"}, code: 0, stdout: "options:", stderr: "CORS is enabled"},
		{name: "several to stdout", files: map[string]string{"a.yaml": good, "b.yaml": good}, args: []string{"enable", app, "a.yaml", "b.yaml"}, code: 2, stdout: "-", stderr: "--output DIR"},
		{name: "several of one name", files: map[string]string{"a.yaml": good, "x/a.yaml": good, "d/.keep": ""}, args: []string{"enable", app, "-o", "d", "a.yaml", "x/a.yaml"}, code: 2, stdout: "-", stderr: "would both be written", left: "a.yaml"},
		{name: "one of several is refused", files: map[string]string{"a.yaml": good, "b.yaml": bad}, args: []string{"enable", app, "-w", "a.yaml", "b.yaml"}, code: 3, stdout: "-", stderr: "b.yaml:8:3", left: "a.yaml"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := run(t, tt.files, tt.stdin, tt.args...)
			if got.code != tt.code {
				t.Errorf("exit code %d, want %d", got.code, tt.code)
			}
			check(t, "stdout", got.stdout, tt.stdout)
			check(t, "stderr", got.stderr, tt.stderr)
			if tt.left != "" && text(t, tt.left) != tt.files[tt.left] {
				t.Errorf("%s was changed", tt.left)
			}
			for name := range readTree(t, ".") {
				if _, ok := tt.files[name]; !ok {
					t.Errorf("the run left %s behind", name)
				}
			}
			if t.Failed() {
				t.Logf("stdout:\n%s\nstderr:\n%s", got.stdout, got.stderr)
			}
		})
	}
}

func check(t *testing.T, stream, got, want string) {
	t.Helper()
	if want == "-" && got != "" || want != "-" && !strings.Contains(got, want) {
		t.Errorf("%s lacks %q", stream, want)
	}
}

// TestWriteInPlace holds that -w keeps mode and links, and leaves alone what says
// already what it should.
func TestWriteInPlace(t *testing.T) {
	got := run(t, map[string]string{"real/a.yaml": good}, "")
	if err := os.Chmod("real/a.yaml", 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("real/a.yaml", "link.yaml"); err != nil {
		t.Skip("there are no symbolic links here")
	}
	if got = runHere("", "enable", app, "-w", "link.yaml"); got.code != 0 || got.stdout != "" {
		t.Fatalf("%+v", got)
	}
	if info, err := os.Lstat("link.yaml"); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v", err)
	}
	before, err := os.Stat("real/a.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if mode := before.Mode().Perm(); mode != 0o640 && runtime.GOOS != "windows" {
		t.Errorf("the mode is %v, want 0640", mode)
	}
	if !strings.Contains(text(t, "real/a.yaml"), "options:") {
		t.Error("the file was not written")
	}
	if got = runHere("", "enable", app, "-w", "link.yaml"); got.code != 0 || !strings.Contains(got.stderr, "nothing had to change") {
		t.Errorf("%+v", got)
	}
	after, err := os.Stat("real/a.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if !os.SameFile(before, after) || !before.ModTime().Equal(after.ModTime()) {
		t.Error("a file that did not change was written")
	}
	for name := range readTree(t, ".") {
		if name != "real/a.yaml" && name != "link.yaml" {
			t.Errorf("the run left %s behind", name)
		}
	}
}

// TestSeveralFiles holds that several documents are written each to its place,
// with one summary for each, in the order given.
func TestSeveralFiles(t *testing.T) {
	files := map[string]string{"a.yaml": good, "b.yaml": good, "c.yaml": good, "out/.keep": ""}
	got := run(t, files, "", "enable", app, "-o", "out", "c.yaml", "a.yaml", "b.yaml")
	if got.code != 0 || got.stdout != "" {
		t.Fatalf("%+v", got)
	}
	c, a, b := strings.Index(got.stderr, "c.yaml: "), strings.Index(got.stderr, "a.yaml: "), strings.Index(got.stderr, "b.yaml: ")
	if c < 0 || a < c || b < a {
		t.Errorf("the summaries are not in order:\n%s", got.stderr)
	}
	for _, name := range []string{"a.yaml", "b.yaml", "c.yaml"} {
		if text(t, name) != good {
			t.Errorf("%s was changed", name)
		}
		if !strings.Contains(text(t, "out/"+name), "options:") {
			t.Errorf("out/%s is not the document with CORS", name)
		}
	}
	if got = runHere("", "enable", app, "-w", "a.yaml", "b.yaml"); got.code != 0 || text(t, "a.yaml") != text(t, "out/a.yaml") || text(t, "b.yaml") != text(t, "out/b.yaml") {
		t.Errorf("%+v", got)
	}
}

// TestUnwritable holds that a target that cannot be written is an error, and that
// nothing is left behind.
func TestUnwritable(t *testing.T) {
	got := run(t, map[string]string{"d/a.yaml": good}, "")
	if err := os.Chmod("d", 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod("d", 0o755) })
	if f, err := os.Create("d/probe"); err == nil {
		_ = f.Close()
		t.Skip("this user writes everywhere")
	}
	if got = runHere("", "enable", app, "-w", "d/a.yaml"); got.code != 3 || !strings.Contains(got.stderr, "could not be written") || got.stdout != "" {
		t.Errorf("%+v", got)
	}
	if text(t, "d/a.yaml") != good {
		t.Error("the file was changed")
	}
}

// TestBrokenPipe holds that a standard output that takes nothing is an error.
func TestBrokenPipe(t *testing.T) {
	var stderr bytes.Buffer
	code := cmd.Run([]string{"enable", app, "-"}, cmd.Streams{In: strings.NewReader(good), Out: closed{}, Err: &stderr})
	if code != 3 || !strings.Contains(stderr.String(), "could not write to standard output") {
		t.Errorf("exit code %d: %s", code, stderr.String())
	}
}

type closed struct{}

func (closed) Write([]byte) (int, error) { return 0, fs.ErrClosed }
