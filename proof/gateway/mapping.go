package gateway

import (
	"maps"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// mappedHeaders are the headers that an integration response maps, sorted by name.
func (c *call) mappedHeaders(chosen selected, reply Reply) ([]Field, *Response) {
	var header []Field
	for _, target := range slices.Sorted(maps.Keys(chosen.ResponseParameters)) {
		name := strings.TrimPrefix(target, extensions.ResponseHeaderPrefix)
		at := chosen.at + pointer("responseParameters", target)
		if !isText(chosen.ResponseParameters[target]) {
			c.step(behaviourMappingType, at, "%s is mapped to %s", name, chosen.ResponseParameters[target])
			continue
		}
		mapping := chosen.ResponseParameters[target]
		value, ok, u := c.mappedValue(mapping, reply, at)
		if u != nil {
			return nil, c.cannotTell(u)
		}
		if text, _ := mapping.Text(); c.stubbed && !c.method.integration.Type.IsMock() && strings.HasPrefix(text, "integration.response.") {
			c.open = append(c.open, Open{name, unknown(ReasonBackend, at, "%s is what the backend sends, which is not in the document", text)})
		}
		if !ok {
			c.step(behaviourMissingSource, at, "%s is not sent", name)
			continue
		}
		c.stepHeader(behaviourMapping, at, Field{name, value})
		header = append(header, Field{name, value})
	}
	return header, nil
}

// mappedValue is what a mapping gives; ok is false where its source is not there.
func (c *call) mappedValue(mapping extensions.String, reply Reply, at string) (value string, ok bool, u *Unknown) {
	if static, isStatic := mapping.StaticText(); isStatic {
		return static, true, nil
	}
	text, _ := mapping.Text()
	for _, prefix := range []string{"integration.response.header.", "integration.response.multivalueheader."} {
		if name, is := strings.CutPrefix(text, prefix); is {
			value := valueOf(reply.Header, name)
			return value, value != "", nil
		}
	}
	if name, is := strings.CutPrefix(text, "stageVariables."); is {
		value, ok := c.api.options.StageVariables[name]
		if !ok {
			return "", false, unknown(ReasonStageVariable, at, "the value of the stage variable %s is not known: give it with --stage-variable %s=VALUE", name, name)
		}
		return value, true, nil
	}
	if name, is := strings.CutPrefix(text, "context."); is {
		value, ok := c.variables()[name]
		return value, ok, nil
	}
	return "", false, nil // a part of the body, of which a proof knows nothing
}

// remappedHeaders are names that no response of an integration carries as they are (see
// BehaviourRemapped). Transfer-Encoding is not sent at all.
var remappedHeaders = []string{
	"authorization", "connection", "content-length", "content-md5", "date", "expect", "host", "max-forwards",
	"proxy-authenticate", "server", "trailer", "upgrade", "user-agent", "www-authenticate",
}

// remapped are the headers of a response as a client gets them.
func (c *call) remapped(header []Field) []Field {
	var sent []Field
	for _, f := range header {
		switch name := strings.ToLower(f.Name); {
		case name == "transfer-encoding":
			c.step(BehaviourRemapped, c.method.pointer, "%s is not sent", f.Name)
			continue
		case slices.Contains(remappedHeaders, name):
			c.step(BehaviourRemapped, c.method.pointer, "%s is sent as x-amzn-Remapped-%[1]s", f.Name)
			f.Name = "x-amzn-Remapped-" + f.Name
		}
		sent = append(sent, f)
	}
	return sent
}

// The headers of a request to a backend that no mapping may set (see BehaviourMappingBreaks): of
// every backend, and of an AWS service.
var (
	breakingHeaders      = []string{"content-length", "transfer-encoding"}
	breakingHeadersOfAWS = []string{"authorization", "connection", "expect", "proxy-authenticate", "te"}
)

// uncallable is the response to a request of a REST API that cannot be sent to a backend because of
// its integration.
func (c *call) uncallable() *Response {
	if c.api.options.APIType == HTTP {
		return nil
	}
	i := c.method.integration
	if method, ok := i.HTTPMethod.Text(); ok && i.Type.Is(extensions.TypeAWSProxy) && c.method.callsFunction() && !strings.EqualFold(method, "POST") && reasonOfString(i.HTTPMethod) != ReasonPlaceholder {
		c.step(BehaviourFunctionMethod, c.method.pointer+pointer(extensions.NameIntegration, "httpMethod"), "it is %q", method)
		return c.refuse(extensions.APIConfigurationError, "Internal server error")
	}
	breaking := breakingHeaders
	if i.Type.Is(extensions.TypeAWS) || i.Type.Is(extensions.TypeAWSProxy) {
		breaking = slices.Concat(breakingHeaders, breakingHeadersOfAWS)
	}
	for _, target := range slices.Sorted(maps.Keys(i.RequestParameters)) {
		name, ok := strings.CutPrefix(target, extensions.RequestHeaderPrefix)
		if ok && slices.Contains(breaking, strings.ToLower(name)) {
			c.step(BehaviourMappingBreaks, c.method.pointer+pointer(extensions.NameIntegration, "requestParameters", target), "%s is mapped", name)
			return c.refuse(extensions.APIConfigurationError, "Internal server error")
		}
	}
	return nil
}
