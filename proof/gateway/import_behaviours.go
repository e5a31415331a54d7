package gateway

// importBehaviours are those by which the import refuses a document, of which nothing is imported
// then.
var importBehaviours = []Behaviour{
	behaviourImportVersion, behaviourImportHTTPSwagger, behaviourImportSize, behaviourImportPathSlash, behaviourImportPathCharacters, behaviourImportSiblingVariables, behaviourImportBelowGreedy,
	behaviourImportDuplicateMethod, behaviourImportModelName, behaviourImportExternalReference, behaviourImportParameterName, behaviourImportParameterTwice, behaviourImportValidatorUndefined,
	behaviourImportHTTPMethod, behaviourImportURI, behaviourImportRequestMapping, behaviourImportRequestMappingUndeclared,
	behaviourImportTwoDefaults, behaviourImportMappingTarget, behaviourImportMappingUndeclared, behaviourImportMappingValue, behaviourImportGatewayMapping,
	behaviourImportSeveralRequirements, behaviourImportAge, behaviourImportCredentials, behaviourImportOriginPattern,
}

// What the service says when it refuses, where that was recorded or reported, is in the sources.
var (
	behaviourImportVersion = Behaviour{ID: "import-version",
		Does:   "the import takes Swagger 2.0 and OpenAPI 3.0, and refuses other versions",
		Source: "Invalid OpenAPI input: smithy-lang/smithy#985, aws/aws-cli#8191"}
	behaviourImportHTTPSwagger = Behaviour{ID: "import-http-swagger",
		Does:   "the import as an HTTP API takes OpenAPI 3.0 alone",
		Source: guide + "http-api-open-api.html"}
	behaviourImportSize = Behaviour{ID: "import-size",
		Does:   "the import refuses a document of more than 6 MB",
		Source: guide + "limits.html"}
	behaviourImportPathSlash = Behaviour{ID: "import-path-slash",
		Does:   "the import refuses a path that does not start with a slash",
		Source: "Resource $default should start with /: aws/serverless-application-model#2297"}
	behaviourImportPathCharacters = Behaviour{ID: "import-path-characters",
		Does:   "the import refuses a path with characters other than letters, digits and _ - . , : and with a variable that is not a whole segment",
		Source: guide + "api-gateway-known-issues.html"}
	behaviourImportSiblingVariables = Behaviour{ID: "import-sibling-variables",
		Does:   "the import refuses two variables with different names below one resource",
		Source: "A sibling of this resource already has a variable path part: recorded by LocalStack; amazon-archives/aws-apigateway-importer#202"}
	behaviourImportBelowGreedy = Behaviour{ID: "import-below-greedy",
		Does:   "the import refuses a resource below a greedy variable",
		Source: "Cannot create a child of a resource with a greedy path variable: recorded of CreateResource by LocalStack's test_create_proxy_resource_validation"}
	behaviourImportDuplicateMethod = Behaviour{ID: "import-duplicate-method",
		Does:   "a path with a slash at its end and the one without are one resource, and the import refuses a method that both have",
		Source: "Duplicate method: aws/serverless-application-model#3816"}
	behaviourImportModelName = Behaviour{ID: "import-model-name",
		Does:   "the import refuses a model whose name has other characters than letters and digits",
		Source: "Model name must be alphanumeric: amazon-archives/aws-apigateway-importer#194; " + guide + "api-gateway-known-issues.html"}
	behaviourImportExternalReference = Behaviour{ID: "import-external-reference",
		Does:   "the import does not follow a reference to another file",
		Source: guide + "api-gateway-known-issues.html"}
	behaviourImportParameterName = Behaviour{ID: "import-parameter-name",
		Does:   "the import refuses a header or query parameter whose name has other characters than letters, digits and . _ $ -",
		Source: "Parameter name should match the following regular expression; " + guide + "request-response-data-mappings.html"}
	behaviourImportParameterTwice = Behaviour{ID: "import-parameter-twice",
		Does:   "the import refuses a method with two parameters of one name, in the query, the header or the path",
		Source: "Parameter names must be unique across querystring, header and path: recorded of PutMethod by LocalStack's test_method_request_parameters"}
	behaviourImportValidatorUndefined = Behaviour{ID: "import-validator-undefined", Assumed: true,
		Does:   "the import refuses a method whose request validator the document does not define",
		Source: "PutMethod answers Invalid Request Validator identifier specified; of an import nothing is recorded, and a document in use has such a name"}

	behaviourImportHTTPMethod = Behaviour{ID: "import-http-method",
		Does:   "the import refuses an integration without httpMethod, unless it is a mock",
		Source: "Enumeration value for HttpMethod must be non-empty: recorded of PutIntegration by LocalStack's test_put_integration_validation; of proxies hashicorp/terraform#10501, aws/aws-cdk#6404"}
	behaviourImportURI = Behaviour{ID: "import-uri",
		Does:   "the import refuses a uri that is no URL for http, an ARN without path or action for aws, and for aws_proxy another service than Lambda and Firehose",
		Source: "recorded of PutIntegration by LocalStack's test_put_integration_validation and test_put_integration_aws_proxy_uri"}
	behaviourImportRequestMapping = Behaviour{ID: "import-request-mapping",
		Does:   "the import refuses a request parameter mapping with an unknown target, and one whose value is neither in single quotes nor a mapping expression",
		Source: "Invalid mapping expression specified; " + guide + "request-response-data-mappings.html"}
	behaviourImportRequestMappingUndeclared = Behaviour{ID: "import-request-mapping-undeclared",
		Does:   "the import refuses a request parameter mapping from a parameter that the method does not declare",
		Source: "Invalid mapping expression parameter specified: Testlio/lambda-tools#56"}
	behaviourImportTwoDefaults = Behaviour{ID: "import-two-defaults",
		Does:   "the import refuses two integration responses without a selection pattern",
		Source: "Integration response with selection pattern default already exists: hashicorp/terraform#5893"}
	behaviourImportMappingTarget = Behaviour{ID: "import-mapping-target",
		Does:   "the import refuses a response parameter mapping to anything but method.response.header.NAME",
		Source: guide + "request-response-data-mappings.html"}
	behaviourImportMappingUndeclared = Behaviour{ID: "import-mapping-undeclared",
		Does:   "the import refuses a mapped header that the method response does not declare, or for whose status there is no method response",
		Source: "Invalid mapping expression parameter specified, No method response exists for method: amazon-archives/aws-apigateway-importer#209 and #121, awslabs/aws-solutions-constructs#1130"}
	behaviourImportMappingValue = Behaviour{ID: "import-mapping-value",
		Does:   "the import refuses a mapped value that is neither in single quotes nor a mapping expression",
		Source: "Invalid mapping expression specified; " + guide + "request-response-data-mappings.html"}
	behaviourImportGatewayMapping = Behaviour{ID: "import-gateway-mapping",
		Does:   "the import refuses a value of a gateway response that is neither in single quotes nor a mapping expression",
		Source: "Invalid mapping expression specified; " + guide + "api-gateway-gatewayResponse-definition.html"}

	behaviourImportSeveralRequirements = Behaviour{ID: "import-several-requirements",
		Does:   "the import as an HTTP API refuses an operation with several security requirements",
		Source: guide + "http-api-open-api.html"}
	behaviourImportCredentials = Behaviour{ID: "import-credentials",
		Does:   `the import as an HTTP API refuses allowCredentials together with the origin "*"`,
		Source: "allow-credentials is not supported if 'allow-origin' is *: aws/aws-cdk#9076"}
	behaviourImportOriginPattern = Behaviour{ID: "import-origin-pattern",
		Does:   "the import as an HTTP API refuses origins with a wildcard, but for *, http://* and https://*",
		Source: guide + "http-api-cors.html; users report that a deployment with https://*.example.com fails"}
)
