package rules

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

var configurationRefused = &Rule{
	ID:    "configuration-refused",
	Title: "API Gateway does not take the CORS configuration of an HTTP API",
	Doc: "The import as an HTTP API fails where x-amazon-apigateway-cors has the origin * together with " +
		"allowCredentials, an origin with a wildcard other than *, http://* and https://*, or an age that is " +
		"not from -1 to 86400 seconds.",
	URL:         "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html",
	Severity:    finding.Error,
	API:         model.HTTP,
	CORS:        true,
	ImportFails: true,
	Fails: `x-amazon-apigateway-cors: {allowOrigins: ["*"], allowCredentials: true}
paths: {}
`,
	Passes: `x-amazon-apigateway-cors: {allowOrigins: ["*"]}
paths: {}
`,
	find: findConfigurationRefused,
}

func findConfigurationRefused(d *View) (found []Finding) {
	for _, b := range d.blocks() {
		for _, e := range b.mistakes {
			if isOfRefusal(d, b, e) && !d.Generated(b.at(e.Member).Pointer) {
				found = append(found, ofMistake(b, e))
			}
		}
	}
	return found
}
