package gateway

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/proof/velocity"
)

const (
	jsonType    = "application/json"
	contentType = "Content-Type"
)

// integrate is the way of a request through an integration that is no proxy: a mock, or a
// backend that is given what the request template makes, and whose reply is mapped.
func (c *call) integrate() *Response {
	request, response := c.requestOfIntegration()
	if response != nil {
		return response
	}
	reply := Reply{}
	if c.method.integration.Type.IsMock() {
		status, ok := mockStatus(request.Text)
		if !ok {
			c.step(BehaviourMockNoStatus, c.method.pointer, "%q has none", shortened(request.Text))
			return c.refuse(extensions.APIConfigurationError, "Internal server error")
		}
		c.step(behaviourMockStatus, c.method.pointer, "it is %d", status)
		reply.Status = status
	} else if reply, response = c.ask(request.Text); response != nil {
		return response
	}
	chosen, response := c.selected(reply)
	if response != nil {
		return response
	}
	return c.mapped(chosen, reply, request)
}

// requestOfIntegration renders what the integration is given.
func (c *call) requestOfIntegration() (velocity.Output, *Response) {
	i := c.method.integration
	media := mediaType(c.header(contentType))
	at := c.method.pointer + pointer(extensions.NameIntegration, "requestTemplates", media)
	template, ok := i.RequestTemplates[media]
	if !ok {
		behavior := i.PassthroughBehavior
		if behavior.Is(extensions.PassthroughNever) || behavior.Is(extensions.PassthroughWhenNoTemplates) && len(i.RequestTemplates) > 0 {
			c.step(BehaviourUnsupportedMediaType, c.method.pointer, "there is no template for %s", media)
			return velocity.Output{}, c.refuse(extensions.UnsupportedMediaType, "Unsupported Media Type")
		}
		c.step(behaviourPassthrough, c.method.pointer, "there is no template for %s", media)
		return velocity.Output{Text: c.req.Body}, nil
	}
	if response := c.binary(media); response != nil {
		return velocity.Output{}, response
	}
	c.step(behaviourRequestTemplate, at, "that of %s", media)
	return c.render(template, at, c.req.Body, i.Type.IsMock())
}

// binary is the response to a request that cannot be given to a template, because its media type is a
// binary one.
func (c *call) binary(media string) *Response {
	at, isText := pointer(extensions.NameBinaryMediaTypes), c.method.integration.ContentHandling.Is(extensions.ConvertToText)
	isAny, isListed := slices.Contains(c.api.binary, "*/*"), slices.ContainsFunc(c.api.binary, func(b string) bool { return strings.EqualFold(b, media) })
	switch {
	case c.method.integration.ContentHandling.Is(extensions.ConvertToBinary):
		c.step(BehaviourConversion, c.method.pointer+pointer(extensions.NameIntegration, "contentHandling"), "it is CONVERT_TO_BINARY, and there is a template")
		return c.refuse(extensions.APIConfigurationError, "Internal server error")
	case isText && (isAny || isListed):
		c.step(behaviourBinaryResponse, at, "%s is a binary media type", media)
	case isText:
	case c.api.opaqueBinary != nil:
		return c.cannotTell(c.api.opaqueBinary)
	case isAny, isListed && c.header(contentType) != "":
		c.step(BehaviourBinary, at, "%s is a binary media type", media)
		return c.refuse(extensions.APIConfigurationError, "Internal server error")
	case isListed:
		return c.cannotTell(unknown(ReasonAmbiguous, at, "whether a request without Content-Type, such as a preflight, is of the binary media type %s is not known: contentHandling CONVERT_TO_TEXT on the integration makes it certain", media))
	}
	return nil
}

// mediaType is that of a Content-Type, without parameters; where there is none, JSON.
func mediaType(contentType string) string {
	media, _, _ := strings.Cut(contentType, ";")
	if media = strings.ToLower(strings.TrimSpace(media)); media == "" {
		return jsonType
	}
	return media
}

// looseStatus finds the status in what is no JSON: API Gateway takes names without quotes,
// as recorded by LocalStack's test_integration_mock_with_path_param.
var looseStatus = regexp.MustCompile(`^\s*\{(?:[^{}]*,)?\s*["']?statusCode["']?\s*:\s*(\d+)\s*(?:,[^{}]*)?\}\s*$`)

// mockStatus returns the status that the request template of a mock renders.
func mockStatus(text string) (int, bool) {
	var object map[string]any
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	digits := ""
	if err := d.Decode(&object); err == nil && !d.More() {
		number, _ := object["statusCode"].(json.Number)
		digits = number.String()
	} else if m := looseStatus.FindStringSubmatch(text); m != nil {
		digits = m[1]
	}
	status, err := strconv.Atoi(digits)
	return status, err == nil
}

// selected is an integration response, and where it is.
type selected struct {
	extensions.IntegrationResponse
	at string
}

