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
	Template       string
	Header         []Field
	MissingIsEmpty bool // the maps of $input.params() gave "" for what they have not

	Text          string
	Set           []Field
	RequestHeader []Field
	RequestQuery  []Field
	RequestPath   []Field
	Status        int
	Error         string // the kind of exception
}

func (r recorded) input() Input {
	return Input{
		Header:         r.Header,
		Query:          []Field{{"q", "query"}},
		Path:           []Field{{"id", "7"}},
		Body:           "BODY",
		StageVariables: map[string]string{"origin": "https://stage.example.com"},
		Context:        map[string]string{"requestId": "r1", "identity.sourceIp": "1.2.3.4"},
		MissingIsEmpty: r.MissingIsEmpty,
	}
}

func (r recorded) output() Output {
	return Output{
		Text:    r.Text,
		Header:  r.Set,
		Status:  r.Status,
		Request: RequestOverrides{r.RequestHeader, r.RequestQuery, r.RequestPath},
	}
}

// rows reads what was recorded: templates written by hand, and templates put together
// at random.
func rows(t testing.TB) []recorded {
	t.Helper()
	var all []recorded
	for _, name := range []string{"testdata/velocity-1.7.json", "testdata/velocity-1.7-generated.json"} {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var some []recorded
		if err := json.Unmarshal(src, &some); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all = append(all, some...)
	}
	return all
}

