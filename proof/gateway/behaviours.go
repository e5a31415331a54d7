package gateway

// A Behaviour is something that API Gateway does.
type Behaviour struct {
	ID   string // stable
	Does string // a sentence

	// Source is where this is known from: AWS's documentation, or what others recorded or
	// reported. Of an assumption, it is why nobody knows.
	Source  string
	Assumed bool
}

// Behaviours returns all behaviours, those of REST APIs first.
func Behaviours() []Behaviour {
	return append([]Behaviour{
		behaviourRoute, behaviourRouteBySegment, BehaviourNoRoute, behaviourBasePath,
		BehaviourAuthorizer, BehaviourAuthorizerDenies, behaviourCredentialsHold, BehaviourIAM, BehaviourAPIKey, behaviourRootSecurity, behaviourResourcePolicy, BehaviourResourcePolicyDenies,
		BehaviourValidator, behaviourBodyHolds,
		behaviourRequestTemplate, behaviourTemplateEngine, behaviourTextHolds, behaviourMissingIsNull, behaviourPassthrough, BehaviourUnsupportedMediaType, BehaviourBinary, behaviourBinaryResponse, BehaviourConversion, behaviourPayloadHolds,
		behaviourMockStatus, BehaviourMockNoStatus, behaviourSelection, behaviourSelectionShared, BehaviourNoSelection, BehaviourStatusUndeclared, behaviourResponseTemplate, behaviourMapping, BehaviourMappingBreaks, BehaviourFunctionMethod, behaviourMappingType, behaviourMissingSource,
		behaviourOverride, BehaviourOverrideTwice, behaviourOverrideName, behaviourContentType, BehaviourRemapped, BehaviourProxy, BehaviourStub, behaviourBackend, BehaviourBackendFails,
		BehaviourGatewayResponse, BehaviourGatewayInherits, BehaviourGatewayName,
		behaviourHTTPRoute, BehaviourHTTPNoRoute, behaviourHTTPPreflight, behaviourHTTPStatus, BehaviourHTTPRefused, BehaviourHTTPHeaderRefused, behaviourHTTPOptions,
		BehaviourHTTPCORS, behaviourHTTPVary, behaviourHTTPRouted, BehaviourHTTPAuthorizer, behaviourHTTPUnauthorized, behaviourHTTPBare,
	}, importBehaviours...)
}

// Assumptions returns the behaviours that AWS has not documented and nobody recorded.
func Assumptions() []Behaviour {
	var assumed []Behaviour
	for _, b := range Behaviours() {
		if b.Assumed {
			assumed = append(assumed, b)
		}
	}
	return assumed
}

const guide = "https://docs.aws.amazon.com/apigateway/latest/developerguide/"

// transcripts are where the behaviour of HTTP APIs is seen.
const transcripts = "answers that users published, of curl and of browsers: bizkite-co/handterm (2024), adamrusch/drep-platform (2026)"

