package responses

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// MockResponse is what a mock makes API Gateway respond with to a request that has neither body
// nor Content-Type, as preflight requests have not. API Gateway takes it for one of JSON.
type MockResponse struct {
	Status  int                        // 0 where it is not known
	Entry   *model.IntegrationResponse // that makes the response; nil where none does
	Fails   string                     // why API Gateway responds with an error of its own, of that status; empty where it does not
	Cause   MockFailure                // the kind of that
	Unknown string                     // why nobody can tell; Status and Entry are likely then
	Doubt   MockFailure                // the kind of failure that it may be then; NoFailure where that is open too
}

// MockFailure is a kind of reason why a mock fails.
type MockFailure int

const (
	NoFailure        MockFailure = iota
	NoTemplate                   // it has no request template for JSON
	NoStatus                     // the request template renders no status
	BinaryRequest                // the request template cannot be given bytes
	NoEntry                      // no integration response is for the status
	UndeclaredStatus             // the integration response has a status that the method does not declare
	BinaryResponse               // the response template renders text, and bytes are asked for
)

// MockResponseOf returns what the mock of a method makes API Gateway respond with. Neither the
// authorization of the method nor what a request validator does is looked at.
func MockResponseOf(d *model.Document, m *model.Method) MockResponse {
	status, r := mockStatus(d, m.Integration)
	switch {
	case r.Unknown != "" && len(m.Integration.Responses) == 0: // for no status
		return selectEntry(nil, status)
	case r.Fails != "" || r.Unknown != "":
		return r
	}
	if r = selectEntry(m.Integration.Responses, status); r.Entry == nil || r.Unknown != "" {
		return r
	}
	return respond(d, m, r)
}

// failing is the response of a mock that answers with an error of API Gateway's own.
func failing(cause MockFailure, status int, format string, args ...any) MockResponse {
	return MockResponse{Status: status, Fails: fmt.Sprintf(format, args...), Cause: cause}
}

// notKnown is the response of a mock of which nobody can tell.
func notKnown(format string, args ...any) MockResponse {
	return MockResponse{Unknown: fmt.Sprintf(format, args...)}
}

// doubtful is the response of a mock that may fail in a way.
func doubtful(cause MockFailure, format string, args ...any) MockResponse {
	return MockResponse{Unknown: fmt.Sprintf(format, args...), Doubt: cause}
}

const jsonType = "application/json"

// mockStatus returns the status that a mock is told, or why it is told none.
func mockStatus(d *model.Document, i *model.Integration) (int, MockResponse) {
	templates := d.Hidden.Get(i.Node, "requestTemplates")
	if why := model.Closed(templates); why != "" && !templates.IsNull() {
		return 0, notKnown("its requestTemplates are %s", why)
	}
	template := d.Hidden.Get(templates, jsonType)
	if template == nil {
		return 0, passedThrough(i, templates)
	}
	if r := converted(d, i); r.Fails != "" || r.Unknown != "" {
		return 0, r
	}
	if !template.IsString() {
		return 0, notKnown("its request template is %s", template.Excerpt())
	}
	switch status := statusOf(template.Text()); {
	case status.unknown != "":
		return 0, notKnown("%s", status.unknown)
	case status.none:
		return 0, failing(NoStatus, http.StatusInternalServerError, "its request template %q renders no statusCode", template.Excerpt())
	default:
		return status.number, MockResponse{}
	}
}

// passedThrough is the response of a mock without a request template for JSON: it is given the
// body of the request, if it is given anything. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html
func passedThrough(i *model.Integration, templates *source.Node) MockResponse {
	for _, t := range templates.Members() {
		if t.Name() == "$default" || model.MediaType(t.Name()) == jsonType {
			return notKnown("whether API Gateway takes its request template for %q is not recorded", t.Name())
		}
	}
	node := i.Node.Get("passthroughBehavior")
	if node != nil && !node.IsNull() && !node.IsString() {
		return notKnown("its passthroughBehavior is %s", node.Excerpt())
	}
	behavior := extensions.PassthroughBehavior(node.Text())
	if behavior.Is(extensions.PassthroughNever) || behavior.Is(extensions.PassthroughWhenNoTemplates) && len(templates.Members()) > 0 {
		return failing(NoTemplate, http.StatusUnsupportedMediaType, "it has no request template for %s, and its passthroughBehavior is %s", jsonType, behavior)
	}
	return failing(NoTemplate, http.StatusInternalServerError, "its mock has no request template for %s, so it has no status", jsonType)
}

