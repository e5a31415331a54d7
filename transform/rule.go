package transform

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// The rules by which enabling reports findings. Ids never change.
const (
	ruleAcacHalf                = "acac-half"
	ruleAcaoMissing             = "acao-missing"
	ruleAnyOptionsAdded         = "any-options-added"
	ruleAnyOptionsKept          = "any-options-kept"
	ruleBackendMustAnswer       = "backend-must-answer"
	ruleBinaryAny               = "binary-any"
	ruleBlockOverruled          = "block-overruled"
	ruleConfigurationKept       = "configuration-kept"
	ruleConfigurationOverruled  = "configuration-overruled"
	ruleConfigurationNoOrigin   = "configuration-without-origin"
	ruleCORSMapping             = "cors-mapping"
	ruleDuplicateMethod         = "duplicate-method"
	ruleGatewayExpose           = "gateway-expose"
	ruleGatewayOriginShared     = "gateway-origin-shared"
	ruleGeneratedEdited         = "generated-edited"
	ruleHTTPAPI                 = "http-api"
	ruleHeaderNotAllowed        = "header-not-allowed"
	ruleHeaderUndeclared        = "header-undeclared"
	ruleHeaderValueKept         = "header-value-kept"
	ruleIntegrationOfREST       = "integration-of-rest"
	ruleMappingUnquoted         = "mapping-unquoted"
	ruleMarkNotOurs             = "mark-not-ours"
	ruleMethodNotAllowed        = "method-not-allowed"
	ruleMockTemplateMissing     = "mock-template-missing"
	ruleNoIntegration           = "no-integration"
	ruleNoIntegrationAnswer     = "no-integration-response"
	ruleNotUnderstood           = "not-understood"
	ruleNothingToEnable         = "nothing-to-enable"
	ruleOpenAPI31               = "openapi-3.1"
	ruleNoOrigin                = "no-origin"
	ruleOptionsKept             = "options-kept"
	ruleOptionsReplaced         = "options-replaced"
	ruleOptionsRouteAdded       = "options-route-added"
	ruleOriginConflict          = "origin-conflict"
	rulePreflightAuth           = "preflight-auth"
	rulePreflightDenied         = "preflight-denied"
	rulePreflightStatus         = "preflight-status"
	rulePreflightSwallowed      = "preflight-swallowed"
	ruleResponseDefaultOnly     = "response-default-only"
	ruleProxyAnswersForOff      = "proxy-answers-for-off"
	ruleResponseRef             = "response-ref"
	ruleResponseStatusAbsent    = "response-status-missing"
	ruleResponseTemplateMissing = "response-template-missing"
	ruleRuleHidden              = "rule-hidden"
	ruleRuleMatchesNothing      = "rule-matches-nothing"
	ruleStarWithCredentials     = "star-with-credentials"
	ruleTerraformDeletesCORS    = "terraform-deletes-cors"
	ruleVaryMissing             = "vary-missing"
	ruleTemplateOverrides       = "template-overrides"
)

// SaysCallsFail reports whether the findings of a rule warn that calls of a method fail, or that
// others than the policy says succeed, because of what the author has there.
func SaysCallsFail(rule string) bool {
	r := rules.ByID(rule)
	return r != nil && r.RequestsFail
}

// notes collects findings.
type notes struct {
	file *source.File
	all  []Finding
}

// has reports whether a finding has been noted already.
func (ns *notes) has(f Finding) bool { return slices.Contains(ns.all, f) }

// place is a node and the pointer of the member that is spoken of.
type place struct {
	node    *source.Node
	pointer pointer
}

func here(n *source.Node, p pointer) place { return place{n, p} }

func (ns *notes) info(rule string, at place, message, hint string) {
	ns.note(finding.Info, rule, at, message, hint)
}

func (ns *notes) warn(rule string, at place, message, hint string) {
	ns.note(finding.Warning, rule, at, message, hint)
}

func (ns *notes) fail(rule string, at place, message, hint string) {
	ns.note(finding.Error, rule, at, message, hint)
}

func (ns *notes) note(s finding.Severity, rule string, at place, message, hint string) {
	ns.all = append(ns.all, Finding{
		Rule:     rule,
		Severity: s,
		File:     ns.file.Name,
		Position: ns.file.Position(at.node.Start),
		Pointer:  string(at.pointer),
		Message:  message,
		Hint:     hint,
	})
}
