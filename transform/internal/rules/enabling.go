package rules

import "github.com/apigw-cors/apigw-cors/transform/finding"

const readme = "https://github.com/apigw-cors/apigw-cors"

// What AWS says of the things that rules of enabling are about.
const (
	pageCORS      = "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html"
	pageHTTPCORS  = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html"
	pageGateway   = "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html"
	pageOverrides = "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html"
)

// The rules by which enabling and disabling CORS report what they do, what they keep and
// what they leave alone. Nothing looks for these in a document.
var (
	AnyOptionsAdded = &Rule{
		ID: "any-options-added", Severity: finding.Warning, URL: pageCORS, CORS: true,
		Title: "an OPTIONS takes preflights over from a proxied ANY",
		Doc:   "ANY stands for OPTIONS too, so the backend has got the preflights until now, and may answer them. --set anyOptions=keep leaves them to it.",
	}
	AnyOptionsKept = &Rule{
		ID: "any-options-kept", Severity: finding.Info, URL: pageCORS, CORS: true,
		Title: "preflights stay with the backend of a proxied ANY",
		Doc:   "The policy says so (emit.anyOptions: keep). The backend has to answer OPTIONS with the headers that the finding names.",
	}
	BackendMustSend = &Rule{
		ID: "backend-must-send", Severity: finding.Info, URL: pageCORS, CORS: true,
		Title: "the backend of an enabled method must send the CORS headers",
		Doc:   "API Gateway adds no header to a proxy integration. The finding lists what the policy asks of the responses of the backend, errors among them. apigw-cors export --as node, python, go or java prints code for it.",
	}
	BlockOverruled = &Rule{
		ID: "block-overruled", Severity: finding.Warning, URL: readme + "#policy", CORS: true,
		Title: "a member of a block does not hold",
		Doc:   "Of several sources of a policy the strongest counts, member by member: flags and the policy file come before a block in the document.",
	}
	CredentialsConflict = &Rule{
		ID: "credentials-conflict", Severity: finding.Warning, URL: readme + "#existing-cors", CORS: true, RequestsFail: true,
		Title: "an existing response allows credentials, and the policy allows every origin",
		Doc:   "Browsers refuse Access-Control-Allow-Credentials together with the origin *. The existing header is kept, and nothing is added beside it.",
	}
	ConfigurationKept = &Rule{
		ID: "configuration-kept", Severity: finding.Warning, URL: pageHTTPCORS, CORS: true,
		Title: "a member of the CORS configuration says something else than the policy, and is kept",
		Doc:   "--existing complete only adds. What somebody names takes the place of what is there with --existing keep.",
	}
	ConfigurationOverruled = &Rule{
		ID: "configuration-overruled", Severity: finding.Warning, URL: pageHTTPCORS, CORS: true,
		Title: "a member of the CORS configuration gives way to the policy",
		Doc:   "What somebody names on the command line or in the policy file replaces what the author's configuration says. disable does not bring it back.",
	}
	ConfigurationWithoutOrigin = &Rule{
		ID: "configuration-without-origin", Severity: finding.Warning, URL: pageHTTPCORS, CORS: true,
		Title: "a CORS configuration is left without origins",
		Doc:   "What was generated in it is taken out, and what the author has written names no origin: API Gateway then lets nobody in.",
	}
	ExistingOptionsIncomplete = &Rule{
		ID: "existing-options-incomplete", Severity: finding.Error, URL: readme + "#existing-cors", CORS: true,
		Title: "an existing OPTIONS method lacks something that the policy allows",
		Doc:   "The existing OPTIONS is kept, and requests that the policy allows fail, because its response to the preflight request does not allow their method, their headers or credentials. --existing complete adds what is missing, replace replaces the OPTIONS.",
	}
	GatewayExpose = &Rule{
		ID: "gateway-expose", Severity: finding.Warning, URL: pageGateway, CORS: true,
		Title: "gateway responses cannot expose headers that an expression names",
		Doc:   "The gateway responses are those of the whole API. They carry the names that all resources expose, and an expression has none that could be put together with others.",
	}
	GatewayOriginShared = &Rule{
		ID: "gateway-origin-shared", Severity: finding.Warning, URL: pageGateway, CORS: true,
		Title: "gateway responses carry one origin, and several are allowed",
		Doc:   "Gateway responses have no templates that could choose the caller's origin. Pages of the others see a network error in the place of a 401 or 429. --set gatewayOrigin=any writes *, none leaves the header out.",
	}
	GeneratedEdited = &Rule{
		ID: "generated-edited", Severity: finding.Error, URL: readme + "#the-mark", CORS: true,
		Title: "what was generated was edited by hand",
		Doc:   "A generated value is none that a run has written, or the generated block and the generated OPTIONS of a resource disagree. The resource is left alone until it is said whose it is.",
	}
	GeneratedRemains = &Rule{
		ID: "generated-remains", Severity: finding.Warning, URL: readme + "#the-mark", CORS: true,
		Title: "hand-written members remain of something that was generated",
		Doc:   "Members that somebody writes into a generated object are theirs and stay when it is removed. What is left of an OPTIONS then is not a complete method.",
	}
	HTTPAPI = &Rule{
		ID: "http-api", Severity: finding.Warning, URL: readme + "#http-apis", CORS: true,
		Title: "the document has members that only HTTP APIs have",
		Doc:   "It is enabled for a REST API, as was asked for. An import as an HTTP API would not take mock integrations.",
	}
	HeaderValueKept = &Rule{
		ID: "header-value-kept", Severity: finding.Warning, URL: readme + "#existing-cors", CORS: true,
		RequestsFail: true,
		Title:        "a CORS header of the author's says something else than the policy, and is kept",
		Doc:          "What the author has written stays, unless --existing says otherwise.",
	}
	NoOrigin = &Rule{
		ID: "no-origin", Severity: finding.Warning, URL: readme + "#policy", CORS: true,
		Title: "no origin is allowed for a resource",
		Doc:   "No flag, no policy file and no block says who may call it, and there is no default: it is left without CORS.",
	}
	NotUnderstood = &Rule{
		ID: "not-understood", Severity: finding.Warning, URL: readme + "#limits", CORS: true,
		RequestsFail: true,
		Title:        "something is left alone because it cannot be understood",
		Doc:          "A CloudFormation intrinsic, an include or a reference stands where a path item, a method or an integration belongs. What it stands for is not known.",
	}
	NothingToEnable = &Rule{
		ID: "nothing-to-enable", Severity: finding.Warning, URL: readme, CORS: true,
		Title: "the document has no path",
		Doc:   "There is nothing that CORS could be enabled for.",
	}
	OptionsKept = &Rule{
		ID: "options-kept", Severity: finding.Info, URL: readme + "#existing-cors", CORS: true,
		Title: "an OPTIONS of the author's is kept",
		Doc:   "It stays as it is, and other findings say what it lacks. --existing complete adds that, replace takes its place.",
	}
	OptionsReplaced = &Rule{
		ID: "options-replaced", Severity: finding.Info, URL: readme + "#existing-cors", CORS: true,
		Title: "an OPTIONS of the author's is replaced",
		Doc:   "--existing replace asks for it. disable does not bring it back.",
	}
	OptionsRouteAdded = &Rule{
		ID: "options-route-added", Severity: finding.Warning, URL: pageHTTPCORS, CORS: true,
		Title: "an OPTIONS route without authorization is added",
		Doc:   "ANY and $default get the preflights of an HTTP API, and with an authorizer refuse them. The new route goes to the same backend, which must answer OPTIONS with 2xx. --set optionsRoutes=warn adds none.",
	}
	OriginConflict = &Rule{
		ID: "origin-conflict", Severity: finding.Warning, URL: readme + "#existing-cors", CORS: true,
		RequestsFail: true,
		Title:        "Access-Control-Allow-Origin of the author's names another origin than the policy",
		Doc:          "It is kept, and nothing is added beside it: headers of two policies would contradict each other.",
	}
	PolicyLacksHeader = &Rule{
		ID: "policy-lacks-header", Severity: finding.Error, URL: readme + "#policy", CORS: true,
		Title: "the policy leaves out a request header that a method requires",
		Doc:   "allowHeaders lists the request headers that pages may send. A method that requires another one cannot be called by any page.",
	}
	PolicyLacksMethod = &Rule{
		ID: "policy-lacks-method", Severity: finding.Error, URL: readme + "#policy", CORS: true,
		Title: "the policy leaves out a method of a resource",
		Doc:   "allowMethods lists the methods that pages may use, and those that are selected where it is derived. A browser sends PUT, PATCH and DELETE only if it names them.",
	}
	ProxyHandlesDisabled = &Rule{
		ID: "proxy-answers-for-off", Severity: finding.Warning, URL: readme + "#policy", CORS: true,
		Title: "a resource that is switched off gets its preflights answered by a greedy one",
		Doc:   "API Gateway looks for a resource that has the method. A resource without an OPTIONS gets that of an enabled /{proxy+}.",
	}
	ResponseDefaultOnly = &Rule{
		ID: "response-default-only", Severity: finding.Warning, URL: pageCORS, CORS: true,
		RequestsFail: true,
		Title:        "a method declares no response with a status",
		Doc:          "A header can be mapped only if the method response of that status declares it, and API Gateway makes none of default or 2XX.",
	}
	ResponseTemplateAdded = &Rule{
		ID: "response-template-added", Severity: finding.Warning, URL: pageOverrides, CORS: true,
		Title: "a response template is added, which passes the body through",
		Doc:   "With several origins a response template has to choose the caller's. The body is passed through as $input.body, which renders an empty body as {}. --set addResponseTemplates=false adds none, and then pages cannot read the response.",
	}
	ResponseTemplateMissing = &Rule{
		ID: "response-template-missing", Severity: finding.Warning, URL: pageOverrides, CORS: true,
		RequestsFail: true,
		Title:        "an answer has no template that could choose the caller's origin",
		Doc:          "With several origins a response template has to choose. addResponseTemplates=auto, the default, adds one that passes the body through to responses that are JSON by their own declaration, true to others as well.",
	}
	EntryHidden = &Rule{
		ID: "rule-hidden", Severity: finding.Warning, URL: readme + "#policy", CORS: true,
		Title: "a rule of the policy file takes the place of another",
		Doc:   "Of several rules for a resource the deepest one holds, and what those above it say does not.",
	}
	EntryMatchesNothing = &Rule{
		ID: "rule-matches-nothing", Severity: finding.Warning, URL: readme + "#policy", CORS: true,
		Title: "a rule of the policy file is about no resource of the document",
		Doc:   "Its path may be misspelled, or the resource gone.",
	}
	TemplateOverrides = &Rule{
		ID: "template-overrides", Severity: finding.Warning, URL: pageOverrides, CORS: true,
		RequestsFail: true,
		Title:        "a template of the author's sets Access-Control-Allow-Origin itself",
		Doc:          "A header can be overridden once, so nothing is put in front of it. Which origins it lets in is not known.",
	}
	TerraformDeletesCORS = &Rule{
		ID: "terraform-deletes-cors", Severity: finding.Warning, URL: readme + "#other-forms", CORS: true,
		Title: "Terraform deletes the CORS configuration of an HTTP API",
		Doc:   "aws_apigatewayv2_api deletes what an import of its body has made, unless it has a block cors_configuration. apigw-cors export --as terraform prints one.",
	}
)

// ofEnabling are these, in the order of their ids.
var ofEnabling = []*Rule{
	AnyOptionsAdded, AnyOptionsKept, BackendMustSend, BlockOverruled, ConfigurationKept, ConfigurationOverruled,
	ConfigurationWithoutOrigin, CredentialsConflict, ExistingOptionsIncomplete, GatewayExpose, GatewayOriginShared, GeneratedEdited, GeneratedRemains, HeaderValueKept,
	HTTPAPI, NoOrigin, NotUnderstood, NothingToEnable, OptionsKept, OptionsReplaced,
	OptionsRouteAdded, OriginConflict, PolicyLacksHeader, PolicyLacksMethod, ProxyHandlesDisabled, ResponseDefaultOnly, ResponseTemplateAdded, ResponseTemplateMissing,
	EntryHidden, EntryMatchesNothing, TemplateOverrides, TerraformDeletesCORS,
}
