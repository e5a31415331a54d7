package gateway_test

import (
	"context"
	"fmt"

	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

const moons = `openapi: 3.0.1
info: {title: Moons, version: "1"}
paths:
  /moons:
    get:
      responses: {"200": {description: moons}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses: {default: {statusCode: "200"}}
    put:
      responses: {"200": {description: moons}}
      x-amazon-apigateway-integration: {type: mock, responses: {default: {statusCode: "200"}}}
`

// A document determines how an API would respond, and by which behaviours.
func Example() {
	api, err := gateway.Read([]byte(moons), gateway.Options{APIType: gateway.REST})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, method := range []string{"GET", "PUT"} {
		response := api.Respond(context.Background(), gateway.Request{Method: method, Path: "/moons"}, nil)
		fmt.Println(method, response.Status)
		if e := response.Error; e != nil {
			fmt.Printf("API Gateway itself responds with %s by %s: %s\n", e.Type, e.Cause.Behaviour.ID, e.Cause.Behaviour.Does)
		}
	}
	// Output:
	// GET 200
	// PUT 500
	// API Gateway itself responds with API_CONFIGURATION_ERROR by mock-without-status: a mock whose template renders no statusCode answers with status 500
}

// The import refuses a document for reasons that have a place.
func ExampleAPI_Refusals() {
	api, err := gateway.Read([]byte("openapi: 3.1.0\ncomponents: {schemas: {Moon.Base: {type: object}}}\npaths: {}\n"), gateway.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, u := range api.Refusals() {
		fmt.Println(u.Pointer, u.Behaviour.ID)
	}
	// Output:
	// /components/schemas/Moon.Base import-model-name
	// /openapi import-version
}
