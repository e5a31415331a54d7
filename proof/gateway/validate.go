package gateway

import "github.com/apigw-cors/apigw-cors/extensions"

// validate answers a request that lacks what is required of it.
func (c *call) validate() *Response {
	v := c.method.validation
	if v.ValidateRequestParameters != nil && *v.ValidateRequestParameters {
		for _, p := range c.method.parameters {
			if p.required && !c.has(p.source) {
				c.step(behaviourValidator, c.method.pointer, "the request has no %s parameter %s", p.in, p.name)
				return c.refuse(extensions.BadRequestParameters, "Missing required request parameters: ["+p.name+"]")
			}
		}
	}
	if v.ValidateRequestBody == nil || !*v.ValidateRequestBody || len(c.method.types) == 0 {
		return nil
	}
	if c.method.body && c.req.Body == "" {
		c.step(behaviourValidator, c.method.pointer, "the request has no body")
		return c.refuse(extensions.BadRequestBody, "Invalid request body")
	}
	c.step(behaviourBodyHolds, c.method.pointer, "the request is not compared with a model")
	return nil
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
