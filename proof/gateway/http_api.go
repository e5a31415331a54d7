package gateway

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// http is the way of a request to an HTTP API.
func (c *call) http() *Response {
	found, ok := c.api.find(c.req.Method, c.req.Path)
	if !ok && c.api.fallback != nil {
		found, ok = route{method: c.api.fallback}, true
	}
	switch {
	case c.api.opaqueCORS != nil:
		return c.cannotTell(c.api.opaqueCORS)
	case !ok && c.api.opaque != nil:
		return c.cannotTell(c.api.opaque)
	case !ok && c.isPreflight():
		return c.preflight()
	case !ok && c.api.cors != nil && c.req.Method == "OPTIONS" && c.header("Origin") != "":
		c.step(behaviourHTTPOptions, pointer(extensions.NameCORS), "no route takes it, and it asks for no method")
		return &Response{Status: http.StatusNoContent, Pointer: pointer(extensions.NameCORS)}
	case !ok:
		c.step(BehaviourHTTPNoRoute, "", "no route takes %s %s", c.req.Method, c.req.Path)
		return c.refuse(extensions.ResourceNotFound, "Not Found")
	}
	if response := c.enter(found, behaviourHTTPRoute); response != nil {
		return response
	}
	if response := c.authorize(); response != nil {
		return response
	}
	response := c.proxy()
	if c.api.cors != nil && response.Unknown == nil {
		c.step(BehaviourHTTPCORS, pointer(extensions.NameCORS), "the headers of the configuration are sent")
		response.Header = slices.DeleteFunc(response.Header, func(f Field) bool { return strings.HasPrefix(strings.ToLower(f.Name), "access-control-") })
		response.Header = append(response.Header, c.configured()...)
		if c.isPreflight() {
			c.step(behaviourHTTPRouted, c.method.pointer, "the request is a preflight")
		}
	}
	return response
}

// isPreflight reports whether API Gateway takes the request for a preflight (behaviourHTTPPreflight).
func (c *call) isPreflight() bool {
	return c.api.cors != nil && c.req.isPreflight()
}

// preflight is API Gateway's own response to a preflight request.
func (c *call) preflight() *Response {
	at := pointer(extensions.NameCORS)
	c.step(behaviourHTTPPreflight, at, "no route takes it")
	c.step(behaviourHTTPStatus, at, "204")
	header := c.configured()
	if len(header) == 0 {
		c.step(BehaviourHTTPRefused, at, "%s is not among allowOrigins%s", c.header("Origin"), misspelled(*c.api.cors))
	}
	if unlisted := c.api.Unlisted(c.req); len(header) > 0 && len(unlisted) > 0 {
		c.step(BehaviourHTTPHeaderRefused, at+pointer("allowHeaders"), "%s is not among allowHeaders", strings.Join(unlisted, ", "))
		header = nil
	}
	return &Response{Status: http.StatusNoContent, Header: header, Pointer: at}
}

// Unlisted are the headers that a preflight request asks for and the configuration of an HTTP API
// does not list.
func (a *API) Unlisted(preflight Request) (names []string) {
	if a.cors == nil {
		return nil
	}
	listed := texts(a.cors.AllowHeaders)
	for name := range strings.SplitSeq(preflight.header("Access-Control-Request-Headers"), ",") {
		name = strings.TrimSpace(name)
		isListed := func(l string) bool { return l == "*" || strings.EqualFold(l, name) }
		if name != "" && !slices.ContainsFunc(listed, isListed) {
			names = append(names, name)
		}
	}
	return names
}

// configured are the CORS headers of a response to a page of an allowed origin.
func (c *call) configured() []Field {
	origin := c.header("Origin")
	allowed, _ := allows(texts(c.api.cors.AllowOrigins), origin)
	if origin == "" || allowed != origin && allowed != "*" {
		return nil
	}
	header := corsHeaders(*c.api.cors, []string{allowed}, origin)
	if allowed != "*" {
		c.step(behaviourHTTPVary, pointer(extensions.NameCORS), "%s is listed", origin)
		header = append(header, Field{"Vary", "origin"})
	}
	if !c.isPreflight() {
		return header
	}
	return append(header, preflightHeaders(*c.api.cors)...)
}

// misspelled names the members that API Gateway ignores, where they may be why nobody is allowed.
func misspelled(cors extensions.CORS) string {
	if len(cors.AllowOrigins) > 0 || len(cors.Unknown) == 0 {
		return ""
	}
	return ", which the configuration does not have; ignored is " + strings.Join(slices.Sorted(maps.Keys(cors.Unknown)), ", ")
}

// httpError is an error of API Gateway's own.
func (c *call) httpError(kind extensions.GatewayResponseType, message string) *Response {
	status, _ := kind.DefaultStatus()
	response := &Response{Status: status, Header: []Field{{contentType, jsonType}}, Body: `{"message":` + quoted(message) + `}`}
	if c.api.cors != nil && kind == extensions.Unauthorized && c.method.access.authorizer.isJWT {
		c.step(behaviourHTTPUnauthorized, pointer(extensions.NameCORS), "the headers of the configuration are sent")
		response.Header = slices.Concat(response.Header, []Field{{"WWW-Authenticate", "Bearer"}}, c.configured())
		return response
	}
	c.step(behaviourHTTPBare, "", "the answer has none")
	return response
}
