package velocity

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// recorded is what Apache Velocity 1.7 made of a template: a text and overrides, or
// an error. $input, $context and $stageVariables were maps, as below.
type recorded struct {
	Template string
	Header   []Field
	Text     string
	Set      []Field
	Status   int
	Error    string
}

func (r recorded) input() Input {
	return Input{
		Header:         r.Header,
		Query:          []Field{{"q", "query"}},
		Path:           []Field{{"id", "7"}},
		Body:           "BODY",
		StageVariables: map[string]string{"origin": "https://stage.example.com"},
		Context:        map[string]string{"requestId": "r1", "identity.sourceIp": "1.2.3.4"},
	}
}

// unknown are templates that Velocity renders and this package refuses.
var unknown = map[string]bool{
	"#set($s = 'a.b')#set($p = $s.split('[.]'))$p.size()": true,
}

// TestRecorded holds that templates render as they do under Apache Velocity 1.7. The
// rows were recorded with it.
func TestRecorded(t *testing.T) {
	src, err := os.ReadFile("testdata/velocity-1.7.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows []recorded
	if err := json.Unmarshal(src, &rows); err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		got, err := render(row.Template, row.input())
		var known *Error
		switch {
		case err != nil && !errors.As(err, &known):
			t.Errorf("%q: %v is no Error", row.Template, err)
		case row.Error != "" || unknown[row.Template]:
			if err == nil {
				t.Errorf("%q rendered %q and should be refused", row.Template, got.Text)
			}
		case err != nil:
			t.Errorf("%q: %v", row.Template, err)
		default:
			want := Output{Text: row.Text, Header: row.Set, Status: row.Status}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%q with %v: (-want +got)\n%s", row.Template, row.Header, diff)
			}
		}
	}
}

func render(src string, in Input) (Output, error) {
	tmpl, err := Parse(src)
	if err != nil {
		return Output{}, err
	}
	return tmpl.Render(in)
}

// TestErrors holds where errors are and what they say.
func TestErrors(t *testing.T) {
	for src, want := range map[string]string{
		"#if(true)\na":                      "2:2: the #if does not end",
		"a\n#end":                           "2:1: there is no #if or #foreach that this could belong to",
		"#foreach($a in [1])":               "1:20: the #foreach does not end",
		"#parse('x')":                       "1:1: #parse is not known here",
		"#set($x 1)":                        `1:9: "=" is expected here`,
		"#set(x = 1)":                       "1:6: #set begins with a reference",
		"#set($x = )":                       "1:11: an expression is expected here",
		"$input.path('$.a')":                "1:7: $input.path() is not known here",
		"$util.escapeJavaScript('a')":       "1:1: $util is not known here",
		"#set($input = 1)":                  "1:5: $input cannot be assigned",
		"#set($context.x.y = 1)":            "1:5: $context.x.y cannot be assigned",
		"#set($s = 'a')$s.chars()":          "1:17: .chars() with 0 arguments is not known here",
		"#set($s = 'a')$s.matches('(?=a)')": `1:17: "(?" in a pattern is not known here`,
		"#set($s = 'a')$s.matches('[')":     `1:17: "[" is no pattern that is known here`,
		"#set($context.responseOverride.header.A = 'a')\n#set($context.responseOverride.header.a = 'b')": `2:5: the header "a" is overridden twice, which API Gateway answers with 5XX`,
		"#foreach($i in [1..99999])#foreach($j in [1..99999])a#end#end":                                  "",
		"#set($s = 'aaaaaaaaaa')#foreach($i in [1..99999])#set($s = $s + $s)#end":                        "",
		strings.Repeat("#if(true)", 10000):                                                               "",
		"#if(" + strings.Repeat("(", 10000) + ")":                                                        "",
		"#set($x = " + strings.Repeat("!", 100000) + "true)":                                             "",
	} {
		_, err := render(src, Input{})
		var known *Error
		if !errors.As(err, &known) || want != "" && err.Error() != want {
			t.Errorf("%.60q: got %v, want %s", src, err, want)
		}
	}
}

// FuzzRender holds that no template makes it panic or go on for ever, and that every
// error has a place in the template.
func FuzzRender(f *testing.F) {
	src, err := os.ReadFile("testdata/velocity-1.7.json")
	if err != nil {
		f.Fatal(err)
	}
	var rows []recorded
	if err := json.Unmarshal(src, &rows); err != nil {
		f.Fatal(err)
	}
	for _, row := range rows {
		f.Add(row.Template, "https://app.example.com")
	}
	f.Fuzz(func(t *testing.T, src, origin string) {
		_, err := render(src, Input{Header: []Field{{"Origin", origin}}, Body: "{}"})
		var known *Error
		if errors.As(err, &known) && (known.Line < 1 || known.Line > strings.Count(src, "\n")+1 || known.Column < 1 || known.Message == "") {
			t.Errorf("%q: %v has no place", src, known)
		}
	})
}
