package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

const cached = `paths:
  /pets:
    get:
      responses: {"200": {description: pets, headers: {Vary: {schema: {type: string}}}}}
      x-amazon-apigateway-integration:
        type: http
        httpMethod: GET
        uri: https://backend.example.com
        cacheKeyParameters: [KEYS]
        responses:
          default:
            statusCode: "200"
            responseParameters: {method.response.header.Vary: "'Origin'"}
            responseTemplates:
              application/json: |
                #if($input.params("Origin") == "https://app.example.com")
                #set($context.responseOverride.header.Access-Control-Allow-Origin = $input.params("Origin"))
                #end
`

var stageCacheKey = &Rule{
	ID:    "stage-cache-key",
	Title: "an origin is worked out for each call, and the cache of the stage does not tell origins apart",
	Doc: "API Gateway's cache tells calls apart by cacheKeyParameters. Where the answer depends on Origin " +
		"and that is not among them, one page gets the answer for another.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html",
	Severity: finding.Warning,
	API:      model.REST,
	CORS:     true,
	Fails:    strings.Replace(cached, "KEYS", "method.request.querystring.page", 1),
	Passes:   strings.Replace(cached, "KEYS", "method.request.querystring.page, method.request.header.Origin", 1),
	find:     findStageCacheKey,
}

func findStageCacheKey(d *View) (found []Finding) {
	for _, m := range methods(d) {
		if m.Integration == nil {
			continue
		}
		keys := m.Integration.Node.Get("cacheKeyParameters")
		if keys == nil || slices.ContainsFunc(keys.Items(), isOriginKey) {
			continue
		}
		if slices.ContainsFunc(m.Integration.Responses, func(e model.IntegrationResponse) bool { return overridesOrigin(m, &e) }) {
			found = append(found, Finding{
				At:      At(keys, m.Integration.Pointer.Child("cacheKeyParameters")),
				Message: fmt.Sprintf("%s answers with the caller's origin, which is not among its cache keys", what(m)),
				Hint:    "add method.request.header.Origin, and declare the parameter",
			})
		}
	}
	return found
}

func isOriginKey(n *source.Node) bool {
	return strings.EqualFold(n.Text(), "method.request.header.origin")
}
