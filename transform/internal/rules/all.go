package rules

import "slices"

// ofLint are the rules that linting tries, in the order of their ids.
var ofLint = []*Rule{
	AcacFalse, AcacHalf, AcacValue, AcaoConditional, AcaoMismatch, AcaoMissing, AcaoMultiple, AnyHost,
	AnySwallowsOptions, APIUntold, AuthorizationWildcard, BackendMustAnswer, BinaryAny, BlockInvalid,
	BlockWithoutEffect, ChildOfGreedy, ConfigurationEmpty, CorsAbsent, CorsMapping, CredentialsUnneeded,
	DanglingReference, DevOrigin, DuplicateKey, DuplicateMethod, ExposeForbidden, ExposeRemapped,
	ExposeStar, ExtensionInvalid, ExtensionUnknown, ExternalReference, ForbiddenHeader, ForbiddenMethod,
	GatewayOriginEcho, GatewayResponseBare, GatewayStatus, HeaderNotAllowed, HeaderUndeclared,
	InsecureOrigin, IntegrationOfREST, IntegrationStatusTwice, IntegrationTypeUnknown, IntegrationURI,
	IntegrationWithoutHTTPMethod, LambdaProxyNotPOST, ListSyntax, MappingBreaksAnswer, MappingIgnored,
	MappingInvalid, MappingType, MappingUnquoted, MaxAgeCapped, MaxAgeInvalid, MaxAgeZero, MethodCase,
	MethodKeyCase, MethodNotAllowed, MockStatus, MockTemplateMissing, ModelName, NoDefaultResponse,
	NoIntegration, NoIntegrationResponse, NotExposed, NullOrigin, OpenAPI31, OriginBlank, OriginCase,
	OriginDefaultPort, OriginDuplicate, OriginHost, OriginIDN, OriginIPForm, OriginNoPort,
	OriginNoScheme, OriginPath, OriginPort, OriginPortRange, OriginPunycode, OriginScheme,
	OriginSlashes, OriginSlash, OriginUserinfo, OriginWildcard, OverBroadHeaders, OverBroadMethods,
	ParameterName, ParameterNameTwice, PathCharacters, PathReserved, PathWithoutSlash,
	PatternUnanchored, PatternUnescapedDot, PreflightActualDiffer, PreflightAuth,
	PreflightBodyValidated, PreflightByGreedy, PreflightDenied, PreflightMissing,
	PreflightRequiredParameter, PreflightStatus, PreflightSwallowed, PreflightToBackend,
	PrivateEndpointLNA, PublicSuffixWildcard, Quota, QuoteResidue, RedirectingOperation,
	RedundantSafelisted, ReflectAnyOrigin, ResponseHeader, ResponseRef, ResponseStatusMissing,
	SchemaKeywordIgnored, SecurityIgnored, SeveralRequirements, SiblingVariables, StageCacheKey,
	StarOnPrivate, StarWithAuthorization, StarWithCredentials, SubdomainWildcard, SuppressionUnknown,
	SuppressionUnused, ThirdPartyHost, TooLarge, ValidatorUndefined, VaryMissing, VaryNeedless,
	WildcardCredentials,
}

// OfLint returns the rules that linting tries, in the order of their ids.
func OfLint() []*Rule { return slices.Clone(ofLint) }

// OfEnabling returns the rules that nothing but enabling and disabling CORS reports by, in
// the order of their ids.
func OfEnabling() []*Rule { return slices.Clone(ofEnabling) }

// All returns every rule.
func All() []*Rule { return slices.Concat(ofLint, ofEnabling) }

// ByID returns the rule with an id, or nil.
func ByID(id string) *Rule { return byID[id] }

var byID = func() map[string]*Rule {
	index := map[string]*Rule{}
	for _, r := range All() {
		index[r.ID] = r
	}
	return index
}()
