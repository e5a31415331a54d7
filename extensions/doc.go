// Package extensions holds the OpenAPI extensions of Amazon API Gateway, the
// members named x-amazon-apigateway-*, as Go values.
//
// What goes in is the JSON of one extension: as it stands, or as the value that
// an OpenAPI library keeps in a map[string]any of extensions, which [Get] reads.
// What comes out is JSON with the members in the order of AWS's documentation
// and maps sorted by key: the same value gives the same bytes. Assigning a value
// of this package to such a map is enough to write it.
//
// Decoding is lenient and loses nothing. Every object decodes; a member that
// this package does not know, or whose value does not fit its field, is kept in
// the field Unknown and written again. A string that is a number in the document
// keeps its text. Where CloudFormation allows an intrinsic such as {"Ref": "Url"},
// a [String] holds it.
//
// Validate is strict. It reports all mistakes at once, each an [*Error] with
// the member, the value and what to write instead. It judges a value by itself:
// whether a mapped header is declared, or a status has a response, is a question
// to the document. Intrinsics, and texts with a ${placeholder}, are not judged.
//
// The package imports the standard library only.
//
// # Extensions
//
//	extension                                    where                          value
//	x-amazon-apigateway-any-method               path item                      an Operation object
//	x-amazon-apigateway-api-key-source           root                           a string
//	x-amazon-apigateway-auth                     operation                      Auth
//	x-amazon-apigateway-authorizer               security scheme                Authorizer
//	x-amazon-apigateway-authtype                 security scheme                Authtype
//	x-amazon-apigateway-binary-media-types       root                           BinaryMediaTypes
//	x-amazon-apigateway-cors                     root                           CORS
//	x-amazon-apigateway-documentation            root                           an object
//	x-amazon-apigateway-endpoint-configuration   root; OpenAPI 3: server        an object
//	x-amazon-apigateway-gateway-responses        root                           GatewayResponses
//	x-amazon-apigateway-importexport-version     root                           a string
//	x-amazon-apigateway-integration              operation, ANY method          Integration
//	x-amazon-apigateway-integrations             components                     Integrations
//	x-amazon-apigateway-minimum-compression-size root                           a number
//	x-amazon-apigateway-policy                   root                           an object
//	x-amazon-apigateway-request-validator        root, operation, ANY method    RequestValidator
//	x-amazon-apigateway-request-validators       root                           RequestValidators
//
// Only HTTP APIs have cors, integrations and importexport-version. Only REST
// APIs have api-key-source, binary-media-types, documentation,
// endpoint-configuration, gateway-responses, minimum-compression-size, policy,
// request-validator and request-validators.
//
// Of those without a type there is the name. AWS describes them all under
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html;
// each type links to its own page there.
package extensions
