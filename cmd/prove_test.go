package cmd_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/cmd"
	"github.com/apigw-cors/apigw-cors/internal/documents"
	"github.com/apigw-cors/apigw-cors/proof"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
	"github.com/apigw-cors/apigw-cors/transform/finding"
)

// provedWith are the policies and settings with which documents are enabled and proved.
var provedWith = map[string][]string{
	"one":            {"--api", "rest", "--allow-origin", "https://app.example.com"},
	"successes":      {"--api", "rest", "--allow-origin", "https://app.example.com", "--set", "responses=2xx", "--set", "gatewayResponses=none"},
	"several":        {"--api", "rest", "--allow-origin", "https://app.example.com", "--allow-origin", "https://*.example.org", "--allow-credentials", "--set", "addResponseTemplates=true"},
	"any":            {"--api", "rest", "--allow-origin", "*", "--expose-headers", "derived", "--max-age", "600"},
	"without blocks": {"--api", "rest", "--allow-origin", "https://app.example.com", "--set", "blocks=false", "--set", "status=204"},
	"stage variable": {"--api", "rest", "--allow-origin", "stageVariables.origin"},
	"replaced":       {"--api", "rest", "--allow-origin", "https://app.example.com", "--existing", "replace-any"},
	"completed":      {"--api", "rest", "--allow-origin", "https://app.example.com", "--existing", "complete"},
	"http":           {"--api", "http", "--allow-origin", "https://app.example.com", "--allow-credentials"},
}

// TestEnabledIsProved holds that what enable writes without an error lets in whom it should,
// and nobody else: over the documents of the project, and over others that stand beside it.
// What comes of them is counted.
func TestEnabledIsProved(t *testing.T) {
	for kind, docs := range map[string][]documents.Document{"own": documents.Own(t), "real": documents.Real(t)} {
		if len(docs) == 0 {
			continue
		}
		for name, args := range provedWith {
			t.Run(kind+" "+name, func(t *testing.T) {
				t.Parallel()
				n := counted{}
				for _, d := range docs {
					n.prove(t, d, args)
				}
				t.Log(n)
				if !testing.Short() {
					n.enough(t, name)
				}
			})
		}
	}
}

// enough holds that calls were tried, and that some of each kind are proved.
func (n counted) enough(t *testing.T, name string) {
	t.Helper()
	const least = 100
	allowed := n["proved call a browser"] + n["proved calls a browser"]
	strangers := n["proved calls of strangers"]
	switch name {
	case "stage variable": // whose value is not given
		allowed, strangers = least, least
	case "any": // nobody is a stranger
		strangers = least
	}
	if allowed < least || strangers < least {
		t.Errorf("%d calls and %d of strangers are too few", allowed, strangers)
	}
}

// counted says how many calls became what.
type counted map[string]int

func (n counted) String() string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(n)) {
		parts = append(parts, fmt.Sprintf("%d %s", n[name], name))
	}
	return strings.Join(parts, ", ")
}

// prove enables a document, of which standard error tells what was proved.
func (n counted) prove(t *testing.T, d documents.Document, args []string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := cmd.Run(append([]string{"enable", "--prove"}, append(args, "-")...), cmd.Streams{In: bytes.NewReader(d.Src), Out: &stdout, Err: &stderr})
	text := stderr.String()
	if code != 0 && stdout.Len() > 0 {
		t.Errorf("%s: exits with %d and writes", d.Path, code)
	}
	switch {
	case code == 3 && strings.Contains(text, "cannot be proved"):
		t.Errorf("%s:\n%s", d.Path, text)
	case code > 1:
		n["documents refused"]++
	case code == 1 && hasErrorFinding(text):
		n["documents with errors"]++
	case code == 1 && isOfTheDocument(text):
		n["documents of which not all is proved"]++
	case code == 1:
		t.Errorf("%s:\n%s", d.Path, text)
	case strings.Contains(text, "nothing to prove"):
		n["documents in which nothing is enabled"]++
	default:
		n["documents"]++
		n.read(text)
		checkProved(t, d, stdout.Bytes(), text, args)
	}
}

// checkProved holds the law that --prove promises, without the code that judges there: in a
// document that was written, each request of an allowed origin succeeds with a response of its
// method, and each one of a disallowed origin is refused, but for operations that are listed.
func checkProved(t *testing.T, d documents.Document, output []byte, stderr string, args []string) {
	t.Helper()
	api, err := gateway.Read(output, gateway.Options{APIType: gateway.APIType(args[1])})
	if err != nil {
		t.Errorf("%s: %v", d.Path, err)
		return
	}
	for c := range proof.All(context.Background(), api, nil, nil) {
		isListed := strings.Contains(stderr, "\n    "+finding.Plain(c.Operation.Method+" "+c.Operation.Resource)+" (")
		switch {
		case isListed, c.Unknown != nil && c.Unknown.Reason == gateway.ReasonNoPolicy:
		case c.Disallowed && c.Outcome == proof.Refused:
		case !c.Disallowed && c.Outcome == proof.Allowed && c.Actual.Response.Error == nil:
		default:
			t.Errorf("%s: exits with 0, and %s from %s is %s by %+v\n%s", d.Path, c.Operation.Pointer, c.Request.Origin, c.Outcome, c.Verdict, stderr)
		}
	}
}

// isOfTheDocument reports whether all that fails is what the document has beside CORS, or what an
// option leaves out: the import fails, API Gateway itself responds with an error, the document
// does not tell, or findings say of each request why it fails.
func isOfTheDocument(text string) bool {
	lines := strings.Split(text, "\n")
	for i, line := range lines[:len(lines)-1] {
		if isRefused.MatchString(line) && !strings.Contains(lines[i+1], "--set responses=") {
			return false
		}
	}
	return true
}

// isRefused matches what is said of a request that a browser refuses, and of one that it does not.
var isRefused = regexp.MustCompile(`: error: \S+ \S+ from \S+ (fails: |succeeds, )`)

// partsOfProof are parts of the messages about what is not proved.
var partsOfProof = []string{
	" fails: ", " succeeds, and the policy ", "the import fails: ", "the import is reported to fail: ", "the import as an HTTP API fails: ",
	" fails at run time: ", " is not proved: ", "no request of an allowed origin is proved",
}

// hasErrorFinding reports whether enable has found an error, other than calls that fail.
func hasErrorFinding(text string) bool {
	for line := range strings.Lines(text) {
		_, message, isError := strings.Cut(line, ": error: ")
		isOfProof := func(part string) bool { return strings.Contains(message, part) }
		if isError && !slices.ContainsFunc(partsOfProof, isOfProof) {
			return true
		}
	}
	return false
}

var numbers = regexp.MustCompile(`(\d+) ([a-z-]+(?: a browser| of strangers)?)`)

// provedKinds begin the lines that say what was proved.
var provedKinds = []string{"proved", "not tried, since no policy says who may call"}

// read adds up what was proved of a document.
func (n counted) read(text string) {
	for line := range strings.Lines(text) {
		kind, list, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || !slices.Contains(provedKinds, kind) {
			continue
		}
		for _, m := range numbers.FindAllStringSubmatch(list, -1) {
			number, _ := strconv.Atoi(m[1])
			n[kind+" "+m[2]] += number
		}
	}
}
