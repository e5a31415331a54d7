package transform

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// The rules by which enabling reports findings. Ids never change.
const (
	ruleAcacHalf             = "acac-half"
	ruleAcaoMissing          = "acao-missing"
	ruleAnyOptionsAdded      = "any-options-added"
	ruleAnyOptionsKept       = "any-options-kept"
	ruleBackendMustAnswer    = "backend-must-answer"
	ruleBinaryAny            = "binary-any"
	ruleBlockKept            = "block-kept"
	ruleGatewayOriginShared  = "gateway-origin-shared"
	ruleGeneratedEdited      = "generated-edited"
	ruleHTTPAPI              = "http-api"
	ruleHeaderNotAllowed     = "header-not-allowed"
	ruleHeaderUndeclared     = "header-undeclared"
	ruleHeaderValueKept      = "header-value-kept"
	ruleMappingUnquoted      = "mapping-unquoted"
	ruleMethodNotAllowed     = "method-not-allowed"
	ruleNoIntegration        = "no-integration"
	ruleNoIntegrationAnswer  = "no-integration-response"
	ruleNotUnderstood        = "not-understood"
	ruleNothingToEnable      = "nothing-to-enable"
	ruleOpenAPI31            = "openapi-3.1"
	ruleOptionsKept          = "options-kept"
	ruleOriginConflict       = "origin-conflict"
	rulePreflightAuth        = "preflight-auth"
	rulePreflightStatus      = "preflight-status"
	ruleResponseDefaultOnly  = "response-default-only"
	ruleResponseRef          = "response-ref"
	ruleResponseStatusAbsent = "response-status-missing"
)

// notes collects findings.
type notes struct {
	file *source.File
	all  []Finding
}

// note adds a finding at a node.
func (ns *notes) note(s finding.Severity, rule string, at *source.Node, p source.Pointer, message, hint string) {
	ns.all = append(ns.all, Finding{
		Rule:     rule,
		Severity: s,
		File:     ns.file.Name,
		Position: ns.file.Position(at.Start),
		Pointer:  string(p),
		Message:  message,
		Hint:     hint,
	})
}
