package proof

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/proof/fetch"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// explain sets which place in the document decided about a request that is refused, and what to
// do about it.
func (d *Dialogue) explain(api *gateway.API, e *Exchange) {
	d.Pointer = e.decider(d.Verdict.Rule.Header())
	d.Remedy = d.remedy(e)
	switch {
	case d.Verdict.Rule == fetch.RuleMethodCase: // of which the method of the request may be guilty
	case d.Verdict.Stage == fetch.StagePreflight && !api.Takes(d.Verdict.Method, e.Request.Path):
		d.Remedy = "the document has no method that takes " + d.Verdict.Method + " " + e.Request.Path
	case e.applied(gateway.BehaviourNoRoute):
		d.Remedy = "the document has no such method: look at the path and the method of the call"
		if d.Verdict.Stage == fetch.StagePreflight {
			d.Remedy = "nothing answers the preflight: enable CORS for the resource with apigw-cors enable"
		}
	case e.applied(gateway.BehaviourHTTPNoRoute):
		d.Remedy = "the document has no such route, or no x-amazon-apigateway-cors at the root: see apigw-cors enable --api http"
	case e.applied(gateway.BehaviourResourcePolicyDenies):
		d.Remedy = "the resource policy lets nobody make this request who does not sign: let it allow execute-api:Invoke to everybody and deny it to nobody, at least for OPTIONS"
	case e.applied(gateway.BehaviourHTTPAuthorizer) && d.Verdict.Stage == fetch.StagePreflight:
		d.Remedy = "preflights carry no credentials: add an OPTIONS route for this path with security: [] (of $default that is OPTIONS /{proxy+} and OPTIONS /): apigw-cors enable --api http writes it"
	case e.applied(gateway.BehaviourHTTPAuthorizer):
		d.Remedy = "the call needs what identifies the caller: of API Gateway's own refusals in an HTTP API, pages can read the 401 of a JWT authorizer, where there is a CORS configuration"
	case e.applied(gateway.BehaviourHTTPHeaderRefused):
		d.Remedy = "the console says that there is no Access-Control-Allow-Origin, since API Gateway sends no CORS header at all to a preflight that asks for a header which allowHeaders does not list: apigw-cors enable --add-header " + strings.Join(api.Unlisted(e.Request), " --add-header ")
	case e.applied(gateway.BehaviourValidator) && d.Verdict.Stage == fetch.StagePreflight:
		d.Remedy = "preflights have neither parameters nor a body: let the OPTIONS not require any, those of its path item among them, or take its request validator away"
	case e.applied(gateway.BehaviourValidator):
		d.Remedy = "the request validator requires what the request does not have: send it, or require less"
	case e.applied(gateway.BehaviourBackendFails):
		d.Remedy = "the backend cannot be reached: look at its address, and whether it runs"
	case e.applied(gateway.BehaviourAuthorizer), e.applied(gateway.BehaviourAuthorizerDenies), e.applied(gateway.BehaviourIAM), e.applied(gateway.BehaviourAPIKey):
		d.Remedy = "the call needs what identifies the caller, and gateway responses with the headers, so that its refusal can be read"
		if d.Verdict.Stage == fetch.StagePreflight {
			d.Remedy = "preflights carry no credentials: give the OPTIONS security: []"
		}
	case d.Verdict.Stage == fetch.StagePreflight && e.applied(gateway.BehaviourUnsupportedMediaType):
		d.Remedy = "preflights have no body: give the OPTIONS a request template for application/json, in lower case"
	case e.failsByItself() != "":
		d.Remedy = e.failsByItself()
	case e.applied(gateway.BehaviourProxy) && d.Verdict.Stage == fetch.StageActual:
		d.Remedy = "a proxy integration answers what its backend sends: let the backend send the header (apigw-cors report lists what each must send)"
	case e.applied(gateway.BehaviourGatewayResponse):
		d.Remedy += "; what API Gateway answers by itself gets headers from gateway responses only"
	}
}