// The behaviours of which what to do depends are exported.
var (
	behaviourRoute = Behaviour{ID: "route",
		Does:   "resource and method are found together: where the nearest resource does not have the method, {proxy+} takes the request; ANY takes what no method of its resource does",
		Source: "recorded by LocalStack's test_proxy_routing_with_hardcoded_resource_sibling; " + guide + "api-gateway-method-settings-method-request.html"}
	behaviourRouteBySegment = Behaviour{ID: "route-by-segment", Assumed: true,
		Does:   "a literal segment wins over {name}, and {name} over {proxy+}, segment by segment; where the winner does not have the method, the next one is tried",
		Source: "recorded of {proxy+} only"}
	BehaviourNoRoute = Behaviour{ID: "route-missing",
		Does:   "a request that no method takes is answered with the gateway response MISSING_AUTHENTICATION_TOKEN",
		Source: guide + "supported-gateway-response-types.html"}
	behaviourBasePath = Behaviour{ID: "base-path",
		Does:   "the base path of a document is ignored, or stands before each resource if the import is told so",
		Source: guide + "api-gateway-import-api-basePath.html"}

	BehaviourAuthorizer = Behaviour{ID: "authorizer",
		Does:   "a call without what identifies the caller is answered with UNAUTHORIZED, and the authorizer is not asked",
		Source: guide + "configure-api-gateway-lambda-authorization.html"}
	BehaviourAuthorizerDenies = Behaviour{ID: "authorizer-denies", Assumed: true,
		Does:   "an authorizer without an identity source denies preflights, which carry nothing that it could go by",
		Source: "its function decides, which is not in the document"}
	behaviourCredentialsHold = Behaviour{ID: "credentials-hold", Assumed: true,
		Does:   "tokens, keys and signatures that a call carries are accepted",
		Source: "who decides is not in the document"}
	BehaviourIAM = Behaviour{ID: "iam",
		Does:   "a call without a signature is answered with MISSING_AUTHENTICATION_TOKEN",
		Source: guide + "supported-gateway-response-types.html"}
	BehaviourAPIKey = Behaviour{ID: "api-key",
		Does:   "a security scheme apiKey named x-api-key in the header requires an API key, which x-amazon-apigateway-api-key-source can leave to the authorizer; without one the answer is INVALID_API_KEY",
		Source: guide + "api-gateway-api-key-source.html; " + guide + "supported-gateway-response-types.html"}
	behaviourRootSecurity = Behaviour{ID: "root-security",
		Does:   "security at the root is for the operations that have none of their own; security: [] is for everybody",
		Source: "recorded by LocalStack's test_import_with_global_api_key_authorizer and test_import_with_cognito_auth_identity_source, against " + guide + "api-gateway-known-issues.html; of [] there is no recording, only practice"}
	behaviourResourcePolicy = Behaviour{ID: "resource-policy", Assumed: true,
		Does:   "a resource policy that lets in some callers lets this one in",
		Source: "it depends on the caller's network and account; one that does not allow anonymous OPTIONS refuses preflights: " + guide + "apigateway-authorization-flow.html"}

	BehaviourResourcePolicyDenies = Behaviour{ID: "resource-policy-denies",
		Does:   "a resource policy that does not allow everybody a call, or denies it to everybody, answers ACCESS_DENIED to callers without a signature",
		Source: guide + "apigateway-authorization-flow.html"}

	BehaviourValidator = Behaviour{ID: "validator",
		Does:   "a request validator asks for required header and query parameters, and for a body that satisfies the model of its media type, which an empty one never does; else the answer is BAD_REQUEST_PARAMETERS or BAD_REQUEST_BODY",
		Source: guide + "api-gateway-method-request-validation.html; recorded by LocalStack's test_api_gateway_request_validator and test_import_with_circular_models_and_request_validation"}
	behaviourBodyHolds = Behaviour{ID: "body-holds", Assumed: true,
		Does:   "a body that is there satisfies its model",
		Source: "what a call will carry is not in the document"}

	behaviourRequestTemplate = Behaviour{ID: "request-template",
		Does:   "the request template of the media type is rendered; without Content-Type that is application/json, and parameters of a media type do not count",
		Source: guide + "integration-passthrough-behaviors.html"}
	behaviourTemplateEngine = Behaviour{ID: "template-engine", Assumed: true,
		Does:   "templates render as under Apache Velocity 1.7",
		Source: "AWS does not say which version it runs"}
	behaviourTextHolds = Behaviour{ID: "template-text", Assumed: true,
		Does:   "a template that overrides nothing, and is not rendered here, renders on AWS: what it renders makes no difference to CORS",
		Source: "$util and JSONPath are not rendered here"}
	behaviourMissingIsNull = Behaviour{ID: "template-missing-parameter", Assumed: true,
		Does:   "$input.params() gives null, or an empty text, for what a request does not have: calls are tried with both",
		Source: "AWS does not say which"}
	behaviourPassthrough = Behaviour{ID: "passthrough",
		Does:   "without a template for its media type a body is passed through, or refused as passthroughBehavior says",
		Source: guide + "integration-passthrough-behaviors.html"}
	BehaviourUnsupportedMediaType = Behaviour{ID: "unsupported-media-type",
		Does:   "passthroughBehavior never, and when_no_templates where there is any template, answer UNSUPPORTED_MEDIA_TYPE to other media types",
		Source: guide + "integration-passthrough-behaviors.html"}
	BehaviourBinary = Behaviour{ID: "binary",
		Does:   "a body of a binary media type cannot be given to a template unless contentHandling is CONVERT_TO_TEXT: the answer is API_CONFIGURATION_ERROR; a request without Content-Type is of */*, and whether it is of application/json too is not known",
		Source: "of */* aws/serverless-application-model#553, aws/chalice#1310, clebert/aws-simple#167, whose log shows a preflight without Content-Type; " + guide + "how-to-cors.html; of application/json nothing is recorded, and AWS says that it takes the place of a missing type where templates are chosen"}
	behaviourBinaryResponse = Behaviour{ID: "binary-answer", Assumed: true,
		Does:   "contentHandling on the integration is enough; AWS's guide sets it on its response too",
		Source: "reports contradict each other"}

	BehaviourConversion = Behaviour{ID: "conversion",
		Does:   "contentHandling CONVERT_TO_BINARY with a template, and a payload that is to be decoded and is no Base64, make the answer API_CONFIGURATION_ERROR",
		Source: "recorded by LocalStack's TestApiGatewayS3BinarySupport"}
	behaviourPayloadHolds = Behaviour{ID: "payload-holds", Assumed: true,
		Does:   "a payload that is to be decoded is Base64",
		Source: "what a backend sends is not in the document"}

	behaviourMockStatus = Behaviour{ID: "mock-status",
		Does:   "a mock answers as the statusCode says that its request template renders, a whole number",
		Source: guide + "how-to-mock-integration.html"}
	BehaviourMockNoStatus = Behaviour{ID: "mock-without-status",
		Does:   "a mock whose template renders no statusCode answers with status 500",
		Source: "aws/aws-cdk#18297, aws/aws-sam-cli#2483"}
	behaviourSelection = Behaviour{ID: "selection",
		Does:   "the integration response is the one whose pattern matches the whole status, or of a Lambda function the error message; else the default",
		Source: guide + "api-gateway-swagger-extensions-integration-responses.html"}
	behaviourSelectionShared = Behaviour{ID: "selection-shared",
		Does:   "of two integration responses with one status API Gateway keeps one, and the other is lost",
		Source: "integration responses are kept by status: recorded by LocalStack's snapshots of imports"}
	BehaviourNoSelection = Behaviour{ID: "selection-missing",
		Does:   "where no pattern matches and there is no default, the answer is API_CONFIGURATION_ERROR",
		Source: guide + "handle-errors-in-lambda-integration.html", Assumed: true}
	BehaviourStatusUndeclared = Behaviour{ID: "status-undeclared",
		Does:   "an integration response whose status has no method response is answered with API_CONFIGURATION_ERROR",
		Source: "Output mapping refers to an invalid method response, in execution logs; that such a response can be made and deployed, LocalStack's test_lambda_selection_patterns recorded"}
	behaviourResponseTemplate = Behaviour{ID: "response-template",
		Does:   "the response template is that of the first media type in Accept, else of application/json, else the first one",
		Source: guide + "request-response-data-mappings.html"}
	behaviourMapping = Behaviour{ID: "mapping",
		Does:   "a mapped header carries the text between the single quotes, or what its expression names",
		Source: guide + "request-response-data-mappings.html"}
	BehaviourMappingBreaks = Behaviour{ID: "mapping-breaks-answer",
		Does:   "a request mapping that sets Content-Length or Transfer-Encoding, or for an AWS service Authorization, Connection, Expect, Proxy-Authenticate or TE, makes every answer one of status 500",
		Source: "recorded by LocalStack's TestApiGatewayHeaderRemapping, on a regional endpoint"}
	BehaviourFunctionMethod = Behaviour{ID: "function-not-post",
		Does:   "a proxy that calls a Lambda function with another httpMethod than POST makes every answer one of status 500",
		Source: "recorded by LocalStack's test_lambda_aws_proxy_integration_non_post_method"}
	behaviourMappingType = Behaviour{ID: "mapping-type",
		Does:   "a mapping that is a number or a boolean is dropped with a warning",
		Source: "recorded by LocalStack's test_import_rest_api_with_base_path_oas30"}
	behaviourMissingSource = Behaviour{ID: "mapping-missing-source", Assumed: true,
		Does:   "a header whose source is not there is not sent",
		Source: "AWS does not say whether it is sent empty"}
	behaviourOverride = Behaviour{ID: "override",
		Does:   "overrides apply when the template has been rendered, replace what is mapped, and need no declaration; those of a mock's request template too",
		Source: guide + "apigateway-override-request-response-parameters.html; recorded by LocalStack's test_integration_mock_with_response_override_in_request_template"}
	BehaviourOverrideTwice = Behaviour{ID: "override-twice",
		Does:   "a header or the status that is overridden twice makes the answer one of status 500",
		Source: guide + "apigateway-override-request-response-parameters.html"}
	behaviourOverrideName = Behaviour{ID: "override-case", Assumed: true,
		Does:   "an override replaces the mapped header of its name in any case",
		Source: "AWS speaks of the same parameter"}
	behaviourContentType = Behaviour{ID: "content-type",
		Does:   "an integration response carries a Content-Type, application/json unless another one is mapped",
		Source: guide + "api-gateway-known-issues.html"}
	BehaviourRemapped = Behaviour{ID: "remapped",
		Does:   "some response headers are renamed x-amzn-Remapped-…, and Transfer-Encoding is dropped; no Access-Control header is among them",
		Source: guide + "api-gateway-known-issues.html; recorded by LocalStack's TestApiGatewayHeaderRemapping"}
	BehaviourProxy = Behaviour{ID: "proxy",
		Does:   "a proxy integration answers what its backend sends; mappings and templates do nothing",
		Source: guide + "how-to-cors.html; recorded by LocalStack's TestApiGatewayHeaderRemapping"}
	BehaviourStub = Behaviour{ID: "stub", Assumed: true,
		Does:   "a backend answers with success; behind a proxy integration it sends the CORS headers that the resource's policy asks of it, to preflights that reach it too, and without a policy a call that needs them is unproved",
		Source: "what a backend does is not in the document"}
	behaviourBackend = Behaviour{ID: "backend",
		Does:   "the call is sent to the backend that was named",
		Source: "the command line"}
	BehaviourBackendFails = Behaviour{ID: "backend-fails",
		Does:   "a backend that cannot be reached is answered for with INTEGRATION_FAILURE",
		Source: guide + "supported-gateway-response-types.html"}

	BehaviourGatewayResponse = Behaviour{ID: "gateway-response",
		Does:   "API Gateway's own errors carry the headers of their gateway response",
		Source: guide + "api-gateway-gatewayResponse-definition.html"}
	BehaviourGatewayInherits = Behaviour{ID: "gateway-response-alone",
		Does:   "a type with an entry of its own takes nothing from DEFAULT_4XX or DEFAULT_5XX",
		Source: "recorded by LocalStack's test_gateway_response_put"}
	BehaviourGatewayName = Behaviour{ID: "gateway-response-header-case",
		Does:   "method.request.header.NAME finds a header letter by letter",
		Source: guide + "api-gateway-known-issues.html"}

	behaviourHTTPRoute = Behaviour{ID: "http-route",
		Does:   "of the routes that match, a full match wins over {proxy+}, and that over $default; a method wins over ANY",
		Source: guide + "http-api-develop-routes.html"}
	BehaviourHTTPNoRoute = Behaviour{ID: "http-route-missing",
		Does:   "a request that no route takes is answered with status 404",
		Source: guide + "http-api-develop-routes.html"}
	behaviourHTTPPreflight = Behaviour{ID: "http-preflight",
		Does:   "with a CORS configuration, a preflight that no route takes is answered by API Gateway itself, on every path; one that an OPTIONS, ANY or $default route takes goes there",
		Source: guide + "http-api-cors.html; aws/serverless-application-model#1603, anomalyco/sst#5493"}
	behaviourHTTPStatus = Behaviour{ID: "http-preflight-status",
		Does:   "such an answer has status 204",
		Source: transcripts}
	BehaviourHTTPRefused = Behaviour{ID: "http-refused",
		Does:   "an origin that is not allowed gets an answer without CORS headers",
		Source: transcripts}
	BehaviourHTTPHeaderRefused = Behaviour{ID: "http-header-refused", Assumed: true,
		Does:   "a preflight that asks for a header which allowHeaders does not list gets an answer without CORS headers",
		Source: "inferred from what a browser's console said: bizkite-co/handterm"}
	behaviourHTTPOptions = Behaviour{ID: "http-options",
		Does:   "with a CORS configuration, an OPTIONS that no route takes and that asks for no method is answered with 204 and no CORS headers",
		Source: transcripts}
	behaviourHTTPVary = Behaviour{ID: "http-vary",
		Does:   "an answer to a page of a listed origin carries Vary: origin",
		Source: transcripts}
	BehaviourHTTPCORS = Behaviour{ID: "http-cors",
		Does:   "with a CORS configuration, CORS headers of the backend are dropped, and those of the configuration sent where the request has an Origin",
		Source: guide + "http-api-cors.html"}
	behaviourHTTPRouted = Behaviour{ID: "http-preflight-routed", Assumed: true,
		Does:   "a preflight that a route takes is answered with the status of its backend and all headers of the configuration",
		Source: "AWS's cure for a $default route with an authorizer could not work otherwise: " + guide + "http-api-cors.html"}
	BehaviourHTTPAuthorizer = Behaviour{ID: "http-authorizer",
		Does:   "a call without what identifies the caller is answered with status 401 where its route has an authorizer",
		Source: guide + "http-api-access-control.html"}
	behaviourHTTPUnauthorized = Behaviour{ID: "http-unauthorized",
		Does:   "with a CORS configuration, the 401 of a JWT authorizer carries its headers, so that pages can read it",
		Source: transcripts}
	behaviourHTTPBare = Behaviour{ID: "http-errors", Assumed: true,
		Does:   "API Gateway's other errors of an HTTP API carry no CORS headers",
		Source: "AWS does not say, and the other way round a call could fail that was said to succeed"}
)
