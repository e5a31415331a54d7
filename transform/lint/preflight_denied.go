package lint

import (
	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

const withPolicy = `x-amazon-apigateway-policy:
  Version: "2012-10-17"
  Statement: [{Effect: Allow, Principal: "*", Action: execute-api:Invoke, Resource: [execute-api:/*/GET/*, execute-api:/*/`

var preflightDenied = &Rule{
	ID:    "preflight-denied",
	Title: "the resource policy refuses preflights",
	Doc: "Browsers send preflights without a signature, so that the resource policy has to let everybody call " +
		"OPTIONS. What it does not allow it denies. Statements with conditions are not followed, since " +
		"they depend on where a call comes from.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html",
	Severity: finding.Error,
	API:      REST,
	Fails:    withPolicy + "PUT/*]}]\n" + example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	Passes:   withPolicy + "OPTIONS/*]}]\n" + example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	run:      preflightDeniedRun,
}

func preflightDeniedRun(p *pass) {
	var paths []string
	p.preflights(func(r *model.Resource, _ *model.Method, _ answers.Preflight) { paths = append(paths, r.Path) })
	if message, hint := answers.DeniedPreflights(p.Document, paths); message != "" {
		p.report(at(p.Root.Get(extensions.NamePolicy), answers.PolicyPointer), hint, nil, "%s", message)
	}
}
