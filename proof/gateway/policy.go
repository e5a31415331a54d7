package gateway

import (
	"github.com/apigw-cors/apigw-cors/extensions"
)

// guard is what the resource policy of an API says of callers without a signature. Preflights
// are of this kind.
type guard string

const (
	guardNone    guard = ""        // there is no policy
	guardDepends guard = "depends" // on where the call comes from, or on what it calls
	guardDenies  guard = "denies"
)

// guardOf reads a resource policy. What it says about some callers or some resources is not
// followed; only what holds for all of them is certain. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
func guardOf(tree any) guard {
	if tree == nil {
		return guardNone
	}
	statements, isList := asObject(tree)["Statement"].([]any)
	if !isList || intrinsic(asObject(tree)) {
		return guardDepends
	}
	allows := false
	for _, s := range statements {
		statement := asObject(s)
		_, conditional := statement["Condition"]
		effect, isText := statement["Effect"].(string)
		switch anybody := isAnybody(statement["Principal"]); {
		case statement == nil || !isText || intrinsic(statement) || statement["NotPrincipal"] != nil:
			allows = true // it may
		case effect == "Allow" && anybody:
			allows = true
		case effect == "Deny" && anybody && !conditional && isEverything(statement["Resource"]):
			return guardDenies
		}
	}
	if !allows {
		return guardDenies // nobody is allowed who does not say who they are
	}
	return guardDepends
}

// isAnybody reports whether a principal is everybody, also who does not say who they are; what is
// known only when the document is deployed may be.
func isAnybody(principal any) bool {
	if object := asObject(principal); object != nil {
		if intrinsic(object) {
			return true
		}
		principal = object["AWS"]
	}
	if list, ok := principal.([]any); ok {
		for _, one := range list {
			if isAnybody(one) {
				return true
			}
		}
	}
	return principal == "*" || intrinsic(asObject(principal))
}

// isEverything reports whether a resource is each method of the API.
func isEverything(resource any) bool {
	if list, ok := resource.([]any); ok && len(list) == 1 {
		resource = list[0]
	}
	return resource == "*" || resource == "execute-api:/*" || resource == "execute-api:/*/*/*"
}

// guard answers a call that the resource policy refuses.
func (c *call) guard() *Answer {
	at := pointer(extensions.NamePolicy)
	switch {
	case c.api.guarded == guardNone:
		return nil
	case c.api.guarded == guardDenies && !(c.method.access.iam && c.header("Authorization") != ""):
		c.step(ruleResourcePolicyDenies, at, "the request has no signature")
		return c.refuse(extensions.AccessDenied, "User: anonymous is not authorized to perform: execute-api:Invoke")
	}
	c.step(ruleResourcePolicy, at, "the API has one")
	return nil
}