// selected chooses the integration response for a backend's reply.
func (c *call) selected(reply Reply) (selected, *Response) {
	subject, what := strconv.Itoa(reply.Status), "the status"
	if c.method.isFunction() {
		subject, what = reply.ErrorMessage, "the error message"
	}
	at := c.method.pointer + pointer(extensions.NameIntegration, "responses")
	responses := c.method.integration.Responses
	var matching, others []string
	for _, key := range slices.Sorted(maps.Keys(responses)) {
		if key == defaultResponse || key == "" {
			continue
		}
		pattern, err := regexp.Compile("^(?:" + key + ")$")
		if err != nil {
			return selected{}, c.cannotTell(unknown(ReasonTemplate, at+pointer(key), "the pattern %q is not known here: %v", key, err))
		}
		if pattern.MatchString(subject) {
			matching = append(matching, key)
		} else {
			others = append(others, key)
		}
	}
	if len(matching) > 1 {
		return selected{}, c.cannotTell(unknown(ReasonTemplate, at, "several patterns match %q: %s", subject, strings.Join(matching, ", ")))
	}
	for _, key := range append(matching, defaultResponse, "") {
		response, ok := responses[key]
		if !ok {
			continue
		}
		for _, other := range others {
			if responses[other].StatusCode.String() == response.StatusCode.String() {
				return selected{}, c.cannotTell(unknown(ReasonAmbiguous, at+pointer(other), "%q and %q both answer %s, of which API Gateway keeps one, and %q is not for %s %q", key, other, response.StatusCode, other, what, subject))
			}
		}
		c.step(behaviourSelection, at+pointer(key), "%s %q selects %q", what, subject, key)
		if other, ok := sameStatus(responses, key); ok {
			c.step(behaviourSelectionShared, at+pointer(other), "%q and %q both have the status %s", key, other, response.StatusCode)
		}
		return selected{response, at + pointer(key)}, nil
	}
	c.step(BehaviourNoSelection, at, "nothing is for %s %q", what, subject)
	return selected{}, c.refuse(extensions.APIConfigurationError, "Internal server error")
}

// sameStatus returns another integration response with the status of one.
func sameStatus(responses extensions.IntegrationResponses, key string) (other string, ok bool) {
	for _, other := range slices.Sorted(maps.Keys(responses)) {
		if other != key && responses[other].StatusCode.String() == responses[key].StatusCode.String() {
			return other, true
		}
	}
	return "", false
}

// isFunction reports whether a Lambda function is behind a method, whose response is mapped.
func (m *method) isFunction() bool {
	return m.integration.Type.Is(extensions.TypeAWS) && m.callsFunction()
}

// callsFunction reports whether a Lambda function is behind a method.
func (m *method) callsFunction() bool {
	return strings.Contains(m.integration.URI.String(), ":lambda:path/")
}

// defaultResponse is the key of the integration response for what no pattern matches.
const defaultResponse = "default"

// mapped makes the response that an integration response describes.
func (c *call) mapped(chosen selected, reply Reply, request velocity.Output) *Response {
	status, ok := chosen.StatusCode.Int()
	if !ok {
		return c.cannotTell(unknown(ReasonUnreadable, chosen.at, "%s is no status", chosen.StatusCode))
	}
	if _, isDeclared := c.method.declared[chosen.StatusCode.String()]; !isDeclared {
		c.step(BehaviourStatusUndeclared, chosen.at, "there is no method response for the status %s", chosen.StatusCode)
		return c.refuse(extensions.APIConfigurationError, "Internal server error")
	}
	header, response := c.mappedHeaders(chosen, reply)
	if response != nil {
		return response
	}
	if response := c.convert(chosen, reply); response != nil {
		return response
	}
	rendered, media, response := c.body(chosen, reply)
	if response != nil {
		return response
	}
	overrides := append(converted[Field](request.Header), converted[Field](rendered.Header)...)
	if hasTwice(overrides) {
		c.step(BehaviourOverrideTwice, chosen.at, "both templates override the same header")
		return c.refuse(extensions.APIConfigurationError, "Internal server error")
	}
	for _, f := range overrides {
		c.stepHeader(behaviourOverride, chosen.at, f)
		if valueOf(header, f.Name) == "" && has(header, f.Name) {
			c.step(behaviourOverrideName, chosen.at, "%s is mapped in another spelling", f.Name)
		}
		header = set(header, f)
		c.open = slices.DeleteFunc(c.open, func(o Open) bool { return strings.EqualFold(o.Header, f.Name) })
	}
	for _, override := range []int{request.Status, rendered.Status} {
		if override != 0 {
			c.step(behaviourOverride, chosen.at, "the status %d", override)
			status = override
		}
	}
	if !has(header, contentType) {
		header = append(header, Field{contentType, media})
	}
	return &Response{Status: status, Header: c.remapped(header), Body: rendered.Text, Pointer: c.method.pointer}
}

// body renders the response template.
func (c *call) body(chosen selected, reply Reply) (rendered velocity.Output, media string, response *Response) {
	templates := chosen.ResponseTemplates
	if len(templates) == 0 {
		return velocity.Output{Text: reply.Body}, jsonType, nil
	}
	accepted, _, _ := strings.Cut(c.header("Accept"), ",")
	media = mediaType(accepted)
	if _, ok := templates[media]; !ok {
		media = jsonType
	}
	if _, ok := templates[media]; !ok {
		media = slices.Min(slices.Collect(maps.Keys(templates)))
	}
	at := chosen.at + pointer("responseTemplates", media)
	c.step(behaviourResponseTemplate, at, "that of %s", media)
	rendered, response = c.render(templates[media], at, reply.Body, false)
	return rendered, media, response
}

func hasTwice(fields []Field) bool {
	seen := map[string]bool{}
	for _, f := range fields {
		name := strings.ToLower(f.Name)
		if seen[name] {
			return true
		}
		seen[name] = true
	}
	return false
}

// set replaces the fields of a name, in any case, by one.
func set(fields []Field, f Field) []Field {
	rest := slices.DeleteFunc(fields, func(have Field) bool { return strings.EqualFold(have.Name, f.Name) })
	return append(rest, f)
}

func shortened(text string) string {
	const longest = 60
	if len(text) > longest {
		return strings.ToValidUTF8(text[:longest], "") + "…"
	}
	return text
}
