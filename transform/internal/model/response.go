package model

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// Header returns the author's spelling of a header that the response declares. It
// may be called on nil, which declares none.
func (r *Response) Header(name string) (spelling string, ok bool) {
	if r == nil {
		return "", false
	}
	for _, h := range r.Headers {
		if strings.EqualFold(h.Name(), name) {
			return h.Name(), true
		}
	}
	return "", false
}

// IsStatus reports whether a key of responses is a status that API Gateway can
// make a method response of: 100 to 599.
func IsStatus(key string) bool {
	if len(key) != 3 || key[0] < '1' || key[0] > '5' {
		return false
	}
	return '0' <= key[1] && key[1] <= '9' && '0' <= key[2] && key[2] <= '9'
}

func (d *Document) readResponses(op *Method) []Response {
	var list []Response
	at := op.Pointer.Child("responses")
	for _, m := range d.Hidden.Members(d.Hidden.Get(op.Node, "responses")) {
		r := Response{Status: m.Name(), Pointer: at.Child(m.Name()), Node: m.Value, Content: m.Value}
		if ref, ok := Ref(m.Value); ok {
			r.Ref, r.Content = ref, d.Resolve(m.Value)
		}
		if r.Content != nil {
			headers := d.Hidden.Get(r.Content, "headers")
			r.Headers, r.Open = d.Hidden.Members(headers), IsElsewhere(r.Content) || headers != nil && IsElsewhere(headers)
		}
		list = append(list, r)
	}
	return list
}

// Response returns the response of an operation with that status, or nil.
func (m *Method) Response(status string) *Response {
	for i := range m.Responses {
		if m.Responses[i].Status == status {
			return &m.Responses[i]
		}
	}
	return nil
}

// IsDefault reports whether an integration response is for what no pattern is for: API Gateway
// keeps it with an empty selection pattern, which "default" is written for.
func (r *IntegrationResponse) IsDefault() bool { return r.Pattern == "default" || r.Pattern == "" }

func (d *Document) readIntegration(op *Method) *Integration {
	m, ok := op.Node.Member(extensions.NameIntegration)
	if !ok || m.Value.IsNull() || d.Hidden[m.Value] {
		return nil
	}
	i := &Integration{
		Pointer: op.Pointer.Child(extensions.NameIntegration),
		Key:     m.Key,
		Node:    m.Value,
	}
	if ref, ok := Ref(m.Value); ok {
		i.Opaque = fmt.Sprintf("refers to %q, which only HTTP APIs can do", ref)
	} else if why := Closed(m.Value); why != "" {
		i.Opaque = "is " + why
	} else if Intrinsic(m.Value.Get("type")) {
		i.Opaque = "has a CloudFormation intrinsic for its type"
	} else if why := Closed(d.Hidden.Get(m.Value, "responses")); why != "" {
		i.Opaque, i.opaqueResponses = "has a member responses that is "+why, true
	}
	i.Type = extensions.IntegrationType(m.Value.Get("type").Text())
	if i.Opaque == "" {
		i.Responses = d.readIntegrationResponses(i)
	}
	return i
}

// OpaqueCall reports whether it cannot be understood how an integration calls its backend, whatever
// becomes of the response.
func (i *Integration) OpaqueCall() bool { return i.Opaque != "" && !i.opaqueResponses }

// CalledType returns the type of the integration of a method as an HTTP API has it: also of one that
// it refers to, since routes may share integrations. It is empty where there is none.
func CalledType(d *Document, m *Method) extensions.IntegrationType {
	if m.Integration == nil {
		return ""
	}
	return extensions.IntegrationType(d.Resolve(m.Integration.Node).Get("type").Text())
}

func (d *Document) readIntegrationResponses(i *Integration) []IntegrationResponse {
	var list []IntegrationResponse
	at := i.Pointer.Child("responses")
	for _, m := range d.Hidden.Members(d.Hidden.Get(i.Node, "responses")) {
		r := IntegrationResponse{Pattern: m.Name(), Pointer: at.Child(m.Name()), Key: m.Key, Node: m.Value}
		params := d.Hidden.Get(m.Value, "responseParameters")
		if why := Closed(m.Value); why != "" {
			r.Opaque = "it is " + why
		} else if why := Closed(params); why != "" {
			r.Opaque = "its member responseParameters is " + why
		} else if Intrinsic(m.Value.Get("statusCode")) {
			r.Opaque = "its statusCode is a CloudFormation intrinsic"
		}
		if r.Opaque == "" {
			if status := m.Value.Get("statusCode"); status != nil && !status.IsNull() {
				r.Status = status.Text()
			}
			r.Parameters = d.Hidden.Members(params)
			templates := d.Hidden.Get(m.Value, "responseTemplates")
			if r.Closed = Closed(templates); r.Closed == "" {
				r.Templates = d.Hidden.Members(templates)
			}
		}
		list = append(list, r)
	}
	return list
}
