package cmd_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"
	gocmp "github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// checkDocument holds what is true of every document that a run gives.
func (c goldenCase) checkDocument(t *testing.T, o outcome) {
	t.Helper()
	name, doc := c.document(t, o)
	if doc == nil {
		return
	}
	again := c.run(t, tree{c.input(): doc})
	want, got := doc, again.written[name]
	switch name {
	case "":
		got = again.stdout
	case c.input():
		want = nil // written in place, and left alone when it says what it should
	}
	if d := gocmp.Diff(lines(want), lines(got)); d != "" {
		t.Errorf("a second run changes the document (-first +second):\n%s", d)
	}
	if !bytes.Contains(o.stderr, []byte("(generated-remains)")) { // what is left is no complete method
		checkValid(t, c.files[c.input()], doc)
	}
	checkGenerated(t, doc)
}

// checkValid holds that a document can be read and is valid where the one before was.
func checkValid(t *testing.T, before, doc []byte) {
	t.Helper()
	if err := load(before); err != nil {
		t.Logf("not asked to load, since the input does not: %v", err)
	} else if err := load(doc); err != nil {
		t.Errorf("kin-openapi does not load the document: %v", err)
	}
	if err := validate(t, before); err != nil {
		t.Logf("not asked to be valid, since the input is not: %v", err)
	} else if err := validate(t, doc); err != nil {
		t.Errorf("the document is not valid: %v", err)
	}
}

// load reads a document with kin-openapi.
func load(src []byte) error {
	_, err := decode(src)
	return err
}

// decode returns an *openapi2.T or an *openapi3.T.
func decode(src []byte) (any, error) {
	text, err := toJSON(src)
	if err != nil {
		return nil, err
	}
	var is struct{ Swagger any }
	if err := json.Unmarshal(text, &is); err != nil {
		return nil, err
	}
	if is.Swagger != nil {
		doc := &openapi2.T{}
		return doc, json.Unmarshal(text, doc)
	}
	return openapi3.NewLoader().LoadFromData(text)
}

// toJSON returns a YAML document as JSON, and one that is JSON as it is: YAML
// readers refuse some of JSON's escapes.
func toJSON(src []byte) ([]byte, error) {
	if json.Valid(src) {
		return src, nil
	}
	return yaml.YAMLToJSON(src)
}

// validate judges a document by kin-openapi, a Swagger 2.0 one as the OpenAPI 3
// document it converts to.
func validate(t *testing.T, src []byte) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("kin-openapi panics: %v", r)
		}
	}()
	doc, err := decode(src)
	if err != nil {
		return err
	}
	if old, ok := doc.(*openapi2.T); ok {
		if doc, err = openapi2conv.ToV3(old); err != nil {
			return err
		}
	}
	v3 := doc.(*openapi3.T)
	for path, item := range v3.Paths.Map() {
		// A greedy variable, {proxy+}, is API Gateway's own; its parameter is
		// called proxy.
		if plain := strings.ReplaceAll(path, "+}", "}"); plain != path {
			v3.Paths.Delete(path)
			v3.Paths.Set(plain, item)
		}
	}
	return v3.Validate(t.Context())
}

// checkGenerated holds that what is generated is well-formed in AWS's own terms.
func checkGenerated(t *testing.T, doc []byte) {
	t.Helper()
	text, err := toJSON(doc)
	if err != nil {
		t.Errorf("the document cannot be read: %v", err)
		return
	}
	var root struct {
		Paths  map[string]map[string]any
		Marker map[string][]any `json:"x-apigw-cors-generated"`
	}
	if err := json.Unmarshal(text, &root); err != nil {
		t.Errorf("the document cannot be read: %v", err)
	}
	for path, item := range root.Paths {
		listed := root.Marker[path]
		if slices.Contains(listed, any("/options")) {
			options, _ := item["options"].(map[string]any)
			checkExtension[extensions.Integration](t, path, options, extensions.NameIntegration)
		}
		if slices.Contains(listed, any("/"+extensions.NameCORS)) {
			checkExtension[extensions.CORS](t, path, item, extensions.NameCORS)
		}
	}
}

func checkExtension[T interface{ Validate() error }](t *testing.T, path string, object map[string]any, name string) {
	t.Helper()
	v, ok, err := extensions.Get[T](object, name)
	switch {
	case !ok:
		t.Errorf("%s has no %s", path, name)
	case err != nil:
		t.Errorf("%s: %v", path, err)
	default:
		for e := range extensions.All(v.Validate()) {
			// Tags are lost on the way to JSON, and leave the arguments of a Join.
			if !strings.HasPrefix(e.Value, "[") {
				t.Errorf("%s: %s: %v", path, name, e)
			}
		}
	}
}