// converted tells why a request template cannot be given the body of a request; the zero
// response where it can.
func converted(d *model.Document, i *model.Integration) MockResponse {
	node := i.Node.Get("contentHandling")
	handling := extensions.ContentHandling(node.Text())
	switch {
	case node != nil && !node.IsNull() && !node.IsString():
		return notKnown("its contentHandling is %s", node.Excerpt())
	case handling.Is(extensions.ConvertToText):
		return MockResponse{}
	case handling.Is(extensions.ConvertToBinary):
		return failing(BinaryRequest, http.StatusInternalServerError, "its contentHandling is %s, and a template cannot be given bytes", handling)
	}
	switch list := d.BinaryMediaTypes(); {
	case list.Any:
		return failing(BinaryRequest, http.StatusInternalServerError, "*/* is a binary media type, and the integration does not convert to text")
	case list.Unknown != "":
		return notKnown("%s", list.Unknown)
	case list.JSON:
		return doubtful(BinaryRequest, "%s is a binary media type, and whether API Gateway takes a request without a Content-Type for binary then is not recorded", jsonType)
	}
	return MockResponse{}
}

// selectEntry returns the integration response that a status selects: the one whose pattern is
// for the whole of it, else "default". API Gateway keeps one for each status that they respond
// with, so that two with the same are not both there.
func selectEntry(responses []model.IntegrationResponse, status int) MockResponse {
	matching, others, fallback, err := matchEntries(responses, strconv.Itoa(status))
	entry := fallback
	if len(matching) > 0 {
		entry = matching[0]
	}
	switch {
	case err != nil:
		return MockResponse{Entry: entry, Unknown: err.Error()}
	case len(matching) > 1:
		return MockResponse{Entry: entry, Unknown: fmt.Sprintf("%q and %q are both for %d, and which of them API Gateway takes is not recorded", matching[0].Pattern, matching[1].Pattern, status)}
	case entry == nil && len(responses) == 0:
		return failing(NoEntry, http.StatusInternalServerError, "its mock has no integration response")
	case entry == nil:
		return failing(NoEntry, http.StatusInternalServerError, "no integration response of its mock is for the status %d", status)
	}
	for _, other := range others {
		if other.Status == entry.Status && other.Opaque == "" {
			return MockResponse{Entry: entry, Unknown: fmt.Sprintf("%q and %q both respond with %s, and API Gateway keeps one of them", other.Pattern, entry.Pattern, entry.Status)}
		}
	}
	return MockResponse{Entry: entry}
}

// matchEntries returns the integration responses whose pattern is for a text, those whose pattern
// is not, and the one for what no pattern is for.
func matchEntries(responses []model.IntegrationResponse, text string) (matching, others []*model.IntegrationResponse, fallback *model.IntegrationResponse, err error) {
	for n := range responses {
		r := &responses[n]
		if r.IsDefault() {
			fallback = r
			continue
		}
		pattern, syntax := regexp.Compile("^(?:" + r.Pattern + ")$")
		switch {
		case syntax != nil:
			err = fmt.Errorf("the pattern %q is not understood here", r.Pattern)
		case pattern.MatchString(text):
			matching = append(matching, r)
		default:
			others = append(others, r)
		}
	}
	return matching, others, fallback, err
}

