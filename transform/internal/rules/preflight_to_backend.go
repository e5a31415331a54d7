package rules

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

const withoutAuthorizer = `x-amazon-apigateway-cors: {allowOrigins: ["https://app.example.com"]}
paths:
  /pets:
    METHOD:
      responses: {default: {description: pets}}
      x-amazon-apigateway-integration: {type: AWS_PROXY, httpMethod: POST, uri: arn, payloadFormatVersion: "2.0"}
`

var preflightToBackend = &Rule{
	ID:    "preflight-to-backend",
	Title: "a catch-all route passes preflight requests to its backend",
	Doc: "An HTTP API responds to preflight requests by itself only where no route matches them. ANY matches OPTIONS " +
		"too, and $default what nothing else does. The backend of such a route must respond to them with a 2xx " +
		"status; API Gateway adds the CORS headers.",
	URL:          "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html",
	Severity:     finding.Warning,
	API:          model.HTTP,
	CORS:         true,
	RequestsFail: true,
	Fails:        strings.Replace(withoutAuthorizer, "METHOD", "x-amazon-apigateway-any-method", 1),
	Passes:       strings.Replace(withoutAuthorizer, "METHOD", "get", 1),
	find:         findPreflightToBackend,
}

func findPreflightToBackend(d *View) (found []Finding) {
	for _, m := range catchAlls(d) {
		found = append(found, passesPreflights(d.Document, m)...)
	}
	return found
}
