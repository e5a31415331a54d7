package extensions

import "encoding/json"

// IntegrationResponses holds the responses of an [Integration] by selection
// pattern. The pattern is a regular expression for the backend's status, or for
// the error message of a Lambda function; "default" is for what no other matches.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration-responses.html
type IntegrationResponses map[string]IntegrationResponse

// UnmarshalJSON reads an object of objects; it does not judge.
func (m *IntegrationResponses) UnmarshalJSON(data []byte) (err error) {
	*m, err = decodeEntries[string, IntegrationResponse](data)
	return err
}

// An IntegrationResponse is one entry of an integration's responses: what the
// caller gets when the backend's answer matches the entry's selection pattern.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration-response.html
type IntegrationResponse struct {
	// StatusCode is required, as a string or a number. It must be a status for
	// which the operation declares a response. See [String.Int].
	StatusCode String

	// ResponseParameters maps "method.response.header.NAME" to an expression
	// ("integration.response.header.NAME", "integration.response.body.PATH",
	// "stageVariables.NAME", "context.NAME") or to a static value in single
	// quotes (see [Static]). Nothing of the request can be a source. The header
	// must be declared in the operation's response of that status.
	ResponseParameters map[string]String

	// ResponseTemplates holds a VTL template for each media type.
	ResponseTemplates map[string]String

	// ContentHandling converts the response's payload.
	ContentHandling ContentHandling

	// Unknown holds the other members, see [Integration].
	Unknown map[string]json.RawMessage
}

func (r *IntegrationResponse) fields() []field {
	return []field{
		{"statusCode", &r.StatusCode},
		{"responseParameters", &r.ResponseParameters},
		{"responseTemplates", &r.ResponseTemplates},
		{"contentHandling", &r.ContentHandling},
	}
}

// MarshalJSON writes the members that are set, in the order of the fields.
func (r IntegrationResponse) MarshalJSON() ([]byte, error) {
	return encode(r.fields(), r.Unknown)
}

// UnmarshalJSON reads any object; it does not judge.
func (r *IntegrationResponse) UnmarshalJSON(data []byte) (err error) {
	*r = IntegrationResponse{}
	r.Unknown, err = decode(data, r.fields())
	return err
}

// Validate reports every mistake at once, see [Integration.Validate].
func (r IntegrationResponse) Validate() error {
	return validate(r.check)
}

func (r IntegrationResponse) check(c checker) {
	if !c.members(r.fields(), r.Unknown, false) {
		return
	}
	status := c.member("statusCode")
	if r.StatusCode.IsZero() {
		status.report("", "is missing; name the status of a declared response")
	}
	status.status(r.StatusCode)
	responseMapping.check(c.member("responseParameters"), r.ResponseParameters)
	c.member("responseTemplates").quotedEntries(r.ResponseTemplates)
	oneOf(c.member("contentHandling"), r.ContentHandling, ConvertToText, ConvertToBinary)
}