// afterwards are the behaviours that give a response what it is sent with, once it is decided.
var afterwards = []gateway.Behaviour{gateway.BehaviourRemapped, gateway.BehaviourGatewayResponse, gateway.BehaviourGatewayInherits, gateway.BehaviourGatewayName}

// decider is the place that gave a response its header; else that of the last step that looked at
// the document.
func (e *Exchange) decider(header string) string {
	place := e.Response.Pointer
	for _, s := range e.Response.Steps {
		if s.Pointer != "" && s.Header == "" && !slices.Contains(afterwards, s.Behaviour) {
			place = s.Pointer // of an error of API Gateway's own, what made it
		}
	}
	for _, s := range e.Response.Steps {
		if s.Header != "" && strings.EqualFold(s.Header, header) {
			return s.Pointer
		}
	}
	return place
}

// remedy is what to do about what the rule of the verdict refuses, with the values of the request.
func (d *Dialogue) remedy(e *Exchange) string {
	rule := d.Verdict.Rule
	if rule == fetch.RuleACAOMissing && (e.sends("Vary", "Origin") || e.applied(gateway.BehaviourHTTPRefused)) {
		rule = fetch.RuleACAOMismatch // others are let in
	}
	if value, ok := e.value(rule.Header()); ok && strings.Contains(value, "'") {
		return "take the single quotes within the value out: only those around all of it, as in \"'GET,PUT'\", are not sent"
	}
	return strings.NewReplacer("ORIGIN", d.Request.Origin, "NAME", strings.Join(d.unlisted(e), " --add-header ")).Replace(remedies[rule])
}

// value returns the value of a header of a response.
func (e *Exchange) value(name string) (string, bool) {
	for _, f := range e.Response.Header {
		if strings.EqualFold(f.Name, name) {
			return f.Value, true
		}
	}
	return "", false
}

// unlisted are the headers of a request that the response to its preflight does not list.
func (d *Dialogue) unlisted(e *Exchange) []string {
	var listed []string
	value, _ := e.value(fetch.RuleHeaderNotAllowed.Header())
	for name := range strings.SplitSeq(value, ",") {
		listed = append(listed, strings.ToLower(strings.TrimSpace(name)))
	}
	return slices.DeleteFunc(slices.Clone(d.Verdict.PreflightHeaders), func(name string) bool { return slices.Contains(listed, name) })
}

// failsByItself tells what to do about a method that answers nothing but errors; empty where it
// does not.
func (e *Exchange) failsByItself() string {
	for _, s := range e.Response.Steps {
		if remedy := brokenRemedies[s.Behaviour]; remedy != "" {
			return remedy
		}
	}
	return ""
}

// brokenRemedies are what to do about methods that cannot answer, by the behaviour that shows it.
var brokenRemedies = map[gateway.Behaviour]string{
	gateway.BehaviourMockNoStatus:         `the method itself fails: give its mock a request template for application/json that renders {"statusCode": 200}`,
	gateway.BehaviourNoSelection:          `the method itself fails: give its integration a response "default"`,
	gateway.BehaviourStatusUndeclared:     "the method itself fails: declare a response for the status of its integration response",
	gateway.BehaviourBinary:               "the method itself fails: give its integration contentHandling CONVERT_TO_TEXT, and its response too",
	gateway.BehaviourMappingBreaks:        "the method itself fails: take the request mapping out, API Gateway sets this header itself",
	gateway.BehaviourConversion:           "the method itself fails: leave contentHandling CONVERT_TO_BINARY or the template out, and let the backend send Base64 where bytes are asked for",
	gateway.BehaviourFunctionMethod:       "the method itself fails: write httpMethod: POST, with which every Lambda function is called",
	gateway.BehaviourOverrideTwice:        "the method itself fails: override a header, or the status, once and in one of the two templates",
	gateway.BehaviourUnsupportedMediaType: "the method takes no body of this type: give it a request template for it, or another passthroughBehavior",
}

// sends reports whether a response has a field.
func (e *Exchange) sends(name, value string) bool {
	have, ok := e.value(name)
	return ok && strings.EqualFold(have, value)
}

