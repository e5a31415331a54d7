package proof_test

import (
	"context"
	"fmt"

	"github.com/apigw-cors/apigw-cors/proof"
	"github.com/apigw-cors/apigw-cors/proof/fetch"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// A resource that a page can read, and change only if its preflight allowed PUT.
const tides = `openapi: 3.0.1
info: {title: Tides, version: "1"}
paths:
  /tides:
    x-amazon-apigateway-cors: {allowOrigins: ["https://app.example.com"]}
    get: &method
      responses: {"200": {description: tides, headers: {Access-Control-Allow-Origin: {}}}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses: {default: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"}}}
    put: *method
    options: *method
`

func Example() {
	api, err := gateway.Read([]byte(tides), gateway.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, method := range []string{"GET", "PUT"} {
		d := proof.Ask(context.Background(), api, fetch.Request{Origin: "https://app.example.com", URL: proof.Host + "/tides", Method: method}, nil)
		fmt.Printf("%s is %s: %q\n", method, d.Outcome, d.Verdict.Rule)
	}
	// Output:
	// GET is allowed: ""
	// PUT is refused: "method-not-allowed"
}

// All tries what a policy allows, and what it does not.
func ExampleAll() {
	api, err := gateway.Read([]byte(tides), gateway.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	counts := map[proof.Result]int{}
	for c := range proof.All(context.Background(), api, nil, nil) {
		counts[c.Result()]++
	}
	fmt.Println(counts)
	// Output:
	// map[proved:19 refused:1]
}
