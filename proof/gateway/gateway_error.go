package gateway

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// refuse is an error of API Gateway's own: of a REST API, the gateway response of its type.
func (c *call) refuse(kind extensions.GatewayResponseType, message string) *Response {
	c.open = nil // whatever the backend sends does not come through
	c.failed = &Error{Type: kind}
	if n := len(c.steps); n > 0 {
		c.failed.Cause = c.steps[n-1]
	}
	if c.api.options.APIType == HTTP {
		return c.httpError(kind, message)
	}
	status, _ := kind.DefaultStatus()
	at := pointer(extensions.NameGatewayResponses)
	if c.api.opaqueErrors != nil {
		return c.cannotTell(c.api.opaqueErrors)
	}
	family := extensions.Default4XX
	if status >= 500 {
		family = extensions.Default5XX
	}
	header := errorHeaders(kind)
	body := `{"message":` + quoted(message) + `}`
	entry := kind
	response, ok := c.api.errors[entry]
	if !ok && c.api.oddErrors[entry] == nil {
		entry = family
		response, ok = c.api.errors[entry]
	}
	if u := c.api.oddErrors[entry]; u != nil {
		return c.cannotTell(u)
	}
	if !ok {
		c.step(BehaviourGatewayResponse, at, "%s has no headers: there is neither an entry of its own nor %s", kind, family)
		return &Response{Status: status, Header: header, Body: body, Pointer: at}
	}
	at += pointer(string(entry))
	u := misread(response.Unknown, at, "statusCode", "responseParameters")
	if u = cmp.Or(u, transformed(response.ResponseParameters, at+pointer("responseParameters"))); u != nil {
		return c.cannotTell(u)
	}
	c.step(BehaviourGatewayResponse, at, "%s is answered as %s says", kind, entry)
	if _, hasFamily := c.api.errors[family]; entry == kind && hasFamily {
		c.step(BehaviourGatewayInherits, at, "nothing is taken from %s", family)
	}
	for _, target := range slices.Sorted(maps.Keys(response.ResponseParameters)) {
		name, ok := strings.CutPrefix(target, extensions.GatewayResponseHeaderPrefix)
		if !ok {
			continue
		}
		value, ok, u := c.gatewayValue(response.ResponseParameters[target], at+pointer("responseParameters", target))
		if u != nil {
			return c.cannotTell(u)
		}
		if ok {
			c.stepHeader(BehaviourGatewayResponse, at+pointer("responseParameters", target), Field{name, value})
			header = set(header, Field{name, value})
		}
	}
	own, ok := response.StatusCode.Int()
	if ok {
		status = own
	} else if !response.StatusCode.IsZero() {
		return c.cannotTell(unknown(reasonOfString(response.StatusCode), at+pointer("statusCode"), "%s is no status", response.StatusCode))
	}
	if template, ok := response.ResponseTemplates[jsonType].Text(); ok {
		body = c.substituted(template, message)
	}
	return &Response{Status: status, Header: header, Body: body, Pointer: at}
}

// gatewayValue is what a mapping of a gateway response gives.
func (c *call) gatewayValue(mapping extensions.String, at string) (value string, ok bool, u *Unknown) {
	if !isText(mapping) {
		c.step(behaviourMappingType, at, "it is %s", mapping)
		return "", false, nil
	}
	if u := expressible(behaviourImportGatewayMapping, mapping, at, gatewaySources); u != nil {
		return "", false, u
	}
	text, _ := mapping.Text()
	place, name, _ := strings.Cut(strings.TrimPrefix(text, "method.request."), ".")
	switch {
	case !strings.HasPrefix(text, "method.request."):
		return c.mappedValue(mapping, Reply{}, at)
	case place == "header":
		c.varies = true
		c.step(BehaviourGatewayName, at, "%s is looked up", name)
		value = valueOf(c.req.Header, name)
	case place == "querystring":
		value = valueOf(c.req.Query, name)
	case place == "path":
		value = valueOf(c.path, name)
	}
	return value, value != "", nil
}

// substituted replaces the variables of the message in a template of a gateway response,
// which is no VTL. Others stay: no header depends on them.
func (c *call) substituted(template, message string) string {
	return strings.NewReplacer("$context.error.messageString", quoted(message), "$context.error.message", message, "$context.httpMethod", c.req.Method).Replace(template)
}

func quoted(text string) string {
	encoded, err := json.Marshal(text)
	if err != nil {
		return strconv.Quote(text)
	}
	return string(encoded)
}
