package report_test

import (
	"encoding/json"
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/policy"
	"github.com/apigw-cors/apigw-cors/transform/report"
)

// asked are the origins that each snippet is asked about; nobody sends the empty one.
var asked = []string{
	"https://app.example.com", "https://a.example.org", "https://example.org", "https://a.b.example.org", "https://aXexample.org",
	"https://app.example.com.evil.net", "https://evil.net/https://app.example.com", "null", "https://app.example.com\n", "",
}

// snippetCases are policies and the origins of those that they let in.
var snippetCases = []struct {
	name   string
	policy policy.Policy
	in     []string // nil: a fixed header
	fixed  map[string]string
	more   map[string]string // beside the origin
}{
	{
		name: "fixed", policy: policy.Policy{AllowOrigins: policy.Literal([]string{"https://app.example.com"}), AllowCredentials: policy.Literal(true)},
		fixed: map[string]string{"Access-Control-Allow-Origin": "https://app.example.com", "Access-Control-Allow-Credentials": "true"},
	},
	{
		name: "star", policy: policy.Policy{AllowOrigins: policy.Literal([]string{"*"}), ExposeHeaders: policy.Literal([]string{"X-A", "x$b"})},
		fixed: map[string]string{"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "X-A,x$b"},
	},
	{
		name: "several", policy: policy.Policy{
			AllowOrigins: policy.Literal([]string{"https://app.example.com", "https://*.example.org"}), AllowCredentials: policy.Literal(true),
			ExposeHeaders: policy.Literal([]string{"X-A"}),
		},
		in:   []string{"https://app.example.com", "https://a.example.org"},
		more: map[string]string{"Access-Control-Allow-Credentials": "true", "Access-Control-Expose-Headers": "X-A"},
	},
	{
		name: "two", policy: policy.Policy{AllowOrigins: policy.Literal([]string{"https://app.example.com", "https://b.example.com"})},
		in: []string{"https://app.example.com"},
	},
}

// A runner runs a snippet with the origins that it is asked about, and prints what it
// answers, a JSON object on each line.
type runner struct {
	form    report.Form
	tools   []string
	file    string
	files   map[string]string
	command []string
}

var runners = []runner{
	{report.Node, []string{"node"}, "snippet.js", map[string]string{
		"run.js": "const fs = require('fs');\neval(fs.readFileSync('snippet.js', 'utf8') + `\nfor (const o of JSON.parse(process.argv[2])) console.log(JSON.stringify(corsHeaders({ headers: { origin: o } })));`);\n",
	}, []string{"node", "run.js"}},
	{report.Python, []string{"python3"}, "snippet.py", map[string]string{
		"run.py": "import json, sys\nfrom snippet import cors_headers\nfor o in json.loads(sys.argv[1]):\n    print(json.dumps(cors_headers({'headers': {'Origin': o}})))\n",
	}, []string{"python3", "run.py"}},
	{report.Go, []string{"go"}, "snippet.go", map[string]string{
		"go.mod":  "module snippet\n\ngo 1.26\n",
		"main.go": "package main\n\nimport (\n\t\"encoding/json\"\n\t\"fmt\"\n\t\"os\"\n)\n\nfunc main() {\n\tvar list []string\n\tjson.Unmarshal([]byte(os.Args[1]), &list)\n\tfor _, o := range list {\n\t\ttext, _ := json.Marshal(corsHeaders(map[string]string{\"origin\": o}))\n\t\tfmt.Println(string(text))\n\t}\n}\n",
	}, []string{"go", "run", "."}},
	{report.Java, []string{"java", "javac"}, "Cors.java", map[string]string{
		"Run.java": "import java.util.*;\n\nclass Run {\n  public static void main(String[] args) {\n    for (String o : args) {\n      StringJoiner out = new StringJoiner(\",\", \"{\", \"}\");\n      Cors.headers(Map.of(\"origin\", o)).forEach((k, v) -> out.add(\"\\\"\" + k + \"\\\":\\\"\" + v.replace(\"\\n\", \"\\\\n\") + \"\\\"\"));\n      System.out.println(out);\n    }\n  }\n}\n",
	}, []string{"sh", "-c", "javac Cors.java Run.java && java Run \"$@\"", "sh"}},
}

// TestSnippets runs the code of each language, where it is installed, and holds that it
// answers each origin as API Gateway would.
func TestSnippets(t *testing.T) {
	src, err := os.ReadFile("../../testdata/enable/petstore/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range snippetCases {
		doc, err := transform.Parse("openapi.yaml", src)
		if err != nil {
			t.Fatal(err)
		}
		enabled, err := transform.Enable(doc, c.policy, transform.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range runners {
			t.Run(c.name+"/"+string(r.form), func(t *testing.T) {
				t.Parallel()
				text := export(t, r.form, enabled.Output, transform.REST, "")
				if formatted, err := format.Source([]byte(text)); r.form == report.Go && (err != nil || string(formatted) != text) {
					t.Errorf("gofmt would write it in another way (%v):\n%s", err, text)
				}
				for i, got := range r.run(t, text) {
					want := c.fixed
					if want == nil {
						want = map[string]string{"Vary": "Origin"}
						for _, in := range c.in {
							if asked[i] == in {
								want["Access-Control-Allow-Origin"] = in
								for name, value := range c.more {
									want[name] = value
								}
							}
						}
					}
					if d := gocmp.Diff(want, got); d != "" {
						t.Errorf("%q (-want +got):\n%s\n%s", asked[i], d, text)
					}
				}
			})
		}
	}
}

func (r runner) run(t *testing.T, text string) []map[string]string {
	t.Helper()
	for _, tool := range r.tools {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed", tool)
		}
	}
	dir := t.TempDir()
	files := map[string]string{r.file: text}
	for name, content := range r.files {
		files[name] = content
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	args := asked
	if r.form != report.Java {
		list, err := json.Marshal(asked)
		if err != nil {
			t.Fatal(err)
		}
		args = []string{string(list)}
	}
	c := exec.Command(r.command[0], append(r.command[1:], args...)...)
	c.Dir = dir
	c.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "PYTHONDONTWRITEBYTECODE=1")
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s\n%s", err, out, text)
	}
	var got []map[string]string
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		var one map[string]string
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		got = append(got, one)
	}
	if len(got) != len(asked) {
		t.Fatalf("%d answers to %d origins", len(got), len(asked))
	}
	return got
}
