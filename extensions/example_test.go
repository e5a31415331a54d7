package extensions_test

import (
	"encoding/json"
	"fmt"
	"log"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// The extensions of an operation, as OpenAPI libraries keep them, are read,
// changed and put back.
func Example() {
	operation := map[string]any{
		extensions.NameIntegration: map[string]any{
			"type":             "mock",
			"requestTemplates": map[string]any{"application/json": `{"statusCode": 200}`},
			"responses":        map[string]any{"default": map[string]any{"statusCode": "200"}},
		},
	}

	integration, ok, err := extensions.Get[extensions.Integration](operation, extensions.NameIntegration)
	if err != nil || !ok {
		log.Fatal(ok, err)
	}
	response := integration.Responses["default"]
	response.ResponseParameters = map[string]extensions.String{
		extensions.ResponseHeaderPrefix + "Access-Control-Allow-Origin": extensions.Static("https://app.example.com"),
	}
	integration.Responses["default"] = response
	integration.PassthroughBehavior = extensions.PassthroughNever
	operation[extensions.NameIntegration] = integration

	text, err := json.MarshalIndent(operation, "", "  ")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(text))
	// Output:
	// {
	//   "x-amazon-apigateway-integration": {
	//     "type": "mock",
	//     "requestTemplates": {
	//       "application/json": "{\"statusCode\": 200}"
	//     },
	//     "passthroughBehavior": "never",
	//     "responses": {
	//       "default": {
	//         "statusCode": "200",
	//         "responseParameters": {
	//           "method.response.header.Access-Control-Allow-Origin": "'https://app.example.com'"
	//         }
	//       }
	//     }
	//   }
	// }
}

func ExampleAll() {
	document := map[string]any{
		extensions.NameCORS: json.RawMessage(`{"allowOrigin": ["*"], "allowMethods": ["'GET'"], "maxAge": 90000}`),
	}
	cors, _, err := extensions.Get[extensions.CORS](document, extensions.NameCORS)
	if err != nil {
		log.Fatal(err)
	}
	for mistake := range extensions.All(cors.Validate()) {
		fmt.Println(mistake)
	}
	// Output:
	// allowOrigin: is not a member, did you mean "allowOrigins"
	// allowMethods[0]: "'GET'" stands in quotes or blanks; write "GET"
	// maxAge: "90000" is out of bounds; write -1 to 86400
}

func ExampleRaw() {
	integration := extensions.Integration{
		Type:       extensions.TypeAWSProxy,
		HTTPMethod: extensions.Literal("POST"),
		URI:        extensions.Raw(json.RawMessage(`{"Fn::Sub": "${Handler.Arn}"}`)),
	}
	text, err := json.Marshal(integration)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(text), integration.URI.IsIntrinsic())
	// Output:
	// {"type":"aws_proxy","httpMethod":"POST","uri":{"Fn::Sub":"${Handler.Arn}"}} true
}