// applied reports whether a behaviour led to the response; none did where nothing was requested.
func (e *Exchange) applied(b gateway.Behaviour) bool {
	if e == nil {
		return false
	}
	for _, s := range e.Response.Steps {
		if s.Behaviour == b {
			return true
		}
	}
	return false
}

// remedies are what to do about what a rule of package fetch refuses.
var remedies = map[fetch.Rule]string{
	fetch.RuleURLInvalid:            "write the path as it stands in a URL, such as /pets/7",
	fetch.RuleURLScheme:             "call the API over https",
	fetch.RuleURLUserinfo:           "leave user and password out of the URL",
	fetch.RuleMethodInvalid:         "write a method, such as PUT",
	fetch.RuleForbiddenMethod:       "no script can send this method: use another one",
	fetch.RuleCredentialsUnknown:    "write omit, same-origin or include",
	fetch.RuleBodyWithGet:           "leave the body out, or use POST",
	fetch.RuleHeaderInvalid:         "write a header as NAME or NAME=VALUE",
	fetch.RuleACAOMissing:           "let the answer carry Access-Control-Allow-Origin: apigw-cors enable writes it",
	fetch.RuleACAOMultiple:          "let the answer carry one origin; with several, apigw-cors enable writes a template that chooses",
	fetch.RuleACAOMismatch:          "allow this very origin: apigw-cors enable --allow-origin ORIGIN",
	fetch.RuleStarWithCredentials:   "name the origins in place of *, or call without credentials",
	fetch.RuleACACMissing:           "allow credentials (apigw-cors enable --allow-credentials), or call without them",
	fetch.RuleACACValue:             "write true, in lower case",
	fetch.RulePreflightStatus:       "let OPTIONS answer with 200 or 204: apigw-cors enable writes a mock that does",
	fetch.RuleMethodNotAllowed:      "add the method to allowMethods, or leave allowMethods out, so that it is derived",
	fetch.RuleMethodCase:            "write methods in upper case, in the document and in the call",
	fetch.RuleHeaderNotAllowed:      "add the header to allowHeaders: apigw-cors enable --add-header NAME",
	fetch.RuleAuthorizationWildcard: "name Authorization among allowHeaders: * does not cover it",
	fetch.RuleWildcardCredentials:   "name methods and headers one by one: with credentials * is an ordinary name",
	fetch.RuleListSyntax:            "separate names by commas, without quotes or other characters",
	fetch.RuleResponseInvalid:       "let the header have a value that HTTP can carry",
}

// unknownRemedies are what to do where something is not known.
var unknownRemedies = map[gateway.Reason]string{
	gateway.ReasonIntrinsic:      "resolve the intrinsic function, or prove the document that is deployed",
	gateway.ReasonPlaceholder:    "fill the placeholder in, and prove the document that comes of it",
	gateway.ReasonStageVariable:  "give its value with --stage-variable NAME=VALUE",
	gateway.ReasonElsewhere:      "bundle the documents into one",
	gateway.ReasonUnreadable:     "mend the document: apigw-cors lint says what is wrong with it",
	gateway.ReasonNoIntegration:  "give the method an integration",
	gateway.ReasonImport:         "mend the document: apigw-cors lint says what stands in the way of its import",
	gateway.ReasonAmbiguous:      "let the document say one thing",
	gateway.ReasonNoPolicy:       "enable CORS for it with apigw-cors enable, or name an origin with --origin",
	gateway.ReasonBackend:        "enable CORS for it (a mapping from the backend gives way to --existing replace), or ask the backend itself: apigw-cors serve --backend URL",
	gateway.ReasonResourcePolicy: "ask about a path that is called: apigw-cors preflight --path PATH",
	gateway.ReasonTemplate:       "write the template in simpler terms, or ask the deployed API: apigw-cors probe",
}

// Remedy is what to do where something is not known.
func Remedy(u *gateway.Unknown) string { return unknownRemedies[u.Reason] }
