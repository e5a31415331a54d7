package rules

import (
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

const answerWithError = `paths:
  /pets:
    get:
      responses:
        "200": {description: pets, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}
        "404": {description: none, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}
      x-amazon-apigateway-integration:
        type: http
        httpMethod: GET
        uri: https://backend.example.com
        responses:
          default:
            statusCode: "200"
            responseParameters: {method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"}
          "404":
            statusCode: "404"
`

var acaoConditional = &Rule{
	ID:    "acao-conditional",
	Title: "some answers of a method carry Access-Control-Allow-Origin, and others do not",
	Doc: "The console adds the header to the answer 200 alone. A page sees a network error in the place of " +
		"every other one, and a cache may give it an answer without the header.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors-console.html",
	Severity: finding.Warning,
	API:      model.REST,
	CORS:     true,
	Fails:    answerWithError,
	Passes: answerWithError + `            responseParameters: {method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"}
`,
	find: findAcaoConditional,
}

func findAcaoConditional(d *View) (found []Finding) {
	for _, m := range methods(d) {
		var bare []*model.IntegrationResponse
		enabled := false
		for _, r := range responsesOf(m) {
			if r.letsIn() {
				enabled = true
			} else {
				bare = append(bare, r.entry)
			}
		}
		if !enabled || responses.ResponderOf(m) == responses.Mock { // whose template chooses
			continue
		}
		for _, e := range bare {
			found = append(found, Finding{
				At:      ofEntry(e),
				Message: fmt.Sprintf("%s answers %s without %s, and others of its answers carry it", what(m), e.Status, responses.AllowOrigin),
				Hint:    "let this answer carry it too: apigw-cors enable, with several origins",
			})
		}
	}
	return found
}