// respond returns what API Gateway makes of the integration response that was selected.
func respond(d *model.Document, m *model.Method, r MockResponse) MockResponse {
	entry := r.Entry
	if entry.Opaque != "" {
		return MockResponse{Entry: entry, Unknown: fmt.Sprintf("of its integration response %q, %s", entry.Pattern, entry.Opaque)}
	}
	status, err := strconv.Atoi(entry.Status)
	if err != nil {
		return MockResponse{Entry: entry, Unknown: fmt.Sprintf("the statusCode of its integration response %q is %q", entry.Pattern, entry.Status)}
	}
	r.Status = status
	for _, why := range []func(*model.Document, *model.Method, *model.IntegrationResponse) MockResponse{undeclared, convertedBack, statusOverride} {
		if w := why(d, m, entry); w.Fails != "" {
			return w
		} else if r.Unknown == "" {
			r.Unknown, r.Doubt = w.Unknown, w.Doubt
		}
	}
	return r
}

// undeclared tells what comes of a status without a method response: API Gateway logs "Output
// mapping refers to an invalid method response".
func undeclared(_ *model.Document, m *model.Method, entry *model.IntegrationResponse) MockResponse {
	switch is, unknown := IsUndeclared(m, entry.Status); {
	case unknown != "":
		return notKnown("%s", unknown)
	case is:
		return failing(UndeclaredStatus, http.StatusInternalServerError, "it declares no response for the status %s", entry.Status)
	}
	return MockResponse{}
}

// IsUndeclared reports whether a method has no method response for a status, or why nobody can tell:
// the import makes none of default and 2XX, and what it makes of a method that declares nothing
// else is not recorded.
func IsUndeclared(m *model.Method, status string) (is bool, unknown string) {
	declared := m.Node.Get("responses")
	switch why := model.Closed(declared); {
	case m.Response(status) != nil:
		return false, ""
	case why != "" && !declared.IsNull():
		return false, "its responses are " + why
	case DeclaresOnlyDefaults(m):
		return false, fmt.Sprintf("whether a response for default, or for several statuses, is one for %s is not recorded", status)
	}
	return true, ""
}

// convertedBack tells what comes of the contentHandling of an integration response.
func convertedBack(d *model.Document, m *model.Method, entry *model.IntegrationResponse) MockResponse {
	node := entry.Node.Get("contentHandling")
	handling := extensions.ContentHandling(node.Text())
	switch {
	case node != nil && !node.IsNull() && !node.IsString():
		return notKnown("the contentHandling of its response is %s", node.Excerpt())
	case handling.Is(extensions.ConvertToText):
	case rendersBytes(entry):
		return failing(BinaryResponse, http.StatusInternalServerError, "the contentHandling of its response is %s, and a template renders text", handling)
	case handling.Is(extensions.ConvertToBinary):
		return notKnown("the contentHandling of its response is %s, and what becomes of an empty body then is not recorded", handling)
	case d.BinaryMediaTypes().Any:
		return doubtful(BinaryResponse, "*/* is a binary media type, and reports contradict each other on whether a contentHandling on the integration alone is enough")
	}
	return MockResponse{}
}

// rendersBytes reports whether an integration response has a template, and is to give bytes.
func rendersBytes(e *model.IntegrationResponse) bool {
	return len(e.Templates) > 0 && extensions.ContentHandling(e.Node.Get("contentHandling").Text()).Is(extensions.ConvertToBinary)
}

// statusOverride tells why a template may set another status. An override in the request template
// of a mock holds for its response, as recorded by LocalStack's
// test_integration_mock_with_response_override_in_request_template.
func statusOverride(d *model.Document, m *model.Method, entry *model.IntegrationResponse) MockResponse {
	if entry.Closed != "" {
		return notKnown("the responseTemplates of its response are %s", entry.Closed)
	}
	request := d.Hidden.Get(d.Hidden.Get(m.Integration.Node, "requestTemplates"), jsonType)
	for _, t := range append([]source.Member{{Value: request}}, entry.Templates...) {
		text := t.Value.Text()
		if !t.Value.IsString() {
			text = string(t.Value.Raw())
		}
		if statusOverridden.MatchString(WithoutComments(text)) {
			return notKnown("a template of it sets the status")
		}
	}
	return MockResponse{}
}

// statusOverridden is what a template does with the overrides of a response but for its headers.
var statusOverridden = regexp.MustCompile(`responseOverride\s*(?:$|[^.\s]|\.\s*(?:[^hH\s]|$))`)
