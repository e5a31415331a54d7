package extensions

// The default route of an HTTP API.
//
// An operation under x-amazon-apigateway-any-method, a member of a path item,
// stands for every method that the path item does not have. It is an Operation
// object in all else: read it with the library at hand, as in
// Get[openapi3.Operation](item.Extensions, NameAnyMethod).
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-any-method.html
const (
	// DefaultRoutePath is the path of the route of an HTTP API that takes what
	// no other route does. It has an ANY method only.
	DefaultRoutePath = "/$default"

	// MemberIsDefaultRoute is the member of that method which is true.
	MemberIsDefaultRoute = "isDefaultRoute"
)

// AnyMethods returns the seven methods that ANY covers, sorted. TRACE is not one
// of them: API Gateway does not have it.
func AnyMethods() []string {
	return []string{"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}
}
