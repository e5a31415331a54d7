package extensions

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// An Authorizer is the value of x-amazon-apigateway-authorizer on a security
// scheme: who decides about calls of the operations that require the scheme.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
type Authorizer struct {
	// Type is required.
	Type AuthorizerType

	// AuthorizerURI is the ARN under which API Gateway invokes the function.
	// Types token and request need it.
	AuthorizerURI String

	// AuthorizerCredentials is the ARN of the role to invoke it with.
	AuthorizerCredentials String

	// AuthorizerPayloadFormatVersion is "1.0" or "2.0". HTTP APIs only.
	AuthorizerPayloadFormatVersion String

	// EnableSimpleResponses lets the function answer yes or no. HTTP APIs only.
	EnableSimpleResponses *bool

	// IdentitySource lists, separated by commas, what identifies the caller:
	// "method.request.header.NAME" and the like, or in HTTP APIs
	// "$request.header.NAME". See [Authorizer.IdentityHeaders].
	IdentitySource String

	// JWTConfiguration belongs to type jwt.
	JWTConfiguration *JWTConfiguration

	// IdentityValidationExpression is a regular expression for the token.
	IdentityValidationExpression String

	// AuthorizerResultTTLInSeconds is how long a decision is kept: 0 to 3600.
	AuthorizerResultTTLInSeconds *int

	// ProviderARNs lists the user pools of type cognito_user_pools.
	ProviderARNs []String

	// Unknown holds the other members, see [Integration].
	Unknown map[string]json.RawMessage
}

// An AuthorizerType is the type of an [Authorizer].
type AuthorizerType string

// The authorizer types. JWT is for HTTP APIs only, token and Cognito for REST
// APIs only.
const (
	AuthorizerToken            AuthorizerType = "token"
	AuthorizerRequest          AuthorizerType = "request"
	AuthorizerCognitoUserPools AuthorizerType = "cognito_user_pools"
	AuthorizerJWT              AuthorizerType = "jwt"
)

// Is reports whether t and other are the same but for case.
func (t AuthorizerType) Is(other AuthorizerType) bool {
	return strings.EqualFold(string(t), string(other))
}

func (a *Authorizer) fields() []field {
	return []field{
		{"type", &a.Type},
		{"authorizerUri", &a.AuthorizerURI},
		{"authorizerCredentials", &a.AuthorizerCredentials},
		{"authorizerPayloadFormatVersion", &a.AuthorizerPayloadFormatVersion},
		{"enableSimpleResponses", &a.EnableSimpleResponses},
		{"identitySource", &a.IdentitySource},
		{"jwtConfiguration", &a.JWTConfiguration},
		{"identityValidationExpression", &a.IdentityValidationExpression},
		{"authorizerResultTtlInSeconds", &a.AuthorizerResultTTLInSeconds},
		{"providerARNs", &a.ProviderARNs},
	}
}

// MarshalJSON writes the members that are set, in the order of the fields.
func (a Authorizer) MarshalJSON() ([]byte, error) {
	return encode(a.fields(), a.Unknown)
}

// UnmarshalJSON reads any object; it does not judge.
func (a *Authorizer) UnmarshalJSON(data []byte) (err error) {
	*a = Authorizer{}
	a.Unknown, err = decode(data, a.fields())
	return err
}

// A JWTConfiguration says which tokens an authorizer of type jwt accepts.
type JWTConfiguration struct {
	// Issuer is the URL in the claim iss.
	Issuer String

	// Audience lists the values of which the claim aud must have one.
	Audience []String

	// Unknown holds the other members, see [Integration].
	Unknown map[string]json.RawMessage
}

func (j *JWTConfiguration) fields() []field {
	return []field{{"issuer", &j.Issuer}, {"audience", &j.Audience}}
}

// MarshalJSON writes the members that are set.
func (j JWTConfiguration) MarshalJSON() ([]byte, error) {
	return encode(j.fields(), j.Unknown)
}

// UnmarshalJSON reads any object; it does not judge.
func (j *JWTConfiguration) UnmarshalJSON(data []byte) (err error) {
	*j = JWTConfiguration{}
	j.Unknown, err = decode(data, j.fields())
	return err
}

