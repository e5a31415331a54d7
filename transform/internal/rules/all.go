package rules

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// ofLint are the rules that linting tries, in the order of their ids.
var ofLint = []*Rule{
	acacFalse, acacHalf, acacValue, acaoConditional, acaoMismatch, acaoMissing, acaoMultiple, anyHost,
	anySwallowsOptions, apiUntold, authorizationWildcard, backendMustRespond, binaryAny, corsObjectInvalid,
	corsObjectWithoutEffect, childOfGreedy, configurationEmpty, configurationRefused, corsAbsent, corsMapping, credentialsUnneeded,
	danglingReference, devOrigin, duplicateKey, duplicateMethod, exposeForbidden, exposeRemapped,
	exposeStar, extensionInvalid, extensionUnknown, externalReference, forbiddenHeader, forbiddenMethod,
	gatewayOriginEcho, gatewayResponseBare, gatewayStatus, headerNotAllowed, headerUndeclared, httpAPISwagger,
	insecureOrigin, integrationOfREST, integrationStatusTwice, integrationTypeUnknown, integrationURI,
	integrationWithoutHTTPMethod, lambdaProxyNotPOST, listSyntax, mappingBreaksResponse, mappingIgnored,
	mappingInvalid, mappingType, mappingUnquoted, markerNotOurs, maxAgeCapped, maxAgeInvalid, maxAgeZero, methodCase,
	methodKeyCase, methodNotAllowed, mockContentHandling, mockStatus, mockTemplateMissing, modelName, noDefaultResponse,
	noIntegration, noIntegrationResponse, notExposed, nullOrigin, openAPI31, originBlank, OriginCase,
	OriginDefaultPort, originDuplicate, OriginHost, OriginIDN, OriginIPForm, originNoPort,
	OriginNoScheme, OriginPath, OriginPort, OriginPortRange, OriginPunycode, OriginScheme,
	OriginSlashes, OriginSlash, OriginUserinfo, OriginWildcard, overBroadHeaders, overBroadMethods,
	parameterNameInvalid, parameterNameTwice, pathCharacters, pathReserved, pathWithoutSlash,
	patternUnanchored, patternUnescapedDot, preflightActualDiffer, preflightAuth,
	preflightBodyValidated, preflightByGreedy, preflightDenied, preflightMissing,
	preflightRequiredParameter, preflightStatus, preflightSwallowed, preflightToBackend,
	privateEndpointLNA, publicSuffixWildcard, overQuota, quoteResidue, redirectingOperation,
	redundantSafelisted, reflectAnyOrigin, requestMappingUndeclared, responseHeader, responseRef, responseStatusMissing,
	schemaKeywordIgnored, securityIgnored, severalRequirements, siblingVariables, stageCacheKey,
	starOnPrivate, starWithAuthorization, starWithCredentials, subdomainWildcard, subdomainWithCredentials, SuppressionUnknown,
	SuppressionUnused, thirdPartyHost, tooLarge, twoDefaultResponses, validatorUndefined, varyMissing, varyNeedless,
	wildcardCredentials,
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
