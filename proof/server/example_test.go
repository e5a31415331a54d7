package server_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/apigw-cors/apigw-cors/proof/gateway"
	"github.com/apigw-cors/apigw-cors/proof/server"
)

// The API of a document answers on this machine as API Gateway would.
func Example() {
	api, err := gateway.Read([]byte(`openapi: 3.0.1
info: {title: Birds, version: "1"}
x-amazon-apigateway-cors: {allowOrigins: ["https://app.example.com"], allowMethods: [PUT]}
paths:
  /birds:
    put: {responses: {}, x-amazon-apigateway-integration: {type: http_proxy, httpMethod: PUT, uri: "https://birds.example.com"}}
`), gateway.Options{APIType: gateway.HTTP})
	if err != nil {
		fmt.Println(err)
		return
	}
	s := server.New(server.Document{Name: "birds.yaml", APIType: gateway.HTTP, API: api, Locate: func(pointer string) string { return pointer }}, server.Options{})

	preflight := httptest.NewRequest(http.MethodOptions, "/birds", nil)
	preflight.Header.Set("Origin", "https://app.example.com")
	preflight.Header.Set("Access-Control-Request-Method", "PUT")
	w := httptest.NewRecorder()
	s.API().ServeHTTP(w, preflight)
	fmt.Println(w.Code, w.Header().Get("Access-Control-Allow-Methods"))
	// Output:
	// 204 PUT
}
