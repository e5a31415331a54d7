package rules

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

const greedy = `  /{proxy+}:
    x-amazon-apigateway-any-method:
      parameters: [{name: proxy, in: path, required: true, schema: {type: string}}]
      responses: {}
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: arn, passthroughBehavior: never}
`

const besideGreedy = `  /pets:
    put:
      responses: {"200": {description: pets, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}
      x-amazon-apigateway-integration:
        type: http
        httpMethod: PUT
        uri: https://backend.example.com
        responses: {default: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"}}}
`

var preflightByGreedy = &Rule{
	ID:    "preflight-by-greedy",
	Title: "a resource with a path variable handles the preflight requests of another",
	Doc: "API Gateway looks for a resource that has the method: OPTIONS /pets goes to /{name} or /{proxy+} if /pets " +
		"has no OPTIONS and no ANY of its own. What responds there knows nothing of /pets. So it was observed, " +
		"whatever the pages of AWS let one expect.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-set-up-simple-proxy.html",
	Severity: finding.Warning,
	API:      model.REST,
	CORS:     true,
	Fails:    "paths:\n" + greedy + besideGreedy,
	Passes:   strings.Replace(example("put", `Access-Control-Allow-Origin: "'https://app.example.com'"`, `Access-Control-Allow-Methods: "'PUT'"`), "paths:\n", "paths:\n"+greedy, 1),
	find:     findPreflightByGreedy,
}

func findPreflightByGreedy(d *View) (found []Finding) {
	for _, r := range d.Resources {
		h := d.handler(r)
		if h.How != responses.ByGreedy && h.How != responses.ByVariable {
			continue
		}
		other := h.Resource
		_, letsIn := preflightOf(other)
		m, why := preflighted(d, r, func(m *model.Method) bool { return (letsIn || namesOrigin(m)) && !allowsFor(d, other, r, m) })
		if m == nil {
			continue
		}
		found = append(found, Finding{
			At:      ofMethod(m),
			Message: fmt.Sprintf("%s is preflighted because of %s, and %s answers that for it", what(m), why, other.Path),
			Hint:    "give " + r.Path + " an OPTIONS of its own: apigw-cors enable --resource " + r.Path,
		})
	}
	return found
}

// allowsFor reports whether the preflight of a greedy resource allows a method that is
// another's, with the headers that it needs.
func allowsFor(d *View, greedy, r *model.Resource, m *model.Method) bool {
	have, ok := preflightOf(greedy)
	headers := derive.NeededHeaders(d.Document, r, []*model.Method{m})
	return ok && len(responses.MissingMethods(have.Headers, []string{m.Name}, have.Credentials())) == 0 &&
		len(responses.Missing(have.Headers, responses.AllowHeaders, headers, have.Credentials())) == 0
}
