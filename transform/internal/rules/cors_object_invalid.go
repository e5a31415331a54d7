package rules

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var corsObjectInvalid = &Rule{
	ID:    "block-invalid",
	Title: "a block x-amazon-apigateway-cors cannot be understood",
	Doc: "API Gateway passes over members that it does not know without a word: the API has no CORS then. On a " +
		"REST API the block is read by apigw-cors alone, which refuses it.",
	URL:      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-cors-configuration.html",
	Severity: finding.Error,
	CORS:     true,
	Fails: `x-amazon-apigateway-cors: {allow_origins: ["https://app.example.com"]}
paths: {}
`,
	Passes: `x-amazon-apigateway-cors: {allowOrigins: ["https://app.example.com"]}
paths: {}
`,
	blocks: slices.DeleteFunc(policy.Reasons(), func(r policy.Reason) bool { return slices.Contains(reasonsWithRule, r) }),
}

// reasonsWithRule are the reasons for which another rule reports what is wrong in a block.
var reasonsWithRule = []policy.Reason{
	policy.ReasonForbiddenMethod, policy.ReasonListSyntax, policy.ReasonMaxAgeRange, policy.ReasonMethodCase,
	policy.ReasonOriginBlank, policy.ReasonOriginCase, policy.ReasonOriginDefaultPort, policy.ReasonOriginDuplicate,
	policy.ReasonOriginHost, policy.ReasonOriginIDN, policy.ReasonOriginIPForm, policy.ReasonOriginNoScheme,
	policy.ReasonOriginNull, policy.ReasonOriginPath, policy.ReasonOriginPort, policy.ReasonOriginPortRange,
	policy.ReasonOriginPunycode, policy.ReasonOriginScheme, policy.ReasonOriginSlashes, policy.ReasonOriginTrailingSlash,
	policy.ReasonOriginUserinfo, policy.ReasonOriginWildcardForm, policy.ReasonQuoteResidue,
	policy.ReasonStarWithCredentials, policy.ReasonWildcardCredentials,
}
