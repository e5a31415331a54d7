package report_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/internal/documents"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

// TestMockResponsesAreTheProvers holds that where the judgement of what a mock responds with is
// sure, the prover, which reads the document by itself, gives the same status, and an error of API
// Gateway's own where the judgement says that it fails.
func TestMockResponsesAreTheProvers(t *testing.T) {
	const largest = 1 << 20
	var c mockCount
	for _, doc := range documents.Read(t, largest) {
		file, err := model.Open(doc.Path, doc.Src)
		api, errOfProver := gateway.Read(doc.Src, gateway.Options{})
		if err != nil || errOfProver != nil || file.Broken != nil {
			continue
		}
		d := model.Read(file.Root, nil)
		for _, r := range d.Resources {
			for _, item := range r.Items {
				for _, m := range item.All() {
					if responses.ResponderOf(m) == responses.Mock {
						c.compare(t, doc, d, m, api)
					}
				}
			}
		}
	}
	t.Logf("%d statuses and %d errors are the prover's; of %d mocks the judgement cannot tell, of %d the prover; %d are not reached", c.statuses, c.errors, c.unknown, c.unproved, c.refused)
	if c.statuses < 5 || !testing.Short() && c.errors == 0 {
		t.Errorf("only %d statuses and %d errors were compared", c.statuses, c.errors)
	}
}

// mockCount counts what came of the comparison.
type mockCount struct{ statuses, errors, unknown, unproved, refused int }

func (c *mockCount) compare(t *testing.T, doc documents.Document, d *model.Document, m *model.Method, api *gateway.API) {
	t.Helper()
	got := responses.MockResponseOf(d, m)
	request := gateway.Request{Method: m.Name, Path: exampleOf(m.Path)}
	if m.Name == model.Any {
		request.Method = "PATCH"
	}
	want := api.Respond(t.Context(), request, nil)
	isError := strings.HasPrefix(want.Pointer, "/"+extensions.NameGatewayResponses)
	name := doc.Name() + "#" + string(m.Pointer)
	switch {
	case got.Unknown != "":
		c.unknown++
	case want.Unknown != nil:
		c.unproved++
	case !reachesMock(want, m):
		c.refused++
	case isError != (got.Fails != "") || !isError && want.Status != got.Status:
		t.Errorf("%s: the judgement is %d (%s), the prover answers %d (%s)", name, got.Status, got.Fails, want.Status, want.Pointer)
	case isError:
		c.errors++
	default:
		c.statuses++
	}
}

// reachesMock reports whether a request went to the mock of a method, and was not refused before.
func reachesMock(a gateway.Response, m *model.Method) bool {
	of := func(id, pointer string) bool {
		return slices.ContainsFunc(a.Steps, func(s gateway.Step) bool { return s.Behaviour.ID == id && (pointer == "" || s.Pointer == pointer) })
	}
	reached := slices.ContainsFunc([]string{"request-template", "binary", "passthrough", "unsupported-media-type"}, func(id string) bool { return of(id, "") })
	return of("route", string(m.Pointer)) && reached
}

// exampleOf is a path that leads to a resource: variables have values that are no literal segment.
func exampleOf(path string) string {
	return strings.NewReplacer("{", "", "+}", "-of-a-variable", "}", "-of-a-variable").Replace(path)
}
