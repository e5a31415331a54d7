package derive

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// TestRequiredHeaders holds which request headers a method refuses to do without: its own parameters
// take the place of those of the path item, and only headers are compared with headers.
func TestRequiredHeaders(t *testing.T) {
	for name, tt := range map[string]struct {
		item, method string
		want         []string
	}{
		"required":                     {"", "{name: X-A, in: header, required: true}", []string{"X-A"}},
		"optional":                     {"", "{name: X-A, in: header}", nil},
		"of the path item":             {"{name: X-A, in: header, required: true}", "", []string{"X-A"}},
		"optional for the method":      {"{name: X-A, in: header, required: true}", "{name: x-a, in: header}", nil},
		"required by the method":       {"{name: X-A, in: header}", "{name: X-A, in: header, required: true}", []string{"X-A"}},
		"optional, and a query's name": {"", "{name: X-A, in: header}, {name: x-a, in: query}", nil},
	} {
		src := "openapi: 3.0.1\npaths: {/a: {parameters: [" + tt.item + "], get: {parameters: [" + tt.method + "]}}}\n"
		f, err := model.Open("a.yaml", []byte(src))
		if err != nil {
			t.Fatal(err)
		}
		d := model.Read(f.Root, nil)
		item := d.Resources[0].Items[0]
		if diff := cmp.Diff(tt.want, RequiredHeaders(d, item, item.Methods[0]), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
