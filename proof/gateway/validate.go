package gateway

import (
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// validate answers a request that lacks what is required of it.
func (c *call) validate() *Response {
	v := c.method.validation
	if v.ValidateRequestParameters != nil && *v.ValidateRequestParameters {
		if missing := c.missing(); len(missing) > 0 {
			return c.refuse(extensions.BadRequestParameters, "Missing required request parameters: ["+strings.Join(missing, ", ")+"]")
		}
	}
	if v.ValidateRequestBody == nil || !*v.ValidateRequestBody {
		return nil
	}
	return c.validateBody()
}

// validateBody answers a request whose body does not satisfy the model of its media type. An empty one
// satisfies none, whatever required says.
func (c *call) validateBody() *Response {
	media := mediaType(c.header(contentType))
	switch {
	case !c.method.models.has(media):
		return nil
	case c.req.Body == "":
		c.step(BehaviourValidator, c.method.pointer, "the request has no body")
		return c.refuse(extensions.BadRequestBody, "Invalid request body")
	case c.req.BodyHolds:
		c.step(behaviourBodyHolds, c.method.pointer, "the request is not compared with a model")
		return nil
	}
	switch wrong, known := c.method.models.check(media, c.req.Body); {
	case !known:
		return c.cannotTell(unknown(ReasonUnreadable, c.method.pointer, "the model of the body cannot be read: %s", shortened(wrong.Error())))
	case wrong != nil:
		c.step(BehaviourValidator, c.method.pointer, "the body does not satisfy its model")
		return c.refuse(extensions.BadRequestBody, "Invalid request body")
	}
	return nil
}

// missing are the required parameters that the request does not have, headers first.
func (c *call) missing() (names []string) {
	for _, in := range []string{"header", "query"} {
		for _, p := range c.method.parameters {
			if p.in == in && p.required && !c.has(p.source) {
				c.step(BehaviourValidator, c.method.pointer, "the request has no %s parameter %s", p.in, p.name)
				names = append(names, p.name)
			}
		}
	}
	return names
}

// has reports whether the request has a parameter.
func (c *call) has(s source) bool {
	if s.in == "header" {
		return c.header(s.name) != ""
	}
	for _, f := range c.req.Query {
		if f.Name == s.name {
			return true
		}
	}
	return false
}
