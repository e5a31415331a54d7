package extensions

import (
	"encoding/json"
	"strings"
)

// An Integration is the value of x-amazon-apigateway-integration: what API
// Gateway does with a call of the operation.
//
// Its members are those of AWS's page, for REST and for HTTP APIs; a String may
// be an intrinsic, the others are kept in Unknown when they are.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
type Integration struct {
	// Ref points to a reusable integration in the document's components,
	// "#/components/x-amazon-apigateway-integrations/NAME". HTTP APIs only: an
	// import as a REST API leaves the operation without an integration.
	Ref String

	// Type is required, but beside a Ref.
	Type IntegrationType

	// HTTPMethod is the method of the call to the backend, POST for Lambda.
	// A mock has none.
	HTTPMethod String

	// URI is the backend's address or ARN. A mock has none.
	URI String

	// Credentials is the ARN of a role, or "arn:aws:iam::*:user/*" to pass the
	// caller's identity through.
	Credentials String

	// ConnectionType is "INTERNET", the default, or "VPC_LINK".
	ConnectionType String

	// ConnectionID is the id of the VPC link.
	ConnectionID String

	// RequestParameters maps targets, "integration.request.header.NAME" and the
	// like, to expressions, "method.request.header.NAME", or to static values in
	// single quotes (see [Static]). HTTP APIs have a dialect of their own:
	// "append:header.NAME".
	RequestParameters map[string]String

	// RequestTemplates holds a VTL template for each media type. A mock needs one
	// for application/json that renders {"statusCode": 200}.
	RequestTemplates map[string]String

	// PassthroughBehavior says what happens to a request whose media type has no
	// template. REST APIs only.
	PassthroughBehavior PassthroughBehavior

	// ContentHandling converts the request's payload. REST APIs only.
	ContentHandling ContentHandling

	// Responses says how the backend's answer becomes the caller's. A proxy
	// ignores it when it runs.
	Responses IntegrationResponses

	// CacheNamespace and CacheKeyParameters belong to the cache of a REST API.
	CacheNamespace     String
	CacheKeyParameters []String

	// TimeoutInMillis is at least 50; AWS's default is 29000.
	TimeoutInMillis *int

	// PayloadFormatVersion is "1.0" or, for a Lambda proxy, "2.0". HTTP APIs
	// need it. It is found as a number too, whose text is kept.
	PayloadFormatVersion String

	// IntegrationSubtype names the action of a first-class AWS service
	// integration, such as "SQS-SendMessage". HTTP APIs only.
	IntegrationSubtype String

	// TLSConfig says how the backend's certificate is verified.
	TLSConfig *TLSConfig

	// ResponseTransferMode is "BUFFERED", the default, or, for a proxy, "STREAM".
	ResponseTransferMode String

	// IntegrationTarget is the ARN of the load balancer or listener behind a VPC
	// link of the second version.
	IntegrationTarget String

	// Unknown holds the members without a field, and members whose value does
	// not fit theirs, as they were written.
	Unknown map[string]json.RawMessage
}

func (i *Integration) fields() []field {
	return []field{
		{"$ref", &i.Ref},
		{"type", &i.Type},
		{"httpMethod", &i.HTTPMethod},
		{"uri", &i.URI},
		{"credentials", &i.Credentials},
		{"connectionType", &i.ConnectionType},
		{"connectionId", &i.ConnectionID},
		{"requestParameters", &i.RequestParameters},
		{"requestTemplates", &i.RequestTemplates},
		{"passthroughBehavior", &i.PassthroughBehavior},
		{"contentHandling", &i.ContentHandling},
		{"responses", &i.Responses},
		{"cacheNamespace", &i.CacheNamespace},
		{"cacheKeyParameters", &i.CacheKeyParameters},
		{"timeoutInMillis", &i.TimeoutInMillis},
		{"payloadFormatVersion", &i.PayloadFormatVersion},
		{"integrationSubtype", &i.IntegrationSubtype},
		{"tlsConfig", &i.TLSConfig},
		{"responseTransferMode", &i.ResponseTransferMode},
		{"integrationTarget", &i.IntegrationTarget},
	}
}

