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
	d.Pointer = e.decider(headerOf(d.Verdict.Rule))
	d.Remedy = d.remedy(e)
	switch {
	case d.Verdict.Rule == "method-case": // of which the method of the request may be guilty
	case d.Verdict.Stage == fetch.StagePreflight && !api.Takes(d.Verdict.Method, e.Request.Path):
		d.Remedy = "the document has no method that takes " + d.Verdict.Method + " " + e.Request.Path
	case e.applied("route-missing"):
		d.Remedy = "the document has no such method: look at the path and the method of the call"
		if d.Verdict.Stage == fetch.StagePreflight {
			d.Remedy = "nothing answers the preflight: enable CORS for the resource with apigw-cors enable"
		}
	case e.applied("http-route-missing"):
		d.Remedy = "the document has no such route, or no x-amazon-apigateway-cors at the root: see apigw-cors enable --api http"
	case e.applied("resource-policy-denies"):
		d.Remedy = "the resource policy lets nobody make this request who does not sign: let it allow execute-api:Invoke to everybody and deny it to nobody, at least for OPTIONS"
	case e.applied("http-authorizer") && d.Verdict.Stage == fetch.StagePreflight:
		d.Remedy = "preflights carry no credentials: add an OPTIONS route for this path with security: [] (of $default that is OPTIONS /{proxy+} and OPTIONS /): apigw-cors enable --api http writes it"
	case e.applied("http-authorizer"):
		d.Remedy = "the call needs what identifies the caller: of API Gateway's own refusals in an HTTP API, pages can read the 401 of a JWT authorizer, where there is a CORS configuration"
	case e.applied("http-header-refused"):
		d.Remedy = "the console says that there is no Access-Control-Allow-Origin, since API Gateway sends no CORS header at all to a preflight that asks for a header which allowHeaders does not list: apigw-cors enable --add-header " + strings.Join(api.Unlisted(e.Request), " --add-header ")
	case e.applied("validator") && d.Verdict.Stage == fetch.StagePreflight:
		d.Remedy = "preflights have neither parameters nor a body: let the OPTIONS not require any, those of its path item among them, or take its request validator away"
	case e.applied("validator"):
		d.Remedy = "the request validator requires what the request does not have: send it, or require less"
	case e.applied("backend-fails"):
		d.Remedy = "the backend cannot be reached: look at its address, and whether it runs"
	case e.applied("authorizer"), e.applied("authorizer-denies"), e.applied("iam"), e.applied("api-key"):
		d.Remedy = "the call needs what identifies the caller, and gateway responses with the headers, so that its refusal can be read"
		if d.Verdict.Stage == fetch.StagePreflight {
			d.Remedy = "preflights carry no credentials: give the OPTIONS security: []"
		}
	case d.Verdict.Stage == fetch.StagePreflight && e.applied("unsupported-media-type"):
		d.Remedy = "preflights have no body: give the OPTIONS a request template for application/json, in lower case"
	case e.failsByItself() != "":
		d.Remedy = e.failsByItself()
	case e.applied("proxy") && d.Verdict.Stage == fetch.StageActual:
		d.Remedy = "a proxy integration answers what its backend sends: let the backend send the header (apigw-cors report lists what each must send)"
	case e.applied("gateway-response"):
		d.Remedy += "; what API Gateway answers by itself gets headers from gateway responses only"
	}
}

