package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

var corsMapping = &Rule{
	ID:    "cors-mapping",
	Title: "a parameter mapping of an HTTP API touches a CORS header",
	Doc: "The parameter mappings of an HTTP API cannot touch Access-Control-* headers, and it drops those " +
		"of the backend. It answers with the headers of its CORS configuration alone.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html",
	Severity: finding.Error,
	API:      model.HTTP,
	CORS:     true,
	Fails: `paths:
  /$default:
    x-amazon-apigateway-any-method:
      isDefaultRoute: true
      x-amazon-apigateway-integration:
        type: http_proxy
        responseParameters: {"200": {"append:header.Access-Control-Allow-Origin": "*"}}
`,
	Passes: `paths:
  /$default:
    x-amazon-apigateway-any-method:
      isDefaultRoute: true
      x-amazon-apigateway-integration:
        type: http_proxy
        responseParameters: {"200": {"append:header.X-Served-By": "pets"}}
`,
	find: findCORSMapping,
}

func findCORSMapping(d *View) (found []Finding) {
	for _, c := range responses.CORSMappings(d.Document) {
		found = append(found, Finding{
			At:      At(c.Key, c.Pointer),
			Message: fmt.Sprintf("%q: the parameter mappings of an HTTP API cannot touch %s", c.Key.Text(), c.Header),
			Hint:    "take it out",
		})
	}
	return found
}
