package cmd_test

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/cmd"
	"github.com/apigw-cors/apigw-cors/internal/documents"
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
// What the document does not tell is counted.
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
	const least = 150
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
	var stderr bytes.Buffer
	code := cmd.Run(append([]string{"enable", "--prove"}, append(args, "-")...), cmd.Streams{In: bytes.NewReader(d.Src), Out: io.Discard, Err: &stderr})
	switch text := stderr.String(); {
	case code == 3 && strings.Contains(text, "cannot be proved"):
		t.Errorf("%s:\n%s", d.Path, text)
	case code > 1:
		n["documents refused"]++
	case code == 1 && hasErrorFinding(text):
		n["documents with errors"]++
	case code == 1:
		t.Errorf("%s:\n%s", d.Path, text)
	default:
		n["documents"]++
		n.read(text)
	}
}

// hasErrorFinding reports whether enable has found an error, other than calls that fail.
func hasErrorFinding(text string) bool {
	for line := range strings.Lines(text) {
		if strings.Contains(line, ": error: ") && !strings.Contains(line, " fails: ") && !strings.Contains(line, " succeeds, and the policy ") {
			return true
		}
	}
	return false
}

var numbers = regexp.MustCompile(`(\d+) ([a-z-]+(?: a browser| of strangers)?)`)

// provedKinds begin the lines that say what was proved.
var provedKinds = []string{
	"proved", "not proved, since the document does not tell", "as findings and settings say, calls fail", "as findings say, strangers are let in", "not tried, since no policy says who may call",
}

// read adds up what was proved of a document.
func (n counted) read(text string) {
	for line := range strings.Lines(text) {
		kind, list, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || kind != "proved" && !slices.Contains(provedKinds, kind) {
			continue
		}
		for _, m := range numbers.FindAllStringSubmatch(list, -1) {
			number, _ := strconv.Atoi(m[1])
			n[kind+" "+m[2]] += number
		}
	}
}
