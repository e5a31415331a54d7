package rules

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var externalReference = &Rule{
	ID:    "external-reference",
	Title: "a reference leads to another file",
	Doc: "API Gateway reads one document and follows references within it alone, and those to its own models. " +
		"Bundle the files before the import.",
	URL:         "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html",
	Severity:    finding.Error,
	API:         model.REST,
	ImportFails: true,
	WholeText:   true,
	Fails: `paths:
  /pets:
    get:
      responses: {"200": {description: pets, content: {application/json: {schema: {$ref: "./pet.yaml"}}}}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
`,
	Passes: `paths:
  /pets:
    get:
      responses: {"200": {description: pets, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn}
components: {schemas: {Pet: {type: object}}}
`,
	mayBeIn: mayLeadElsewhere,
	find:    findExternalReference,
}

func findExternalReference(d *View) (found []Finding) {
	for _, ref := range d.references() {
		if leadsElsewhere(ref.to) {
			found = append(found, Finding{
				At:      ref.where,
				Message: fmt.Sprintf("the reference %q leads to another file, which API Gateway does not read", ref.to),
				Hint:    "bundle the files into one document",
			})
		}
	}
	return found
}

// leadsElsewhere reports whether a reference leaves the document. Models of an API that
// is there already are referred to by the address that API Gateway gives them.
func leadsElsewhere(ref string) bool {
	return ref != "" && !strings.HasPrefix(ref, "#") && !strings.HasPrefix(ref, "https://apigateway.amazonaws.com/restapis/") && !model.HasPlaceholder(ref)
}

// mayLeadElsewhere reports whether a text has a reference that does not plainly lead to the
// same document: "$ref", and behind the notation of YAML and JSON a fragment. What is an
// object is a property of that name.
func mayLeadElsewhere(text []byte) bool {
	key := []byte("$ref")
	for {
		i := bytes.Index(text, key)
		if i < 0 {
			return false
		}
		text = text[i+len(key):]
		to := bytes.TrimLeft(text[:min(len(text), 80)], " \t\r\n:\"'>|-+")
		if !bytes.HasPrefix(to, []byte("#")) && !bytes.HasPrefix(to, []byte("{")) {
			return true
		}
	}
}
