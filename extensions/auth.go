package extensions

import (
	"encoding/json"
	"strings"
)

// An Auth is the value of x-amazon-apigateway-auth: who may call an operation,
// whatever security the document has otherwise.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-auth.html
type Auth struct {
	// Type is an authorization type.
	Type AuthorizationType

	// Unknown holds the other members, see [Integration].
	Unknown map[string]json.RawMessage
}

// An AuthorizationType is the type of an [Auth]. Case does not count: compare it
// with Is.
type AuthorizationType string

// The authorization types. AWS's page on the extension has the first two; the
// others are what API Gateway calls a method with an authorizer.
const (
	AuthorizationNone             AuthorizationType = "NONE"
	AuthorizationIAM              AuthorizationType = "AWS_IAM"
	AuthorizationCustom           AuthorizationType = "CUSTOM"
	AuthorizationCognitoUserPools AuthorizationType = "COGNITO_USER_POOLS"
)

// Is reports whether t and other are the same but for case.
func (t AuthorizationType) Is(other AuthorizationType) bool {
	return strings.EqualFold(string(t), string(other))
}

func (a *Auth) fields() []field {
	return []field{{"type", &a.Type}}
}

// MarshalJSON writes the members that are set.
func (a Auth) MarshalJSON() ([]byte, error) {
	return encode(a.fields(), a.Unknown)
}

// UnmarshalJSON reads any object; it does not judge.
func (a *Auth) UnmarshalJSON(data []byte) (err error) {
	*a = Auth{}
	a.Unknown, err = decode(data, a.fields())
	return err
}

// IsNone reports whether everybody may call the operation.
func (a Auth) IsNone() bool {
	return a.Type.Is(AuthorizationNone)
}

// Validate reports every mistake at once, see [Integration.Validate].
func (a Auth) Validate() error {
	return validate(func(c checker) {
		if !c.members(a.fields(), a.Unknown, false) {
			return
		}
		at := c.member("type")
		if missing("type", a.fields(), a.Unknown) {
			at.report("", `is missing; write "NONE" or "AWS_IAM"`)
		}
		oneOf(at, a.Type, AuthorizationNone, AuthorizationIAM, AuthorizationCustom, AuthorizationCognitoUserPools)
	})
}

// An Authtype is the value of x-amazon-apigateway-authtype on a security scheme.
// Only [AuthtypeIAM] has a meaning to API Gateway. Any other text tells readers
// what the scheme is, so that there is nothing to validate.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authtype.html
type Authtype string

// The authtypes that documents have.
const (
	AuthtypeIAM              Authtype = "awsSigv4"
	AuthtypeCustom           Authtype = "custom"
	AuthtypeOAuth2           Authtype = "oauth2"
	AuthtypeCognitoUserPools Authtype = "cognito_user_pools"
)

// IsIAM reports whether callers sign their requests.
func (t Authtype) IsIAM() bool {
	return strings.EqualFold(string(t), string(AuthtypeIAM))
}
