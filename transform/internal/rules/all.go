package rules

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// ofLint are the rules that linting tries, in the order of their ids.
var ofLint = []*Rule{
	AcacFalse, AcacHalf, AcacValue, AcaoConditional, AcaoMismatch, AcaoMissing, AcaoMultiple, AnyHost,
	AnySwallowsOptions, APIUntold, AuthorizationWildcard, BackendMustRespond, BinaryAny, CORSObjectInvalid,
	CORSObjectWithoutEffect, ChildOfGreedy, ConfigurationEmpty, ConfigurationRefused, CORSAbsent, CORSMapping, CredentialsUnneeded,
	DanglingReference, DevOrigin, DuplicateKey, DuplicateMethod, ExposeForbidden, ExposeRemapped,
	ExposeStar, ExtensionInvalid, ExtensionUnknown, ExternalReference, ForbiddenHeader, ForbiddenMethod,
	GatewayOriginEcho, GatewayResponseBare, GatewayStatus, HeaderNotAllowed, HeaderUndeclared, HTTPAPISwagger,
	InsecureOrigin, IntegrationOfREST, IntegrationStatusTwice, IntegrationTypeUnknown, IntegrationURI,
	IntegrationWithoutHTTPMethod, LambdaProxyNotPOST, ListSyntax, MappingBreaksResponse, MappingIgnored,
	MappingInvalid, MappingType, MappingUnquoted, MarkerNotOurs, MaxAgeCapped, MaxAgeInvalid, MaxAgeZero, MethodCase,
	MethodKeyCase, MethodNotAllowed, MockContentHandling, MockStatus, MockTemplateMissing, ModelName, NoDefaultResponse,
	NoIntegration, NoIntegrationResponse, NotExposed, NullOrigin, OpenAPI31, OriginBlank, OriginCase,
	OriginDefaultPort, OriginDuplicate, OriginHost, OriginIDN, OriginIPForm, OriginNoPort,
	OriginNoScheme, OriginPath, OriginPort, OriginPortRange, OriginPunycode, OriginScheme,
	OriginSlashes, OriginSlash, OriginUserinfo, OriginWildcard, OverBroadHeaders, OverBroadMethods,
	ParameterName, ParameterNameTwice, PathCharacters, PathReserved, PathWithoutSlash,
	PatternUnanchored, PatternUnescapedDot, PreflightActualDiffer, PreflightAuth,
	PreflightBodyValidated, PreflightByGreedy, PreflightDenied, PreflightMissing,
	PreflightRequiredParameter, PreflightStatus, PreflightSwallowed, PreflightToBackend,
	PrivateEndpointLNA, PublicSuffixWildcard, Quota, QuoteResidue, RedirectingOperation,
	RedundantSafelisted, ReflectAnyOrigin, RequestMappingUndeclared, ResponseHeader, ResponseRef, ResponseStatusMissing,
	SchemaKeywordIgnored, SecurityIgnored, SeveralRequirements, SiblingVariables, StageCacheKey,
	StarOnPrivate, StarWithAuthorization, StarWithCredentials, SubdomainWildcard, SubdomainWithCredentials, SuppressionUnknown,
	SuppressionUnused, ThirdPartyHost, TooLarge, TwoDefaultResponses, ValidatorUndefined, VaryMissing, VaryNeedless,
	WildcardCredentials,
}

// OfLint returns the rules that linting tries, in the order of their ids.
func OfLint() []*Rule { return slices.Clone(ofLint) }

// OfEnabling returns the rules that nothing but enabling and disabling CORS reports by, in
// the order of their ids.
func OfEnabling() []*Rule { return slices.Clone(ofEnabling) }

// All returns every rule.
func All() []*Rule { return slices.Concat(ofLint, ofEnabling) }

// Find tries the rules that linting tries on a document, and returns what they find in the
// order of the rules. Enabling CORS leaves out what is not its concern: see [Rule.CORS] and
// [Rule.ImportFails].
func Find(d *View) []Finding { return FindBy(d, func(*Rule) bool { return true }) }

// FindBy does the same by some of the rules.
func FindBy(d *View, wanted func(*Rule) bool) (found []Finding) {
	for _, r := range ofLint {
		if wanted(r) && r.IsAbout(d.API) {
			found = append(found, r.Find(d)...)
		}
	}
	return withoutRepetition(found)
}

// withoutRepetition leaves out the findings of rules that give way, where another rule has
// one about the same member that is as grave.
func withoutRepetition(found []Finding) []Finding {
	gravest := map[source.Pointer]finding.Severity{}
	for _, f := range found {
		if !f.Rule.GivesWay {
			gravest[f.At.Pointer] = max(gravest[f.At.Pointer], f.Rule.Severity)
		}
	}
	return slices.DeleteFunc(found, func(f Finding) bool { return f.Rule.GivesWay && gravest[f.At.Pointer] >= f.Rule.Severity })
}

// ByID returns the rule with an id, or nil.
func ByID(id string) *Rule { return byID[id] }

// ForConcern returns the rule of a concern about a policy, which is called like its reason.
func ForConcern(c policy.Concern) *Rule { return byID[string(c.Reason)] }

var byID = func() map[string]*Rule {
	index := map[string]*Rule{}
	for _, r := range All() {
		index[r.ID] = r
	}
	return index
}()
