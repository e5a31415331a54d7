package gateway

import "github.com/apigw-cors/apigw-cors/extensions"

// guard answers a call that the resource policy refuses.
func (c *call) guard() *Answer {
	if c.api.policy == nil {
		return nil
	}
	at := pointer(extensions.NamePolicy)
	signed := c.method.access.iam && c.header("Authorization") != ""
	switch c.api.policy.Allows(c.req.Method, c.req.Path) {
	case extensions.No:
		if signed {
			break
		}
		c.step(ruleResourcePolicyDenies, at, "it lets nobody call %s %s without a signature", c.req.Method, c.req.Path)
		return c.refuse(extensions.AccessDenied, "User: anonymous is not authorized to perform: execute-api:Invoke")
	case extensions.Yes:
		return nil
	}
	c.step(ruleResourcePolicy, at, "the API has one")
	return nil
}
