package probe_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"net/url"

	"github.com/apigw-cors/apigw-cors/proof/gateway"
	"github.com/apigw-cors/apigw-cors/proof/probe"
)

// A stage is asked what its document promises. Here the document itself stands for the stage.
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
	stage := httptest.NewServer(api.Handler(nil))
	defer stage.Close()
	base, err := url.Parse(stage.URL)
	if err != nil {
		fmt.Println(err)
		return
	}
	result, err := probe.Run(context.Background(), api, probe.Options{Base: base})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range result.Rows {
		fmt.Println(row.Operation.Method, row.Request.Origin, row.Passes(), row.Outcome)
	}
	// Output:
	// PUT https://app.example.com true same
	// PUT https://app.example.com.stranger.invalid false same
}
