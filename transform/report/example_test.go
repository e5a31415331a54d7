package report_test

import (
	"fmt"
	"log"
	"os"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/report"
)

// pets enables CORS for one origin by hand: GET succeeds, and nothing responds to the preflight
// requests of /letters.
const pets = `openapi: 3.0.1
info: {title: pets, version: "1.0"}
paths:
  /pets:
    get: &http
      responses: {"200": {description: d, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}
      x-amazon-apigateway-integration:
        type: http
        httpMethod: GET
        uri: https://pets.example.com
        responses: {default: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"}}}
    options:
      responses: {"200": {description: d, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses: {default: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"}}}
  /letters:
    put: *http
`

func ExampleRead() {
	d, err := transform.Parse("openapi.yaml", []byte(pets))
	if err != nil {
		log.Fatal(err)
	}
	api, err := report.Read(d, transform.REST)
	if err != nil {
		log.Fatal(err)
	}
	if err := api.Write(os.Stdout, report.APIText); err != nil {
		log.Fatal(err)
	}
	// Output:
	// /pets     OPTIONS                           200 Access-Control-Allow-Origin: https://app.example.com
	//           GET      simple: no preflight     200 Access-Control-Allow-Origin: https://app.example.com
	// /letters  OPTIONS                           nobody answers
	//           PUT      preflighted: its method  200 Access-Control-Allow-Origin: https://app.example.com
}

// A review of a change fails where it allows more than before.
func ExampleSince() {
	older, err := transform.Parse("main/openapi.yaml", []byte(pets))
	if err != nil {
		log.Fatal(err)
	}
	newer, err := transform.Parse("openapi.yaml", []byte(pets+`x-amazon-apigateway-gateway-responses:
  DEFAULT_4XX: {responseParameters: {gatewayresponse.header.Access-Control-Allow-Origin: "'*'"}}
`))
	if err != nil {
		log.Fatal(err)
	}
	changes, err := report.Since(older, newer, transform.REST)
	if err != nil {
		log.Fatal(err)
	}
	for _, c := range changes {
		fmt.Println(c.Effect, c.Text)
	}
	// Output: wider any origin may read the gateway response DEFAULT_4XX now
}
