package model

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestNullIsNoMethod holds which members of a path item are its methods: one that is null is none,
// but for an OPTIONS that is written as null, to which nothing can be added.
func TestNullIsNoMethod(t *testing.T) {
	for item, want := range map[string][]string{
		"{get: , put: {}}":                            {"PUT"},
		"{get: null, put: {}}":                        {"PUT"},
		"{x-amazon-apigateway-any-method: ~}":         nil,
		"{options: , get: {}}":                        {"GET"},
		"{options: null, get: {}}":                    {"OPTIONS", "GET"},
		"{get: {}, options: {}}":                      {"OPTIONS", "GET"},
		"{get: !Ref Get}":                             {"GET"},
		"{x-amazon-apigateway-any-method: {}, a: {}}": {"ANY"},
	} {
		d := opened(t, "openapi: 3.0.1\npaths: {/a: "+item+"}\n")
		var got []string
		for _, m := range d.Resources[0].Items[0].All() {
			got = append(got, m.Name)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: -want +got\n%s", item, diff)
		}
	}
}