// identitySources maps what an identity source may start with to whether the
// name of a header follows.
var identitySources = map[string]bool{
	"method.request.header.":           true,
	"method.request.multivalueheader.": true,
	"method.request.querystring.":      false,
	"method.request.path.":             false,
	"stageVariables.":                  false,
	"context.":                         false,
	"$request.header.":                 true,
	"$request.querystring.":            false,
	"$stageVariables.":                 false,
	"$context.":                        false,
}

// IdentityHeaders returns the request headers that identify the caller, in the
// order of the identity source, each one once. A cross-origin call that carries
// them needs them in Access-Control-Allow-Headers.
func (a Authorizer) IdentityHeaders() []string {
	var headers []string
	for _, source := range a.identitySources() {
		prefix, name, _ := cutPrefixes(source, sortedKeys(identitySources))
		isSame := func(header string) bool { return strings.EqualFold(header, name) }
		if identitySources[prefix] && name != "" && !slices.ContainsFunc(headers, isSame) {
			headers = append(headers, name)
		}
	}
	return headers
}

func (a Authorizer) identitySources() []string {
	text, _ := a.IdentitySource.Text()
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
}

// Validate reports every mistake at once, see [Integration.Validate].
func (a Authorizer) Validate() error {
	return validate(a.check)
}

func (a Authorizer) check(c checker) {
	if !c.members(a.fields(), a.Unknown, false) {
		return
	}
	if missing("type", a.fields(), a.Unknown) {
		c.member("type").report("", "is missing; use token, request, cognito_user_pools or jwt")
	}
	oneOf(c.member("type"), a.Type, AuthorizerToken, AuthorizerRequest, AuthorizerCognitoUserPools, AuthorizerJWT)
	a.checkNeeds(c)
	a.checkValues(c)
	a.checkIdentitySource(c.member("identitySource"))
	if a.JWTConfiguration != nil {
		jwt := c.member("jwtConfiguration")
		jwt.members(a.JWTConfiguration.fields(), a.JWTConfiguration.Unknown, false)
		jwt.member("issuer").quoted(a.JWTConfiguration.Issuer)
	}
}

// checkNeeds reports the member without which a type has nobody to ask.
func (a Authorizer) checkNeeds(c checker) {
	needs := map[AuthorizerType]string{
		AuthorizerToken:            "authorizerUri",
		AuthorizerRequest:          "authorizerUri",
		AuthorizerCognitoUserPools: "providerARNs",
		AuthorizerJWT:              "jwtConfiguration",
	}
	for _, kind := range sortedKeys(needs) {
		if a.Type.Is(kind) && missing(needs[kind], a.fields(), a.Unknown) {
			c.member(needs[kind]).report("", "is missing; an authorizer of type %s needs it", a.Type)
		}
	}
}

func (a Authorizer) checkValues(c checker) {
	c.member("authorizerUri").quoted(a.AuthorizerURI)
	c.member("authorizerCredentials").quoted(a.AuthorizerCredentials)
	c.member("identityValidationExpression").quoted(a.IdentityValidationExpression)
	checkPayloadFormat(c.member("authorizerPayloadFormatVersion"), a.AuthorizerPayloadFormatVersion)
	if ttl := a.AuthorizerResultTTLInSeconds; ttl != nil && (*ttl < 0 || *ttl > 3600) {
		c.member("authorizerResultTtlInSeconds").report(strconv.Itoa(*ttl), "is out of bounds; write 0 to 3600")
	}
	for i, arn := range a.ProviderARNs {
		c.member("providerARNs").index(i).quoted(arn)
	}
}

func (a Authorizer) checkIdentitySource(c checker) {
	if _, ok := c.quoted(a.IdentitySource); !ok {
		return
	}
	for _, source := range a.identitySources() {
		if _, name, ok := cutPrefixes(source, sortedKeys(identitySources)); !ok || name == "" {
			c.report(source, "is not an identity source; write method.request.header.NAME or $request.header.NAME")
		}
	}
}