// decider is the place that gave a response its header; else that of the last step that looked at
// the document.
func (e *Exchange) decider(header string) string {
	place := e.Response.Pointer
	for _, s := range e.Response.Steps {
		if s.Pointer != "" && s.Header == "" && s.Behaviour.ID != "remapped" && !strings.HasPrefix(s.Behaviour.ID, "gateway-response") {
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
	if rule == "acao-missing" && (e.sends("Vary", "Origin") || e.applied("http-refused")) {
		rule = "acao-mismatch" // others are let in
	}
	if value, ok := e.value(headerOf(rule)); ok && strings.Contains(value, "'") {
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
	value, _ := e.value(headerOf("header-not-allowed"))
	for name := range strings.SplitSeq(value, ",") {
		listed = append(listed, strings.ToLower(strings.TrimSpace(name)))
	}
	return slices.DeleteFunc(slices.Clone(d.Verdict.PreflightHeaders), func(name string) bool { return slices.Contains(listed, name) })
}

// failsByItself tells what to do about a method that answers nothing but errors; empty where it
// does not.
func (e *Exchange) failsByItself() string {
	for _, s := range e.Response.Steps {
		if remedy := brokenRemedies[s.Behaviour.ID]; remedy != "" {
			return remedy
		}
	}
	return ""
}

// brokenRemedies are what to do about methods that cannot answer, by the behaviour that shows it.
var brokenRemedies = map[string]string{
	"mock-without-status":    `the method itself fails: give its mock a request template for application/json that renders {"statusCode": 200}`,
	"selection-missing":      `the method itself fails: give its integration a response "default"`,
	"status-undeclared":      "the method itself fails: declare a response for the status of its integration response",
	"binary":                 "the method itself fails: give its integration contentHandling CONVERT_TO_TEXT, and its response too",
	"mapping-breaks-answer":  "the method itself fails: take the request mapping out, API Gateway sets this header itself",
	"conversion":             "the method itself fails: leave contentHandling CONVERT_TO_BINARY or the template out, and let the backend send Base64 where bytes are asked for",
	"function-not-post":      "the method itself fails: write httpMethod: POST, with which every Lambda function is called",
	"override-twice":         "the method itself fails: override a header, or the status, once and in one of the two templates",
	"unsupported-media-type": "the method takes no body of this type: give it a request template for it, or another passthroughBehavior",
}

// sends reports whether a response has a field.
func (e *Exchange) sends(name, value string) bool {
	have, ok := e.value(name)
	return ok && strings.EqualFold(have, value)
}

// applied reports whether a behaviour led to the response; none did where nothing was requested.
func (e *Exchange) applied(id string) bool {
	if e == nil {
		return false
	}
	for _, s := range e.Response.Steps {
		if s.Behaviour.ID == id {
			return true
		}
	}
	return false
}

// headerOf is the header of a response that a rule of package fetch is about.
func headerOf(rule string) string {
	switch {
	case strings.HasPrefix(rule, "acao-"), rule == "star-with-credentials":
		return "Access-Control-Allow-Origin"
	case strings.HasPrefix(rule, "acac-"):
		return "Access-Control-Allow-Credentials"
	case strings.HasPrefix(rule, "method-"):
		return "Access-Control-Allow-Methods"
	case strings.HasPrefix(rule, "header-"), rule == "authorization-wildcard":
		return "Access-Control-Allow-Headers"
	}
	return ""
}

// remedies are what to do about what a rule of package fetch refuses.
var remedies = map[string]string{
	"url-invalid":            "write the path as it stands in a URL, such as /pets/7",
	"url-scheme":             "call the API over https",
	"url-userinfo":           "leave user and password out of the URL",
	"method-invalid":         "write a method, such as PUT",
	"forbidden-method":       "no script can send this method: use another one",
	"credentials-unknown":    "write omit, same-origin or include",
	"body-with-get":          "leave the body out, or use POST",
	"header-invalid":         "write a header as NAME or NAME=VALUE",
	"acao-missing":           "let the answer carry Access-Control-Allow-Origin: apigw-cors enable writes it",
	"acao-multiple":          "let the answer carry one origin; with several, apigw-cors enable writes a template that chooses",
	"acao-mismatch":          "allow this very origin: apigw-cors enable --allow-origin ORIGIN",
	"star-with-credentials":  "name the origins in place of *, or call without credentials",
	"acac-missing":           "allow credentials (apigw-cors enable --allow-credentials), or call without them",
	"acac-value":             "write true, in lower case",
	"preflight-status":       "let OPTIONS answer with 200 or 204: apigw-cors enable writes a mock that does",
	"method-not-allowed":     "add the method to allowMethods, or leave allowMethods out, so that it is derived",
	"method-case":            "write methods in upper case, in the document and in the call",
	"header-not-allowed":     "add the header to allowHeaders: apigw-cors enable --add-header NAME",
	"authorization-wildcard": "name Authorization among allowHeaders: * does not cover it",
	"wildcard-credentials":   "name methods and headers one by one: with credentials * is an ordinary name",
	"list-syntax":            "separate names by commas, without quotes or other characters",
	"response-invalid":       "let the header have a value that HTTP can carry",
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
