package lint

import (
	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/answers"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

const withPolicy = `x-amazon-apigateway-policy:
  Version: "2012-10-17"
  Statement: [{Effect: Allow, Principal: "*", Action: execute-api:Invoke, Resource: [execute-api:/*/GET/*, execute-api:/*/`

var preflightDenied = &Rule{
	ID:    "preflight-denied",
	Title: "the resource policy refuses preflights",
	Doc: "Browsers send preflights without a signature, so that the resource policy has to let everybody call " +
		"OPTIONS. What it does not allow it denies. What it says of single paths, or under conditions, is " +
		"not followed: apigw-cors preflight tries calls one by one.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html",
	Severity: finding.Error,
	API:      REST,
	Fails:    withPolicy + "PUT/*]}]\n" + example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	Passes:   withPolicy + "OPTIONS/*]}]\n" + example("get", `Access-Control-Allow-Origin: "'https://app.example.com'"`),
	run:      preflightDeniedRun,
}

func preflightDeniedRun(p *pass) {
	message, hint := answers.DeniedPreflights(p.Document).Say()
	if message != "" && len(p.mocks()) > 0 {
		p.report(at(p.Root.Get(extensions.NamePolicy), source.Pointer("").Child(extensions.NamePolicy)), hint, nil, "%s", message)
	}
}
