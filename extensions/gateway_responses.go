package extensions

import (
	"encoding/json"
	"strings"
)

// GatewayResponses is the value of x-amazon-apigateway-gateway-responses: what
// API Gateway answers when a call does not get as far as an integration, or does
// not come back from it. REST APIs only.
//
// A type with an entry of its own takes nothing from DEFAULT_4XX or DEFAULT_5XX.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-gateway-responses.html
type GatewayResponses map[GatewayResponseType]GatewayResponse

// UnmarshalJSON reads an object of objects; it does not judge.
func (m *GatewayResponses) UnmarshalJSON(data []byte) (err error) {
	*m, err = decodeEntries[GatewayResponseType, GatewayResponse](data)
	return err
}

// Validate reports every mistake at once, as joined [*Error] values: unknown
// types, and what [GatewayResponse.Validate] finds in each entry.
func (m GatewayResponses) Validate() error {
	return validate(func(c checker) {
		for _, name := range sortedKeys(m) {
			if IsIntrinsicName(string(name)) {
				continue
			}
			at := c.member(string(name))
			if _, ok := defaultStatus[name]; !ok {
				at.unknownResponseType(name)
			}
			m[name].check(at)
		}
	})
}

func (c checker) unknownResponseType(name GatewayResponseType) {
	if near, ok := nearest(name, GatewayResponseTypes()); ok {
		c.reportName("is not a gateway response type, did you mean %q", near)
	} else if !isTemplated(string(name)) && !strings.HasPrefix(string(name), "x-") {
		c.reportName("is not a gateway response type")
	}
}

// A GatewayResponse is the answer to one type of error.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-gateway-responses.gatewayResponse.html
type GatewayResponse struct {
	// StatusCode replaces the status of the type, see
	// [GatewayResponseType.DefaultStatus]. On DEFAULT_4XX and DEFAULT_5XX it
	// does so for every type that has no entry.
	StatusCode String

	// ResponseParameters maps "gatewayresponse.header.NAME" to a static value in
	// single quotes (see [Static]) or to "method.request.header.NAME",
	// "method.request.path.NAME" or "method.request.querystring.NAME". API
	// Gateway does not look at what follows "gatewayresponse.header.".
	ResponseParameters map[string]String

	// ResponseTemplates holds a template for each media type. Variables are
	// substituted in it; it is not VTL.
	ResponseTemplates map[string]String

	// Unknown holds the other members, see [Integration].
	Unknown map[string]json.RawMessage
}

func (r *GatewayResponse) fields() []field {
	return []field{
		{"statusCode", &r.StatusCode},
		{"responseParameters", &r.ResponseParameters},
		{"responseTemplates", &r.ResponseTemplates},
	}
}

// MarshalJSON writes the members that are set, in the order of the fields.
func (r GatewayResponse) MarshalJSON() ([]byte, error) {
	return encode(r.fields(), r.Unknown)
}

// UnmarshalJSON reads any object; it does not judge.
func (r *GatewayResponse) UnmarshalJSON(data []byte) (err error) {
	*r = GatewayResponse{}
	r.Unknown, err = decode(data, r.fields())
	return err
}

// Validate reports every mistake at once, see [Integration.Validate].
func (r GatewayResponse) Validate() error {
	return validate(r.check)
}

func (r GatewayResponse) check(c checker) {
	if !c.members(r.fields(), r.Unknown, false) {
		return
	}
	c.member("statusCode").status(r.StatusCode)
	gatewayMapping.check(c.member("responseParameters"), r.ResponseParameters)
	c.member("responseTemplates").quotedEntries(r.ResponseTemplates)
}

// A GatewayResponseType names the errors that API Gateway answers by itself.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
type GatewayResponseType string

// The gateway response types.
const (
	AccessDenied                 GatewayResponseType = "ACCESS_DENIED"
	APIConfigurationError        GatewayResponseType = "API_CONFIGURATION_ERROR"
	AuthorizerConfigurationError GatewayResponseType = "AUTHORIZER_CONFIGURATION_ERROR"
	AuthorizerFailure            GatewayResponseType = "AUTHORIZER_FAILURE"
	BadRequestBody               GatewayResponseType = "BAD_REQUEST_BODY"
	BadRequestParameters         GatewayResponseType = "BAD_REQUEST_PARAMETERS"
	Default4XX                   GatewayResponseType = "DEFAULT_4XX"
	Default5XX                   GatewayResponseType = "DEFAULT_5XX"
	ExpiredToken                 GatewayResponseType = "EXPIRED_TOKEN"
	IntegrationFailure           GatewayResponseType = "INTEGRATION_FAILURE"
	IntegrationTimeout           GatewayResponseType = "INTEGRATION_TIMEOUT"
	InvalidAPIKey                GatewayResponseType = "INVALID_API_KEY"
	InvalidSignature             GatewayResponseType = "INVALID_SIGNATURE"
	MissingAuthenticationToken   GatewayResponseType = "MISSING_AUTHENTICATION_TOKEN"
	QuotaExceeded                GatewayResponseType = "QUOTA_EXCEEDED"
	RequestTooLarge              GatewayResponseType = "REQUEST_TOO_LARGE"
	ResourceNotFound             GatewayResponseType = "RESOURCE_NOT_FOUND"
	Throttled                    GatewayResponseType = "THROTTLED"
	Unauthorized                 GatewayResponseType = "UNAUTHORIZED"
	UnsupportedMediaType         GatewayResponseType = "UNSUPPORTED_MEDIA_TYPE"
	WAFFiltered                  GatewayResponseType = "WAF_FILTERED"
)

// defaultStatus has every type. The two defaults have no status of their own.
var defaultStatus = map[GatewayResponseType]int{
	AccessDenied:                 403,
	APIConfigurationError:        500,
	AuthorizerConfigurationError: 500,
	AuthorizerFailure:            500,
	BadRequestBody:               400,
	BadRequestParameters:         400,
	Default4XX:                   0,
	Default5XX:                   0,
	ExpiredToken:                 403,
	IntegrationFailure:           504,
	IntegrationTimeout:           504,
	InvalidAPIKey:                403,
	InvalidSignature:             403,
	MissingAuthenticationToken:   403,
	QuotaExceeded:                429,
	RequestTooLarge:              413,
	ResourceNotFound:             404,
	Throttled:                    429,
	Unauthorized:                 401,
	UnsupportedMediaType:         415,
	WAFFiltered:                  403,
}

// GatewayResponseTypes returns all types, sorted.
func GatewayResponseTypes() []GatewayResponseType {
	return sortedKeys(defaultStatus)
}

// DefaultStatus returns the status of an answer of type t, unless the document
// sets another one. For DEFAULT_4XX and DEFAULT_5XX, which have as many as there
// are types, and for unknown types, ok is false.
func (t GatewayResponseType) DefaultStatus() (status int, ok bool) {
	status = defaultStatus[t]
	return status, status != 0
}
