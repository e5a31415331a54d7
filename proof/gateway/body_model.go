package gateway

import (
	"maps"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// bodyModels are the models of the body of a request, by media type. API Gateway reads schemas as
// JSON Schema draft 4.
type bodyModels struct {
	root    map[string]any // of the document, to which references lead
	schemas map[string]any

	once     sync.Mutex
	compiled map[string]*compiledModel
}

type compiledModel struct {
	schema *jsonschema.Schema
	err    error
}

// has reports whether there is a model for a media type.
func (m *bodyModels) has(media string) bool { return m != nil && m.schemas[media] != nil }

// check tells why a body does not satisfy the model of its media type. known is false where the model
// itself cannot be read.
func (m *bodyModels) check(media, body string) (wrong error, known bool) {
	c := m.model(media)
	if c.err != nil {
		return c.err, false
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
	if err != nil {
		return err, true
	}
	return c.schema.Validate(value), true
}

// model compiles the model of a media type when it is first asked for.
func (m *bodyModels) model(media string) *compiledModel {
	m.once.Lock()
	defer m.once.Unlock()
	if c := m.compiled[media]; c != nil {
		return c
	}
	const member, url = "x-model", "document:///openapi"
	document := maps.Clone(m.root)
	delete(document, duplicateMark)
	document[member] = m.schemas[media]
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft4)
	c := &compiledModel{}
	if c.err = compiler.AddResource(url, document); c.err == nil {
		c.schema, c.err = compiler.Compile(url + "#/" + member)
	}
	if m.compiled == nil {
		m.compiled = map[string]*compiledModel{}
	}
	m.compiled[media] = c
	return c
}

// modelsOf returns the models of the body that an operation declares, by itself or with its path item.
func (r *reader) modelsOf(operation, item map[string]any, at string) *bodyModels {
	schemas := map[string]any{}
	if declared, u := r.followed(operation["requestBody"], at); u == nil {
		for media, content := range asObject(declared["content"]) {
			if schema := asObject(content)["schema"]; schema != nil {
				schemas[mediaType(media)] = schema
			}
		}
	}
	for _, owner := range []map[string]any{item, operation} {
		list, _ := owner["parameters"].([]any)
		for _, p := range list {
			parameter, u := r.followed(p, at)
			if u != nil || asText(parameter["in"]) != "body" || parameter["schema"] == nil {
				continue
			}
			for media := range asObject(r.bodyOf(operation, nil)["content"]) {
				schemas[mediaType(media)] = parameter["schema"]
			}
		}
	}
	if len(schemas) == 0 {
		return nil
	}
	return &bodyModels{root: r.root, schemas: schemas}
}
