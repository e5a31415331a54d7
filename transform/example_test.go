package transform_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// enableCORS stands in README.md as well; a test of cmd compares them.
func enableCORS(src []byte) ([]byte, error) {
	doc, err := transform.Parse("openapi.yaml", src)
	if err != nil {
		return nil, err
	}
	p := policy.Policy{AllowOrigins: policy.Origins("https://app.example.com")}
	res, err := transform.Enable(doc, p, transform.Options{})
	if err != nil {
		return nil, err
	}
	return res.Output, nil
}

func Example() {
	out, err := enableCORS([]byte(`# all of the API
openapi: 3.0.1
info: {title: pets, version: "1.0"}
paths:
  /pets:
    get:
      responses: {"200": {description: the pets}}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: "${list_pets}"}
`))
	if err != nil {
		log.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, "method.response.header") {
			fmt.Println(strings.TrimSpace(line))
		}
	}
	// Output:
	// method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"
	// method.response.header.Access-Control-Allow-Methods: "'GET,OPTIONS'"
	// method.response.header.Access-Control-Allow-Headers: "'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token'"
}
