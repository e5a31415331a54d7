package extensions

import "encoding/json"

// A RequestValidator is the value of x-amazon-apigateway-request-validator: a
// name from the document's [RequestValidators]. At the root it is for every
// method, OPTIONS too; on an operation it is for this one. REST APIs only.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-request-validator.html
type RequestValidator string

// RequestValidators is the value of x-amazon-apigateway-request-validators: the
// validators of a document by name. REST APIs only.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-request-validators.html
type RequestValidators map[RequestValidator]RequestValidation

// UnmarshalJSON reads an object of objects; it does not judge.
func (m *RequestValidators) UnmarshalJSON(data []byte) (err error) {
	*m, err = decodeEntries[RequestValidator, RequestValidation](data)
	return err
}

// Validate reports every mistake at once, see [Integration.Validate].
func (m RequestValidators) Validate() error {
	return validate(func(c checker) {
		for _, name := range sortedKeys(m) {
			validation := m[name]
			c.member(string(name)).members(validation.fields(), validation.Unknown, false)
		}
	})
}

// A RequestValidation says what one validator looks at.
type RequestValidation struct {
	// ValidateRequestBody compares the body with the model of its media type.
	ValidateRequestBody *bool

	// ValidateRequestParameters asks for the required parameters.
	ValidateRequestParameters *bool

	// Unknown holds the other members, see [Integration].
	Unknown map[string]json.RawMessage
}

func (v *RequestValidation) fields() []field {
	return []field{
		{"validateRequestBody", &v.ValidateRequestBody},
		{"validateRequestParameters", &v.ValidateRequestParameters},
	}
}

// MarshalJSON writes the members that are set, in the order of the fields.
func (v RequestValidation) MarshalJSON() ([]byte, error) {
	return encode(v.fields(), v.Unknown)
}

// UnmarshalJSON reads any object; it does not judge.
func (v *RequestValidation) UnmarshalJSON(data []byte) (err error) {
	*v = RequestValidation{}
	v.Unknown, err = decode(data, v.fields())
	return err
}
