package rules

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// TestMistakesOfTheMarkerAreReported holds what is reported of an ownership marker that no run has
// written: the place of each mistake. All that such a part lists is hand-written.
func TestMistakesOfTheMarkerAreReported(t *testing.T) {
	const paths = "paths: {/a: {get: {}}}\n"
	for _, tt := range []struct {
		text string
		want []string
	}{
		{paths, nil},
		{"x-apigw-cors-generated: {root: [/x-amazon-apigateway-gateway-responses], /a: [/options]}\n" + paths, nil},
		{"x-apigw-cors-generated: [/options]\n" + paths, []string{"/x-apigw-cors-generated"}},
		{"x-apigw-cors-generated: {/a: /options}\n" + paths, []string{"/x-apigw-cors-generated/~1a"}},
		{"x-apigw-cors-generated: {/b: [/options]}\n" + paths, []string{"/x-apigw-cors-generated/~1b"}},
		{"x-apigw-cors-generated: {/a: [/get]}\n" + paths, []string{"/x-apigw-cors-generated/~1a"}},
		{"paths: {/a: {get: {}, x-apigw-cors-generated: [/options]}}\n", []string{"/paths/~1a/x-apigw-cors-generated"}},
		{"paths: {/a: {x-apigw-cors-generated: {}}, /b: {x-apigw-cors-generated: null}}\n", []string{"/paths/~1a/x-apigw-cors-generated", "/paths/~1b/x-apigw-cors-generated"}},
		{"x-apigw-cors-generated: [/x]\npaths: {/a: {x-apigw-cors-generated: [/options]}}\n", []string{"/x-apigw-cors-generated", "/paths/~1a/x-apigw-cors-generated"}},
	} {
		v := seen(t, tt.text, model.REST)
		reading := v.Reading
		var got, asked []string
		for _, f := range markerNotOurs.Find(v) {
			got = append(got, string(f.At.Pointer))
			if f.Message == "" || f.Hint == "" || !strings.Contains(f.Message, "x-apigw-cors-generated") {
				t.Errorf("%s: the finding says %+v", tt.text, f)
			}
		}
		for _, f := range MarkerMistakes(reading.HandWritten, reading.Mistakes) {
			asked = append(asked, string(f.At.Pointer))
			if f.Rule != markerNotOurs {
				t.Errorf("%s: the finding is one of %v", tt.text, f.Rule)
			}
		}
		if diff := cmp.Diff(tt.want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: -want +got\n%s", tt.text, diff)
		}
		if diff := cmp.Diff(got, asked); diff != "" {
			t.Errorf("%s: -found +asked for\n%s", tt.text, diff)
		}
	}
}
