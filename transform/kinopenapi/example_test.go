package kinopenapi_test

import (
	"fmt"
	"log"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/kinopenapi"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// A generator builds its document and enables CORS in it before it writes the file.
func ExampleEnable() {
	uri := "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:pets/invocations"
	list := &openapi3.Operation{
		Responses:  openapi3.NewResponses(),
		Extensions: map[string]any{extensions.NameIntegration: map[string]any{"type": "aws_proxy", "httpMethod": "POST", "uri": uri}},
	}
	doc := &openapi3.T{
		OpenAPI: "3.0.1",
		Info:    &openapi3.Info{Title: "pets", Version: "1.0"},
		Paths:   openapi3.NewPaths(openapi3.WithPath("/pets", &openapi3.PathItem{Get: list})),
	}
	p := policy.Policy{
		AllowOrigins: policy.Origins("https://app.example.com"),
		MaxAge:       policy.Seconds(600),
	}
	enabled, result, err := kinopenapi.Enable(doc, p, transform.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for method := range enabled.Paths.Value("/pets").Operations() {
		if doc.Paths.Value("/pets").GetOperation(method) == nil {
			fmt.Println("added:", method)
		}
	}
	for _, r := range result.Resources {
		fmt.Println(r.Path, r.Outcome)
		fmt.Println("the backend of", r.Backend, "must send", r.Headers)
	}
	// Output:
	// added: OPTIONS
	// /pets enabled
	// the backend of [GET] must send [{Access-Control-Allow-Origin https://app.example.com}]
}
