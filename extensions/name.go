package extensions

// The extension names, as they stand in a document.
// The package comment says where each may appear.
const (
	NameAnyMethod              = "x-amazon-apigateway-any-method"
	NameAPIKeySource           = "x-amazon-apigateway-api-key-source"
	NameAuth                   = "x-amazon-apigateway-auth"
	NameAuthorizer             = "x-amazon-apigateway-authorizer"
	NameAuthtype               = "x-amazon-apigateway-authtype"
	NameBinaryMediaTypes       = "x-amazon-apigateway-binary-media-types"
	NameCORS                   = "x-amazon-apigateway-cors"
	NameDocumentation          = "x-amazon-apigateway-documentation"
	NameEndpointConfiguration  = "x-amazon-apigateway-endpoint-configuration"
	NameGatewayResponses       = "x-amazon-apigateway-gateway-responses"
	NameImportExportVersion    = "x-amazon-apigateway-importexport-version"
	NameIntegration            = "x-amazon-apigateway-integration"
	NameIntegrations           = "x-amazon-apigateway-integrations"
	NameMinimumCompressionSize = "x-amazon-apigateway-minimum-compression-size"
	NamePolicy                 = "x-amazon-apigateway-policy"
	NameRequestValidator       = "x-amazon-apigateway-request-validator"
	NameRequestValidators      = "x-amazon-apigateway-request-validators"
)
