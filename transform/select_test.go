package transform_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

const zoo = `openapi: 3.0.1
paths:
  /: {get: {responses: {}}}
  /pets: {get: {responses: {}}, post: {responses: {}}}
  /pets/{petId}: {get: {responses: {}}, delete: {responses: {}}}
  /pets/{petId}/toys/: {get: {responses: {}}}
  /pets-archive: {get: {responses: {}}}
  /admin/users: {x-amazon-apigateway-any-method: {responses: {}}}
  /empty: {}
`

func enableZoo(t *testing.T, s transform.Selection) (*transform.Result, error) {
	t.Helper()
	doc, err := transform.Parse("zoo.yaml", []byte(zoo))
	if err != nil {
		t.Fatal(err)
	}
	p := policy.Policy{AllowOrigins: policy.Literal([]string{"*"})}
	return transform.Enable(doc, p, transform.Options{Selection: s})
}

func TestSelectionGoesBySegments(t *testing.T) {
	for name, tt := range map[string]struct {
		selection transform.Selection
		want      string
	}{
		"nothing chosen is everything": {transform.Selection{}, "/ /pets /pets/{petId} /pets/{petId}/toys /pets-archive /admin/users"},
		"one alone":                    {transform.Selection{Resources: []string{"/pets"}}, "/pets"},
		"with a slash too many":        {transform.Selection{Resources: []string{"/pets/"}}, "/pets"},
		"without a slash":              {transform.Selection{Resources: []string{"pets"}}, "/pets"},
		"and all below":                {transform.Selection{Resources: []string{"/pets"}, Recursive: true}, "/pets /pets/{petId} /pets/{petId}/toys"},
		"below the root is everything": {transform.Selection{Resources: []string{"/"}, Recursive: true}, "/ /pets /pets/{petId} /pets/{petId}/toys /pets-archive /admin/users"},
		"the root alone":               {transform.Selection{Resources: []string{"/"}}, "/"},
		"below what is no resource":    {transform.Selection{Resources: []string{"/admin"}, Recursive: true}, "/admin/users"},
		"without some":                 {transform.Selection{Exclude: []string{"/pets/{petId}", "/admin"}}, "/ /pets /pets-archive"},
		"by method":                    {transform.Selection{Methods: []string{"delete"}}, "/pets/{petId} /admin/users"},
		"by ANY":                       {transform.Selection{Methods: []string{"ANY"}}, "/admin/users"},
	} {
		t.Run(name, func(t *testing.T) {
			res, err := enableZoo(t, tt.selection)
			if err != nil {
				t.Fatal(err)
			}
			var enabled []string
			for _, r := range res.Resources {
				if r.Outcome == transform.Enabled {
					enabled = append(enabled, r.Path)
				}
			}
			if diff := cmp.Diff(tt.want, strings.Join(enabled, " ")); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestSelectionThatMatchesNothing(t *testing.T) {
	for _, tt := range []struct {
		selection transform.Selection
		want      string
	}{
		{transform.Selection{Resources: []string{"/pet"}}, `resource: "/pet" matches no resource of the document; near names: /pets, /pets/{petId}, /pets-archive`},
		{transform.Selection{Resources: []string{"/admins/users/{id}"}}, `resource: "/admins/users/{id}" matches no resource of the document; near names: /admin/users`},
		{transform.Selection{Resources: []string{"/admin"}}, `resource: "/admin" matches no resource of the document; below it are /admin/users: add --recursive`},
		{transform.Selection{Exclude: []string{"/xyz"}}, `exclude: "/xyz" matches no resource of the document`},
		{transform.Selection{Exclude: []string{"/"}}, `exclude: "/" leaves no resource to enable`},
		{transform.Selection{Resources: []string{"/pets"}, Methods: []string{"PUT"}}, `method: no selected resource has the method "PUT"`},
		{transform.Selection{Methods: []string{"GTE"}}, `method: no selected resource has the method "GTE"; it is none of ANY, DELETE, GET, HEAD, PATCH, POST, PUT`},
	} {
		_, err := enableZoo(t, tt.selection)
		var selection *transform.SelectionError
		if !errors.As(err, &selection) {
			t.Errorf("%+v: got %v", tt.selection, err)
			continue
		}
		if diff := cmp.Diff(tt.want, selection.Error()); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
}

func TestSettingsNameWhatTheyTake(t *testing.T) {
	var e transform.Emit
	for _, tt := range []struct{ key, value, want string }{
		{"status", "201", `status: unknown value "201" (accepted: 200, 204)`},
		{"gatewayResponse", "all", `unknown key "gatewayResponse"; did you mean "gatewayResponses"? (accepted: status, responses, gatewayResponses, gatewayOrigin, blocks, addResponseTemplates, anyOptions, optionsRoutes)`},
		{"blocks", "no", `blocks: unknown value "no" (accepted: true, false)`},
	} {
		err := e.Set(tt.key, tt.value)
		var setting *transform.OptionError
		if !errors.As(err, &setting) {
			t.Errorf("%s=%s: got %v", tt.key, tt.value, err)
			continue
		}
		if diff := cmp.Diff(tt.want, err.Error()); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
	if e != (transform.Emit{}) {
		t.Errorf("a refused value was set: %+v", e)
	}
	_, err := enableZooEmit(t, transform.Emit{Status: 300, Responses: "some"})
	if err == nil || strings.Count(err.Error(), "unknown value") != 2 {
		t.Errorf("values set in Go: got %v, want both refused", err)
	}
}

func enableZooEmit(t *testing.T, e transform.Emit) (*transform.Result, error) {
	t.Helper()
	doc, err := transform.Parse("zoo.yaml", []byte(zoo))
	if err != nil {
		t.Fatal(err)
	}
	return transform.Enable(doc, policy.Policy{AllowOrigins: policy.Literal([]string{"*"})}, transform.Options{Emit: e})
}
