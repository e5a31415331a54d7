package rules

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// ForConcern returns the rule of a concern about a policy.
func ForConcern(c policy.Concern) *Rule { return &Rule{ID: string(c.Reason), Severity: c.Severity} }

var (
	AcacHalf                = &Rule{ID: "acac-half", Severity: finding.Error}
	AcaoMissing             = &Rule{ID: "acao-missing", Severity: finding.Error}
	AnyOptionsAdded         = &Rule{ID: "any-options-added", Severity: finding.Warning}
	AnyOptionsKept          = &Rule{ID: "any-options-kept", Severity: finding.Info}
	BackendMustAnswer       = &Rule{ID: "backend-must-answer", Severity: finding.Info}
	BinaryAny               = &Rule{ID: "binary-any", Severity: finding.Error}
	BlockOverruled          = &Rule{ID: "block-overruled", Severity: finding.Warning}
	ConfigurationKept       = &Rule{ID: "configuration-kept", Severity: finding.Warning}
	ConfigurationOverruled  = &Rule{ID: "configuration-overruled", Severity: finding.Warning}
	ConfigurationNoOrigin   = &Rule{ID: "configuration-without-origin", Severity: finding.Warning}
	CORSMapping             = &Rule{ID: "cors-mapping", Severity: finding.Error}
	DuplicateMethod         = &Rule{ID: "duplicate-method", Severity: finding.Error}
	GatewayExpose           = &Rule{ID: "gateway-expose", Severity: finding.Warning}
	GatewayOriginShared     = &Rule{ID: "gateway-origin-shared", Severity: finding.Warning}
	GeneratedRemains        = &Rule{ID: "generated-remains", Severity: finding.Warning}
	GeneratedEdited         = &Rule{ID: "generated-edited", Severity: finding.Error}
	HTTPAPI                 = &Rule{ID: "http-api", Severity: finding.Warning}
	HeaderNotAllowed        = &Rule{ID: "header-not-allowed", Severity: finding.Error}
	HeaderUndeclared        = &Rule{ID: "header-undeclared", Severity: finding.Error}
	HeaderValueKept         = &Rule{ID: "header-value-kept", Severity: finding.Warning}
	IntegrationOfREST       = &Rule{ID: "integration-of-rest", Severity: finding.Error}
	MappingUnquoted         = &Rule{ID: "mapping-unquoted", Severity: finding.Error}
	MarkNotOurs             = &Rule{ID: "mark-not-ours", Severity: finding.Warning}
	MethodNotAllowed        = &Rule{ID: "method-not-allowed", Severity: finding.Error}
	MockTemplateMissing     = &Rule{ID: "mock-template-missing", Severity: finding.Error}
	NoIntegration           = &Rule{ID: "no-integration", Severity: finding.Warning}
	NoIntegrationAnswer     = &Rule{ID: "no-integration-response", Severity: finding.Warning}
	NotUnderstood           = &Rule{ID: "not-understood", Severity: finding.Warning}
	NothingToEnable         = &Rule{ID: "nothing-to-enable", Severity: finding.Warning}
	OpenAPI31               = &Rule{ID: "openapi-3.1", Severity: finding.Error}
	NoOrigin                = &Rule{ID: "no-origin", Severity: finding.Warning}
	OptionsKept             = &Rule{ID: "options-kept", Severity: finding.Info}
	OptionsReplaced         = &Rule{ID: "options-replaced", Severity: finding.Info}
	OptionsRouteAdded       = &Rule{ID: "options-route-added", Severity: finding.Warning}
	OriginConflict          = &Rule{ID: "origin-conflict", Severity: finding.Warning}
	PreflightAuth           = &Rule{ID: "preflight-auth", Severity: finding.Error}
	PreflightDenied         = &Rule{ID: "preflight-denied", Severity: finding.Error}
	PreflightStatus         = &Rule{ID: "preflight-status", Severity: finding.Error}
	PreflightToBackend      = &Rule{ID: "preflight-to-backend", Severity: finding.Warning}
	PreflightSwallowed      = &Rule{ID: "preflight-swallowed", Severity: finding.Error}
	ResponseDefaultOnly     = &Rule{ID: "response-default-only", Severity: finding.Warning}
	ProxyAnswersForOff      = &Rule{ID: "proxy-answers-for-off", Severity: finding.Warning}
	ResponseRef             = &Rule{ID: "response-ref", Severity: finding.Error}
	ResponseStatusAbsent    = &Rule{ID: "response-status-missing", Severity: finding.Error}
	ResponseTemplateMissing = &Rule{ID: "response-template-missing", Severity: finding.Warning}
	RuleHidden              = &Rule{ID: "rule-hidden", Severity: finding.Warning}
	RuleMatchesNothing      = &Rule{ID: "rule-matches-nothing", Severity: finding.Warning}
	StarWithCredentials     = &Rule{ID: "star-with-credentials", Severity: finding.Error}
	TerraformDeletesCORS    = &Rule{ID: "terraform-deletes-cors", Severity: finding.Warning}
	VaryMissing             = &Rule{ID: "vary-missing", Severity: finding.Error}
	TemplateOverrides       = &Rule{ID: "template-overrides", Severity: finding.Warning}
)
