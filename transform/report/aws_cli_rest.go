package report

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// commandsOfREST returns the commands that give one resource of a REST API what the
// document gives it: its OPTIONS, and the headers on the responses of its methods. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
func commandsOfREST(r *model.Resource) (string, error) {
	s := &script{}
	s.options(r.Options())
	for _, m := range r.Methods() {
		s.responses(m)
	}
	return s.text.String(), s.err
}

// script is commands one after the other, with the first mistake in their values.
type script struct {
	text   strings.Builder
	method string
	err    error
}

// run adds a command. options are names and values; one without a value is left out.
func (s *script) run(command string, options ...string) {
	fmt.Fprintf(&s.text, "aws apigateway %s \\\n  --rest-api-id rest-api-id \\\n  --resource-id resource-id \\\n  --http-method %s", command, s.method)
	for i := 0; i < len(options); i += 2 {
		if options[i+1] != "" {
			fmt.Fprintf(&s.text, " \\\n  --%s %s", options[i], quote(options[i+1]))
		}
	}
	s.text.WriteString("\n")
}

// options adds the commands that make an OPTIONS.
func (s *script) options(o *model.Method) {
	s.method = "OPTIONS"
	s.run("put-method", "authorization-type", "NONE")
	for _, r := range o.Responses {
		if !model.IsStatus(r.Status) {
			continue // "default", of which API Gateway makes no method response
		}
		s.run("put-method-response", "status-code", r.Status, "response-parameters", declared(r))
	}
	mock := o.Integration.Node
	s.run("put-integration",
		"type", "MOCK",
		"request-templates", s.object(mock.Get("requestTemplates").Members()),
		"passthrough-behavior", upper(mock.Get("passthroughBehavior")),
		"content-handling", upper(mock.Get("contentHandling")))
	for _, entry := range o.Integration.Responses {
		pattern := entry.Pattern
		if pattern == "default" {
			pattern = ""
		}
		s.run("put-integration-response",
			"status-code", entry.Status,
			"selection-pattern", pattern,
			"response-parameters", s.mappings(entry.Parameters),
			"response-templates", s.object(entry.Templates),
			"content-handling", upper(entry.Node.Get("contentHandling")))
	}
}

// responses adds the commands that put the CORS headers on the responses of a method. What
// a proxy integration maps has no effect.
func (s *script) responses(m *model.Method) {
	if m.Integration == nil || m.Integration.Type.IsProxy() {
		return
	}
	s.method = m.Name
	for _, entry := range m.Integration.Responses {
		var declare, mapping patch
		for _, h := range responses.ReadMapped(entry.Parameters, responses.MethodTarget) {
			at := source.Pointer("/responseParameters").Child(responses.MethodTarget + h.Name)
			declare.add(at, "false")
			mapping.add(at, s.mapping(h.Node))
		}
		for _, template := range entry.Templates {
			if snippet, _ := responses.Fenced(template.Value.Text()); snippet != "" {
				mapping.add(source.Pointer("/responseTemplates").Child(template.Name()), template.Value.Text())
			}
		}
		s.patch("update-method-response", entry.Status, declare)
		s.patch("update-integration-response", entry.Status, mapping)
	}
}

func (s *script) patch(command, status string, p patch) {
	if len(p) > 0 {
		s.run(command, "status-code", status, "patch-operations", compact(p))
	}
}

// patch is what --patch-operations takes.
type patch []operation

type operation struct {
	Op    string         `json:"op"`
	Path  source.Pointer `json:"path"`
	Value string         `json:"value"`
}

func (p *patch) add(at source.Pointer, value string) {
	*p = append(*p, operation{"add", at, value})
}

// declared returns the headers that a response declares, none of them required.
func declared(r model.Response) string {
	headers := map[string]bool{}
	for _, h := range r.Headers {
		headers[responses.MethodTarget+h.Name()] = false
	}
	if len(headers) == 0 {
		return ""
	}
	return compact(headers)
}

// object returns members whose values are texts, as JSON.
func (s *script) object(members []source.Member) string {
	if len(members) == 0 {
		return ""
	}
	texts := map[string]string{}
	for _, m := range members {
		texts[m.Name()] = s.string(m.Value)
	}
	return compact(texts)
}

// mappings returns mappings as JSON.
func (s *script) mappings(members []source.Member) string {
	for _, m := range members {
		s.mapping(m.Value)
	}
	return s.object(members)
}

// mapping returns the text of a mapping, and notes one that is filled in elsewhere.
func (s *script) mapping(n *source.Node) string {
	text := s.string(n)
	if model.HasPlaceholder(text) && s.err == nil {
		s.err = filledIn("a mapping", text)
	}
	return text
}

// string returns the text of a value, and notes one that is worked out elsewhere.
func (s *script) string(n *source.Node) string {
	text, ok := plain(value(n))
	if !ok && s.err == nil {
		s.err = onlyCloudFormation("the OPTIONS or a method", value(n))
	}
	return text
}

func upper(n *source.Node) string { return strings.ToUpper(n.Text()) }
