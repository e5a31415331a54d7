package lint_test

import (
	"fmt"
	"log"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/lint"
)

const petStore = `openapi: 3.0.1
info: {title: Pets, version: "1"}
paths:
  /pets:
    options:
      responses:
        "200": {description: preflight, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses: {default: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "*"}}}
`

// A document is read once, looked at, and fixed as far as its findings carry a change.
func Example() {
	doc, err := transform.Parse("pets.yaml", []byte(petStore))
	if err != nil {
		log.Fatal(err)
	}
	o := lint.Options{Disable: []string{"gateway-response-bare", lint.Validity}}
	found, err := lint.Run(doc, o)
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range found {
		fmt.Println(f)
		fmt.Println("the import fails:", f.ImportFails())
	}
	fixed, err := lint.Fix(doc, o)
	if err != nil {
		log.Fatal(err)
	}
	left, err := lint.Run(fixed.Document, o)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("fixed:", fixed.Count, "left:", len(left))
	// Output:
	// pets.yaml:11:123: error: OPTIONS /pets maps Access-Control-Allow-Origin to "*", a fixed value without its single quotes, so the import fails (mapping-unquoted)
	// the import fails: true
	// fixed: 1 left: 0
}