// MarshalJSON writes the members that are set, in the order of the fields.
func (i Integration) MarshalJSON() ([]byte, error) {
	return encode(i.fields(), i.Unknown)
}

// UnmarshalJSON reads any object; it does not judge.
func (i *Integration) UnmarshalJSON(data []byte) (err error) {
	*i = Integration{}
	i.Unknown, err = decode(data, i.fields())
	return err
}

// A TLSConfig is the tlsConfig of an [Integration].
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-extensions-integration-tls-config.html
type TLSConfig struct {
	// InsecureSkipVerification turns verification off. REST APIs only.
	InsecureSkipVerification *bool

	// ServerNameToVerify is the name the certificate must have.
	// Private integrations of HTTP APIs only.
	ServerNameToVerify String

	// Unknown holds the other members, see [Integration].
	Unknown map[string]json.RawMessage
}

func (t *TLSConfig) fields() []field {
	return []field{
		{"insecureSkipVerification", &t.InsecureSkipVerification},
		{"serverNameToVerify", &t.ServerNameToVerify},
	}
}

// MarshalJSON writes the members that are set.
func (t TLSConfig) MarshalJSON() ([]byte, error) {
	return encode(t.fields(), t.Unknown)
}

// UnmarshalJSON reads any object; it does not judge.
func (t *TLSConfig) UnmarshalJSON(data []byte) (err error) {
	*t = TLSConfig{}
	t.Unknown, err = decode(data, t.fields())
	return err
}

// An IntegrationType is the type of an [Integration]. Documents have it in lower
// and in upper case, and the import takes both: compare it with Is.
type IntegrationType string

// The integration types. HTTP APIs have the two proxies only.
const (
	TypeHTTP      IntegrationType = "http"
	TypeHTTPProxy IntegrationType = "http_proxy"
	TypeAWS       IntegrationType = "aws"
	TypeAWSProxy  IntegrationType = "aws_proxy"
	TypeMock      IntegrationType = "mock"
)

// Is reports whether t and other are the same but for case.
func (t IntegrationType) Is(other IntegrationType) bool {
	return strings.EqualFold(string(t), string(other))
}

// IsMock reports whether API Gateway answers by itself.
func (t IntegrationType) IsMock() bool {
	return t.Is(TypeMock)
}

// IsProxy reports whether the backend's answer goes to the caller as it is, so
// that templates and response mappings have no effect.
func (t IntegrationType) IsProxy() bool {
	return t.Is(TypeAWSProxy) || t.Is(TypeHTTPProxy)
}

// IsMapped reports whether API Gateway makes the caller's answer itself, from
// response mappings: mock, aws and http. REST APIs only.
func (t IntegrationType) IsMapped() bool {
	return t.IsMock() || t.Is(TypeAWS) || t.Is(TypeHTTP)
}

// A PassthroughBehavior says what becomes of a request whose media type has no
// request template. Compare it with Is.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html
type PassthroughBehavior string

// The passthrough behaviors. Absent means PassthroughWhenNoMatch.
const (
	PassthroughWhenNoTemplates PassthroughBehavior = "when_no_templates"
	PassthroughWhenNoMatch     PassthroughBehavior = "when_no_match"
	PassthroughNever           PassthroughBehavior = "never"
)

// Is reports whether p and other are the same but for case.
func (p PassthroughBehavior) Is(other PassthroughBehavior) bool {
	return strings.EqualFold(string(p), string(other))
}

// A ContentHandling says how a payload is converted. Compare it with Is.
type ContentHandling string

// The conversions. Absent means none.
const (
	ConvertToText   ContentHandling = "CONVERT_TO_TEXT"
	ConvertToBinary ContentHandling = "CONVERT_TO_BINARY"
)

// Is reports whether h and other are the same but for case.
func (h ContentHandling) Is(other ContentHandling) bool {
	return strings.EqualFold(string(h), string(other))
}
