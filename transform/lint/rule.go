package lint

import (
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// Rule is one thing that lint looks for.
type Rule struct {
	ID       string           // kebab-case, never changes
	Title    string           // what is wrong, in one line
	Doc      string           // why that matters, and what to do
	URL      string           // the page of AWS or the section of the standard that it follows from
	Severity finding.Severity // of its findings
	API      API              // the kind of API that it is about

	// Fails is an example that the rule finds, Passes one that it does not: members of a
	// document in YAML. openapi and info are left out unless they are what matters.
	Fails, Passes string

	run    func(*pass)     // nil for a rule that speaks of blocks alone
	blocks []policy.Reason // why values in blocks x-amazon-apigateway-cors cannot stand, which it speaks of too
	phase  phase
}

// About returns what a report says of the rule.
func (r *Rule) About() finding.Rule {
	return finding.Rule{ID: r.ID, Title: r.Title, Doc: r.Doc, URL: r.URL, Severity: r.Severity}
}

// phase is when a rule is tried.
type phase int

const (
	early phase = iota
	late        // when the others have spoken: it leaves out their places
	last        // when suppressions have been heeded: it speaks of them
)

// API is the kind of API that a rule is about, or that a document is for.
type API string

const (
	Both API = ""     // of a rule: any kind; of a document: which one is not known
	REST API = "rest" //
	HTTP API = "http"
)

// rules are in the order of their ids.
var rules = []*Rule{
	acacHalf, acacValue, acaoConditional, acaoMismatch, acaoMissing, acaoMultiple, anyHost,
	anySwallowsOptions, apiUntold, authorizationWildcard, backendMustAnswer, binaryAny,
	blockInvalid, blockWithoutEffect, childOfGreedy, configurationEmpty, corsAbsent, corsMapping,
	credentialsUnneeded, danglingReference, devOrigin, duplicateKey, duplicateMethod,
	exposeForbidden, exposeRemapped, exposeStar, extensionInvalid, externalReference,
	forbiddenHeader, forbiddenMethod, gatewayResponseBare, gatewayStatus, headerNotAllowed,
	headerUndeclared, insecureOrigin, integrationOfREST, integrationTypeUnknown, listSyntax,
	mappingBreaksAnswer, mappingIgnored, mappingInvalid, mappingType, mappingUnquoted, maxAgeCapped,
	maxAgeInvalid, maxAgeZero, methodCase, methodNotAllowed, mockStatus, mockTemplateMissing,
	modelName, noIntegration, notExposed, nullOrigin, openAPI31, originBlank, originCase,
	originDefaultPort, originDuplicate, originHost, originIDN, originIPForm, originNoPort,
	originNoScheme, originPath, originPort, originPortRange, originPunycode, originScheme,
	originSlashes, originSlash, originUserinfo, originWildcard, overBroadHeaders, overBroadMethods,
	parameterNameTwice, pathCharacters, pathReserved, pathWithoutSlash, patternUnanchored,
	patternUnescapedDot, preflightActualDiffer, preflightAuth, preflightByGreedy, preflightDenied,
	preflightMissing,
	preflightRequiredParameter, preflightStatus, preflightSwallowed, privateEndpointLNA,
	publicSuffixWildcard, quota, quoteResidue, redirectingOperation, redundantSafelisted,
	reflectAnyOrigin, responseHeader, responseRef, responseStatusMissing, schemaKeywordIgnored,
	securityIgnored, severalRequirements, siblingVariables, stageCacheKey, starOnPrivate,
	starWithAuthorization, starWithCredentials, subdomainWildcard, suppressionUnknown,
	suppressionUnused, thirdPartyHost, tooLarge, varyMissing, varyNeedless, wildcardCredentials,
}

// Rules returns all rules, in the order of their ids.
func Rules() []*Rule { return slices.Clone(rules) }

// Find returns the rule with an id, or nil and the id that was probably meant. The codes
// of kin-openapi are ids too.
func Find(id string) (rule *Rule, near string) {
	all := append(slices.Concat(rules, judged), validityRule)
	ids := make([]string, len(all))
	for i, r := range all {
		if r.ID == id {
			return r, ""
		}
		ids[i] = r.ID
	}
	return nil, finding.NearestOne(id, ids)
}
