package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

var configurationEmpty = &Rule{
	ID:    "configuration-empty",
	Title: "the CORS configuration of an HTTP API allows nobody",
	Doc: "A CORS configuration without origins is not the same as none: API Gateway then takes CORS " +
		"headers of the backend away and lets no page in.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html",
	Severity: finding.Error,
	API:      model.HTTP,
	CORS:     true,
	Fails: `x-amazon-apigateway-cors: {}
paths:
  /$default:
    x-amazon-apigateway-any-method: {isDefaultRoute: true}
`,
	Passes: `x-amazon-apigateway-cors: {allowOrigins: [https://app.example.com]}
paths:
  /$default:
    x-amazon-apigateway-any-method: {isDefaultRoute: true}
`,
	find: findConfigurationEmpty,
}

func findConfigurationEmpty(d *View) (found []Finding) {
	n := d.Root.Get(extensions.NameCORS)
	if n == nil || n.Kind != source.Map || model.Closed(n) != "" {
		return nil
	}
	if origins := n.Get("allowOrigins"); origins == nil || origins.Kind == source.Seq && len(origins.Items()) == 0 {
		found = append(found, Finding{
			At:      At(n, model.ConfigurationPointer),
			Message: fmt.Sprintf("%s names no origin, so it lets no page in", extensions.NameCORS),
			Hint:    "name the origins in it, or take it out",
		})
	}
	return found
}
