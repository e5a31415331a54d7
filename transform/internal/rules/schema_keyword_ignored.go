package rules

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

var schemaKeywordIgnored = &Rule{
	ID:    "schema-keyword-ignored",
	Title: "models use keywords that API Gateway does not know",
	Doc: "Models of API Gateway are JSON Schema draft 4. discriminator, nullable, readOnly and exclusiveMinimum " +
		"are lost in the import; what validates by them in other places does not here.",
	URL:       "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html",
	Severity:  finding.Info,
	API:       model.REST,
	WholeText: true,
	Fails: proxied + `components: {schemas: {Pet: {type: object, properties: {name: {type: string, nullable: true}}}}}
`,
	Passes: proxied + `components: {schemas: {Pet: {type: object, properties: {name: {type: string}, nullable: {type: boolean}}}}}
`,
	find: findSchemaKeywordIgnored,
}

// ignoredKeywords are what models cannot say.
var ignoredKeywords = []string{"discriminator", "exclusiveMinimum", "nullable", "readOnly"}

func findSchemaKeywordIgnored(d *View) (found []Finding) {
	if !hasIntegrations(d) {
		return nil
	}
	first, count := map[string]Place{}, map[string]int{}
	for _, m := range d.Root.At(d.ModelsPointer()).Members() {
		eachSchema(m.Value, nil, func(n *source.Node, trail []string) {
			for _, name := range ignoredKeywords {
				if keyword, ok := n.Member(name); ok {
					if count[name]++; count[name] == 1 {
						first[name] = At(keyword.Key, d.ModelsPointer().Child(m.Name()).Child(trail...).Child(name))
					}
				}
			}
		})
	}
	for _, name := range ignoredKeywords {
		if count[name] > 0 {
			found = append(found, Finding{
				At:      first[name],
				Message: fmt.Sprintf("the models use %s, which API Gateway does not know%s", name, others(count[name]-1)),
				Hint:    "leave it so if nothing depends on it",
			})
		}
	}
	return found
}

func others(count int) string {
	if count == 0 {
		return ""
	}
	return fmt.Sprintf(" (here and in %d other places)", count)
}

// eachSchema visits a schema and those in it, with the keys that lead there.
func eachSchema(n *source.Node, trail []string, visit func(n *source.Node, trail []string)) {
	if n == nil || n.Kind != source.Map || n.Alias != "" {
		return
	}
	visit(n, trail)
	for _, m := range n.Members() {
		name := m.Name()
		switch {
		case slices.Contains([]string{"properties", "patternProperties"}, name):
			for _, property := range m.Value.Members() {
				eachSchema(property.Value, append(trail, name, property.Name()), visit)
			}
		case slices.Contains([]string{"items", "additionalProperties", "not"}, name):
			eachSchema(m.Value, append(trail, name), visit)
		case slices.Contains([]string{"allOf", "anyOf", "oneOf"}, name):
			for i, item := range m.Value.Items() {
				eachSchema(item, append(trail, name, strconv.Itoa(i)), visit)
			}
		}
	}
}