// TestRecorded holds that templates render as they do under Apache Velocity 1.7, and
// that those are refused of which it makes an exception. The rows were recorded with
// it, and testdata/record/record.sh checks them against it.
func TestRecorded(t *testing.T) {
	for _, row := range rows(t) {
		got, err := render(row.Template, row.input())
		var known *Error
		switch {
		case err != nil && !errors.As(err, &known):
			t.Errorf("%q: %v is no Error", row.Template, err)
		case row.Error != "":
			if err == nil {
				t.Errorf("%q rendered %q and should be refused: %s", row.Template, got.Text, row.Error)
			}
		case err != nil:
			t.Errorf("%q: %v", row.Template, err)
		default:
			if diff := cmp.Diff(row.output(), got); diff != "" {
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
		"#if(true)\na":                   "2:2: the #if does not end",
		"a\n#end":                        "2:1: there is no #if or #foreach that this could belong to",
		"#foreach($a in [1])":            "1:20: the #foreach does not end",
		"#if(true)#else#else#end":        "1:20: nothing but #end may follow #else",
		"#parse('x')":                    "1:1: #parse is not known here",
		"#mine('x')":                     `1:1: the macro "#mine" is not known here`,
		"#break":                         "1:1: #break is known here within #foreach",
		"#foreach($a in [1])$foreach":    "1:28: the #foreach does not end",
		"a #* b":                         "1:3: the comment does not end",
		"a\xff":                          "1:1: the template is not UTF-8",
		"a$":                             "1:2: a dollar sign cannot be the last character",
		"a#":                             "1:2: a hash cannot be the last character",
		`\$x`:                            "1:1: escapes are not known here",
		"#set($x 1)":                     `1:9: "=" is expected here`,
		"#set(x = 1)":                    "1:6: #set begins with a reference",
		"#set($!x = 1)":                  `1:9: "$!x" cannot be assigned: write $x`,
		"#set($x = )":                    "1:11: an expression is expected here",
		"#set($x = 1.5)":                 "1:11: only whole numbers are known here",
		"#set($x = 5-2)":                 "1:12: a blank is needed behind the minus",
		"#set($x = {'a': 'b'})":          "1:11: an expression is expected here",
		"#set($x = ['a' + 'b'])":         `1:16: "]" is expected here`,
		"#set($x = 'it''s')":             "1:15: quotes within a text are not known here",
		"#set($x = \"a## b\")":           "1:13: a comment within a text is not known here",
		"$input.path('$.a')":             "1:7: $input.path() is not known here",
		"$input.json('$.a')":             "1:7: $input.json() is not known here",
		"$util.escapeJavaScript('a')":    "1:1: $util is not known here",
		"#set($input = 1)":               "1:5: $input cannot be assigned",
		"#set($context.x.y = 1)":         "1:5: $context.x.y cannot be assigned",
		"$context.responseOverride.x":    "1:9: an override is assigned, and not read",
		"$x{":                            `1:3: braces are needed: "$x" is followed by "{"`,
		"$x.trim()px":                    `1:10: braces are needed: "$x.trim()" is followed by "px"`,
		"#set($s = 'a')$s.chars()":       "1:17: .chars() with 0 arguments is not known here",
		"#set($s = 'a')$s.substring(2)":  "1:17: .substring() is out of bounds",
		"#set($s = 'é')$s.toUpperCase()": "1:18: .toUpperCase() is known here with ASCII letters",
		"#set($s = '😀')$s.length()":      "1:20: .length() is known here with letters up to U+FFFF",
		"#set($s = 'a,b')$s.split(',')":  "1:17: it is not known what this renders as",
		"#set($l = [1])$l.get(1)":        "1:17: the list has no such item",
		"#set($context.responseOverride.header.A = 'a')\n#set($context.responseOverride.header.a = 'b')": `2:5: the header "a" is overridden twice, which API Gateway answers with 5XX`,
		"#set($context.responseOverride.status = 200)#set($context.responseOverride.status = 204)":       "1:49: the status is overridden twice, which API Gateway answers with 5XX",
		"#set($context.requestOverride.path.a = 'a')#set($context.requestOverride.path['a'] = 'b')":      `1:48: the path "a" is overridden twice, which API Gateway answers with 5XX`,
	} {
		_, err := render(src, Input{})
		var known *Error
		if !errors.As(err, &known) || err.Error() != want {
			t.Errorf("%q: got %v, want %s", src, err, want)
		}
	}
}

// TestPatternErrors holds which patterns of Java are refused: those that Go has not,
// or reads in another way.
func TestPatternErrors(t *testing.T) {
	for pattern, want := range map[string]string{
		"(?=a)":   `"(?" in a pattern is not known here`,
		"(?i)a":   `"(?" in a pattern is not known here`,
		"a++":     `"++" in a pattern is not known here`,
		"a{,2}":   `"{,2}" in a pattern is not known here`,
		`\bA`:     `"\\b" in a pattern is not known here`,
		`(a)\1`:   `"\\1" in a pattern is not known here`,
		"[a[b]]":  `"[[b]]" in a pattern is not known here`,
		"[a&&b]":  `"[&&b]" in a pattern is not known here`,
		"[]a]":    `"[]a]" in a pattern is not known here`,
		"[":       `"[" in a pattern is not known here`,
		"a$b":     `"$" in a pattern is not known here`,
		")(":      `")(" is no pattern that is known here`,
		"a{2000}": `"a{2000}" is no pattern that is known here`,
	} {
		_, err := compilePattern(pattern, true)
		if err == nil || err.Error() != want {
			t.Errorf("%q: got %v, want %s", pattern, err, want)
		}
	}
}

// TestBounds holds that templates which would take for ever, or all memory, are
// refused.
func TestBounds(t *testing.T) {
	double := "#set($s = 'aaaaaaaaaa')#set($l = [1])#foreach($i in [1..60])%#end"
	for name, src := range map[string]string{
		"loops in loops":        "#foreach($i in [1..99999])#foreach($j in [1..99999])a#end#end",
		"a long range":          "#set($x = [1..2147483647])",
		"texts that double":     strings.ReplaceAll(double, "%", "#set($s = $s + $s)"),
		"quoted texts":          strings.ReplaceAll(double, "%", `#set($s = "$s$s")`),
		"replacements":          strings.ReplaceAll(double, "%", "#set($s = $s.replace('a', 'aa'))"),
		"replaced patterns":     strings.ReplaceAll(double, "%", "#set($s = $s.replaceAll('a', 'aa'))"),
		"lists in lists":        strings.ReplaceAll(double, "%", "#set($l = [$l, $l])") + "$l",
		"comparisons of lists":  strings.ReplaceAll(double, "%", "#set($l = [$l, $l])#set($m = [$m, $m])#if($l == $m)a#end"),
		"patterns":              "#set($s = 'aaaaaaaaaa')#foreach($i in [1..99999])#if($s.matches('(((a{1,9}){1,9}){1,9})*b'))a#end#end",
		"conditions in #if":     strings.Repeat("#if(true)", 10_000),
		"parentheses":           "#if(" + strings.Repeat("(", 10_000) + ")",
		"lists":                 "#set($x = " + strings.Repeat("[", 10_000) + ")",
		"arguments":             strings.Repeat("$a.b(", 10_000),
		"exclamation marks":     "#set($x = " + strings.Repeat("!", 100_000) + "true)",
		"texts in texts":        "#set($x = " + strings.Repeat(`"$a.b(`, 10_000) + ")",
		"more than API Gateway": strings.Repeat("a", maxTemplate+1),
	} {
		_, err := render(src, Input{})
		var known *Error
		if !errors.As(err, &known) {
			t.Errorf("%s: got %v, want an error with its place", name, err)
		}
	}
}

// FuzzParse holds that no template makes it panic or go on for ever, and that every
// error has a place in the template.
func FuzzParse(f *testing.F) {
	for _, row := range rows(f) {
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
