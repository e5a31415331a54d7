package transform_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// BenchmarkEnable enables CORS for all of a large document, from its bytes to
// those of the result. The documents hold the same API.
func BenchmarkEnable(b *testing.B) {
	api := largeAPI(2000)
	p := policy.Policy{AllowOrigins: policy.Origins("https://app.example.com")}
	for _, doc := range []struct{ name, text string }{
		{"openapi.yaml", api.yaml("\n")[1:] + "\n"},
		{"openapi.json", api.json("\n") + "\n"},
		{"one-line.json", oneLine(b, api.json("\n"))},
	} {
		src := []byte(doc.text)
		b.Run(doc.name, func(b *testing.B) { benchmarkEnable(b, doc.name, src, p) })
		b.Run("again/"+doc.name, func(b *testing.B) {
			benchmarkEnable(b, doc.name, enable(b, doc.name, src, p).Output, p)
		})
	}
}

// oneLine returns JSON without a line break: what takes a step for each byte of a line
// takes one for each byte of the document there.
func oneLine(b *testing.B, text string) string {
	b.Helper()
	var out bytes.Buffer
	if err := json.Compact(&out, []byte(text)); err != nil {
		b.Fatal(err)
	}
	return out.String()
}

func benchmarkEnable(b *testing.B, name string, src []byte, p policy.Policy) {
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		enable(b, name, src, p)
	}
}

func enable(b *testing.B, name string, src []byte, p policy.Policy) *transform.Result {
	b.Helper()
	d, err := transform.Parse(name, src)
	if err != nil {
		b.Fatal(err)
	}
	res, err := transform.Enable(d, p, transform.Options{})
	if err != nil {
		b.Fatal(err)
	}
	return res
}

// largeAPI returns a document of about 5 kB for each of n path items. Half of a
// document is schemas, as in those that people have.
func largeAPI(n int) object {
	paths, schemas := object{}, object{}
	for i := range n {
		paths = append(paths, member{fmt.Sprintf("/group%d/things%d/{thingId}", i%50, i), pathItem(i)})
		schemas = append(schemas, member{fmt.Sprint("Thing", i), schema(12)})
	}
	return object{
		{"openapi", "3.0.1"},
		{"info", object{{"title", "large"}, {"version", "1.0"}}},
		{"paths", paths},
		{"components", object{{"schemas", schemas}}},
	}
}

func pathItem(i int) object {
	content := object{{"application/json", object{{"schema", object{{"$ref", fmt.Sprint("#/components/schemas/Thing", i)}}}}}}
	parameters := list{
		object{{"name", "thingId"}, {"in", "path"}, {"required", true}, {"schema", object{{"type", "string"}}}},
		object{{"name", "If-Match"}, {"in", "header"}, {"schema", object{{"type", "string"}}}},
	}
	return object{
		{"get", object{
			{"summary", "Look at one of the things"},
			{"description", strings.Repeat("What comes back is the thing as it was when it was last stored. ", 4)},
			{"parameters", parameters},
			{"responses", object{
				{"200", object{{"description", "the thing"}, {"content", content}}},
				{"404", object{{"description", "no such thing"}}},
			}},
			{"x-amazon-apigateway-integration", object{
				{"type", "aws"},
				{"httpMethod", "POST"},
				{"uri", fmt.Sprintf("arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:get%d/invocations", i)},
				{"requestTemplates", object{{"application/json", "{\"id\": \"$input.params('thingId')\"}"}}},
				{"responses", object{
					{"default", object{{"statusCode", "200"}}},
					{"not found.*", object{{"statusCode", "404"}}},
				}},
			}},
		}},
		{"put", object{
			{"summary", "Store one of the things"},
			{"parameters", parameters},
			{"requestBody", object{{"required", true}, {"content", content}}},
			{"responses", object{{"204", object{{"description", "stored"}}}}},
			{"x-amazon-apigateway-integration", object{
				{"type", "aws_proxy"},
				{"httpMethod", "POST"},
				{"uri", fmt.Sprintf("arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:put%d/invocations", i)},
			}},
		}},
	}
}

func schema(properties int) object {
	all := object{}
	for i := range properties {
		all = append(all, member{fmt.Sprint("property", i), object{
			{"type", "string"},
			{"description", "One of the properties of the thing, which says what it is."},
			{"example", fmt.Sprint("value ", i)},
			{"maxLength", 64},
		}})
	}
	return object{{"type", "object"}, {"required", list{"property0", "property1"}}, {"properties", all}}
}

// object and list are documents to be printed; scalars are string, int and bool.
type (
	object []member
	list   []any
	member struct {
		key   string
		value any
	}
)

// yaml returns the members in block style. Each stands on a line of its own and
// begins with the line break and indentation in front of it.
func (o object) yaml(newline string) string {
	var b strings.Builder
	for _, m := range o {
		b.WriteString(newline + strconv.Quote(m.key) + ":" + yamlValue(newline, m.value))
	}
	return b.String()
}

// yamlValue returns a value with what separates it from its key.
func yamlValue(newline string, v any) string {
	switch v := v.(type) {
	case object:
		return v.yaml(newline + "  ")
	case list:
		var b strings.Builder
		for _, item := range v {
			text := yamlValue(newline+"  ", item)
			b.WriteString(newline + "  - " + strings.TrimLeft(text, " \n"))
		}
		return b.String()
	case string:
		return " " + strconv.Quote(v)
	}
	return " " + fmt.Sprint(v)
}

func (o object) json(newline string) string {
	parts := make([]string, len(o))
	for i, m := range o {
		parts[i] = newline + "  " + strconv.Quote(m.key) + ": " + jsonValue(newline+"  ", m.value)
	}
	return "{" + strings.Join(parts, ",") + newline + "}"
}

func jsonValue(newline string, v any) string {
	switch v := v.(type) {
	case object:
		return v.json(newline)
	case list:
		parts := make([]string, len(v))
		for i, item := range v {
			parts[i] = newline + "  " + jsonValue(newline+"  ", item)
		}
		return "[" + strings.Join(parts, ",") + newline + "]"
	case string:
		return strconv.Quote(v)
	}
	return fmt.Sprint(v)
}
