package transform

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
)

// Rules returns the rules of findings that only enabling and disabling CORS has, in the
// order of their ids. The ids of other findings are those of rules of package lint, and of
// concerns about a policy.
func Rules() []finding.Rule {
	return slices.SortedFunc(slices.Values(ofEnable), func(a, b finding.Rule) int { return strings.Compare(a.ID, b.ID) })
}

const readme = "https://github.com/apigw-cors/apigw-cors"

// What AWS says of the things that rules are about.
const (
	pageCORS      = "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html"
	pageHTTPCORS  = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html"
	pageGateway   = "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html"
	pageOverrides = "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html"
)

var ofEnable = []finding.Rule{
	{ID: "any-options-added", Severity: finding.Warning, URL: pageCORS, Title: "an OPTIONS takes preflights over from a proxied ANY",
		Doc: "ANY stands for OPTIONS too, so the backend has got the preflights until now, and may answer them. --set anyOptions=keep leaves them to it."},
	{ID: "any-options-kept", Severity: finding.Info, URL: pageCORS, Title: "preflights stay with the backend of a proxied ANY",
		Doc: "The policy says so (emit.anyOptions: keep). The backend has to answer OPTIONS with the headers that the finding names."},
	{ID: "block-overruled", Severity: finding.Warning, URL: readme + "#policy", Title: "a member of a block does not hold",
		Doc: "Of several sources of a policy the strongest counts, member by member: flags and the policy file come before a block in the document."},
	{ID: "configuration-kept", Severity: finding.Warning, URL: pageHTTPCORS, Title: "a member of the CORS configuration says something else than the policy, and is kept",
		Doc: "--existing complete only adds. What somebody names takes the place of what is there with --existing keep."},
	{ID: "configuration-overruled", Severity: finding.Warning, URL: pageHTTPCORS, Title: "a member of the CORS configuration gives way to the policy",
		Doc: "What somebody names on the command line or in the policy file replaces what the author's configuration says. disable does not bring it back."},
	{ID: "configuration-without-origin", Severity: finding.Warning, URL: pageHTTPCORS, Title: "a CORS configuration is left without origins",
		Doc: "What was generated in it is taken out, and what the author has written names no origin: API Gateway then lets nobody in."},
	{ID: "gateway-expose", Severity: finding.Warning, URL: pageGateway, Title: "gateway responses cannot expose headers that an expression names",
		Doc: "The gateway responses are those of the whole API. They carry the names that all resources expose, and an expression has none that could be put together with others."},
	{ID: "gateway-origin-shared", Severity: finding.Warning, URL: pageGateway, Title: "gateway responses carry one origin, and several are allowed",
		Doc: "Gateway responses have no templates that could choose the caller's origin. Pages of the others see a network error in the place of a 401 or 429. --set gatewayOrigin=any writes *, none leaves the header out."},
	{ID: "generated-edited", Severity: finding.Error, URL: readme + "#the-mark", Title: "what was generated was edited by hand",
		Doc: "The generated block and the generated OPTIONS of a resource disagree, so that one of them is somebody's. The resource is left alone until it is said which."},
	{ID: "generated-remains", Severity: finding.Warning, URL: readme + "#the-mark", Title: "hand-written members remain of something that was generated",
		Doc: "Members that somebody writes into a generated object are theirs and stay when it is removed. What is left of an OPTIONS then is not a complete method."},
	{ID: "http-api", Severity: finding.Warning, URL: readme + "#http-apis", Title: "the document has members that only HTTP APIs have",
		Doc: "It is enabled for a REST API, as was asked for. An import as an HTTP API would not take mock integrations."},
	{ID: "header-value-kept", Severity: finding.Warning, URL: readme + "#existing-cors", Title: "a CORS header of the author's says something else than the policy, and is kept",
		Doc: "What the author has written stays, unless --existing says otherwise."},
	{ID: "mark-not-ours", Severity: finding.Warning, URL: readme + "#the-mark", Title: "the mark lists what is never generated",
		Doc: "The mark x-apigw-cors-generated says what disable takes out. An entry that no run could have written is not believed."},
	{ID: "no-integration-response", Severity: finding.Warning, URL: pageCORS, Title: "an integration has no responses",
		Doc: "Headers are mapped on integration responses. An integration without any has no answer that could carry them."},
	{ID: "no-origin", Severity: finding.Warning, URL: readme + "#policy", Title: "no origin is allowed for a resource",
		Doc: "No flag, no policy file and no block says who may call it, and there is no default: it is left without CORS."},
	{ID: "not-understood", Severity: finding.Warning, URL: readme + "#limits", Title: "something is left alone because it cannot be understood",
		Doc: "A CloudFormation intrinsic, an include or a reference stands where a path item, a method or an integration belongs. What it stands for is not known."},
	{ID: "nothing-to-enable", Severity: finding.Warning, URL: readme, Title: "the document has no path",
		Doc: "There is nothing that CORS could be enabled for."},
	{ID: "options-kept", Severity: finding.Info, URL: readme + "#existing-cors", Title: "an OPTIONS of the author's is kept",
		Doc: "It stays as it is, and other findings say what it lacks. --existing complete adds that, replace takes its place."},
	{ID: "options-replaced", Severity: finding.Info, URL: readme + "#existing-cors", Title: "an OPTIONS of the author's is replaced",
		Doc: "--existing replace asks for it. disable does not bring it back."},
	{ID: "options-route-added", Severity: finding.Warning, URL: pageHTTPCORS, Title: "an OPTIONS route without authorization is added",
		Doc: "ANY and $default get the preflights of an HTTP API, and with an authorizer refuse them. The new route goes to the same backend, which must answer OPTIONS with 2xx. --set optionsRoutes=warn adds none."},
	{ID: "origin-conflict", Severity: finding.Warning, URL: readme + "#existing-cors", Title: "Access-Control-Allow-Origin of the author's names another origin than the policy",
		Doc: "It is kept, and nothing is added beside it: headers of two policies would contradict each other."},
	{ID: "preflight-to-backend", Severity: finding.Warning, URL: pageHTTPCORS, Title: "a catch-all route receives preflight requests",
		Doc: "An HTTP API answers preflight requests by itself only where no route matches them. ANY matches OPTIONS too, and $default what nothing else does: without an authorizer they pass preflight requests on, and the backend must answer them with a 2xx status."},
	{ID: "proxy-answers-for-off", Severity: finding.Warning, URL: readme + "#policy", Title: "a resource that is switched off gets its preflights answered by a greedy one",
		Doc: "API Gateway looks for a resource that has the method. A resource without an OPTIONS gets that of an enabled /{proxy+}."},
	{ID: "response-default-only", Severity: finding.Warning, URL: pageCORS, Title: "a method declares no response with a status",
		Doc: "A header can be mapped only if the method response of that status declares it, and API Gateway makes none of default or 2XX."},
	{ID: "response-template-missing", Severity: finding.Warning, URL: pageOverrides, Title: "an answer has no template that could choose the caller's origin",
		Doc: "With several origins a response template has to choose. --set addResponseTemplates=true adds one that passes the body through."},
	{ID: "rule-hidden", Severity: finding.Warning, URL: readme + "#policy", Title: "a rule of the policy file takes the place of another",
		Doc: "Of several rules for a resource the deepest one holds, and what those above it say does not."},
	{ID: "rule-matches-nothing", Severity: finding.Warning, URL: readme + "#policy", Title: "a rule of the policy file is about no resource of the document",
		Doc: "Its path may be misspelled, or the resource gone."},
	{ID: "template-overrides", Severity: finding.Warning, URL: pageOverrides, Title: "a template of the author's sets Access-Control-Allow-Origin itself",
		Doc: "A header can be overridden once, so nothing is put in front of it. Which origins it lets in is not known."},
	{ID: "terraform-deletes-cors", Severity: finding.Warning, URL: readme + "#other-forms", Title: "Terraform deletes the CORS configuration of an HTTP API",
		Doc: "aws_apigatewayv2_api deletes what an import of its body has made, unless it has a block cors_configuration. apigw-cors export --as terraform prints one."},
}

// callsFail are the rules of findings which say that something of the author's, which is left
// alone, keeps pages from reading an answer.
var callsFail = []string{
	"header-value-kept", "no-integration-response", "not-understood", "origin-conflict", "preflight-auth", "preflight-swallowed", "preflight-to-backend",
	"response-default-only", "response-ref", "response-template-missing", "star-with-credentials", "template-overrides",
}

// SaysCallsFail reports whether the findings of a rule warn that calls of a method fail, or that
// others than the policy says succeed, because of what the author has there.
func SaysCallsFail(rule string) bool { return slices.Contains(callsFail, rule) }
