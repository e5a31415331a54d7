package rules

import "github.com/apigw-cors/apigw-cors/transform/finding"

var mappingInvalid = &Rule{
	ID:    "mapping-invalid",
	Title: "a parameter mapping is not one",
	Doc: "A header of an answer can be mapped from a fixed value, from the backend's answer, from a stage " +
		"variable or from the context. It cannot be mapped from the request: method.request.header.Origin " +
		"is no source there. The import fails on a mapping that it cannot read.",
	URL:         "https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html",
	Severity:    finding.Error,
	ImportFails: true,
	Fails:       example("get", `Access-Control-Allow-Origin: method.request.header.Origin`),
	Passes:      example("get", `Access-Control-Allow-Origin: stageVariables.origin`),
	find:        reportMistakes(true),
	GivesWay:    true,
}
