package rules

import (
	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
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
	API:      model.REST,
	CORS:     true,
	Fails:    withPolicy + "PUT/*]}]\n" + example("put", `Access-Control-Allow-Origin: "'https://app.example.com'"`, `Access-Control-Allow-Methods: "'PUT'"`),
	Passes:   withPolicy + "OPTIONS/*]}]\n" + example("put", `Access-Control-Allow-Origin: "'https://app.example.com'"`, `Access-Control-Allow-Methods: "'PUT'"`),
	find:     findPreflightDenied,
}

func findPreflightDenied(d *View) []Finding {
	var resources []*model.Resource
	for _, p := range d.preflights() {
		resources = append(resources, p.resource)
	}
	return deniedPreflights(d.Document, resources)
}

// DeniedPreflights returns the finding of [preflightDenied] where the resource policy keeps out
// every preflight request of resources that are called by pages.
func DeniedPreflights(d *model.Document, resources []*model.Resource) []Finding {
	found := deniedPreflights(d, resources)
	for i := range found {
		found[i].Rule = preflightDenied
	}
	return found
}

func deniedPreflights(d *model.Document, resources []*model.Resource) []Finding {
	message, hint := responses.DeniedPreflights(d, resources).Say()
	if message == "" {
		return nil
	}
	return []Finding{{
		At:      At(d.Root.Get(extensions.NamePolicy), source.Pointer("").Child(extensions.NamePolicy)),
		Message: message,
		Hint:    hint,
	}}
}
