package responses

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// FailureOf tells why API Gateway responds to the requests of a method with an error of its own,
// whatever is in them, and with which; empty where it may respond otherwise. A backend is assumed
// to succeed. Of a mock whose body is not JSON, nothing is told.
func FailureOf(d *model.Document, m *model.Method) (status int, why string) {
	switch ResponderOf(m) {
	case BackendMapped:
		if why := mappingFailure(m); why != "" {
			return http.StatusInternalServerError, why
		}
	case Mock:
		if r := MockResponseOf(d, m); r.Fails != "" && IsOfJSON(m) {
			return r.Status, r.Fails
		}
	}
	return 0, ""
}

// mappingFailure tells why a success of a backend cannot be mapped; empty where it may be.
func mappingFailure(m *model.Method) string {
	if len(m.Integration.Responses) == 0 {
		return "it has no integration response"
	}
	entries := entriesOfSuccess(m.Integration)
	if len(entries) == 0 {
		return "no integration response is for a success of the backend"
	}
	for _, e := range entries {
		if is, unknown := IsUndeclared(m, e.Status); !is || unknown != "" || e.Opaque != "" || model.MayHavePlaceholder(e.Status) {
			return ""
		}
	}
	return fmt.Sprintf("it declares no response for the status %s", entries[0].Status)
}

// IsOfJSON reports whether the bodies of requests of a method are JSON, as far as it specifies
// their type, or there are none.
func IsOfJSON(m *model.Method) bool {
	return !m.HasBody || len(m.BodyTypes) == 0 || slices.ContainsFunc(m.BodyTypes, func(t string) bool { return model.MediaType(t) == jsonType })
}

// SelectsSuccess reports whether an integration response is for a success of the backend, as
// far as its pattern can be read.
func SelectsSuccess(i *model.Integration) bool { return len(entriesOfSuccess(i)) > 0 }

// entriesOfSuccess are the integration responses that may be for a success of the backend.
func entriesOfSuccess(i *model.Integration) (entries []model.IntegrationResponse) {
	for _, e := range i.Responses {
		pattern, err := regexp.Compile("^(?:" + e.Pattern + ")$")
		if e.IsDefault() || err != nil || model.HasPlaceholder(e.Pattern) || matchesSuccess(pattern, IsLambda(i)) {
			entries = append(entries, e)
		}
	}
	return entries
}

// matchesSuccess reports whether a pattern matches what it is compared with when all is
// well: no error message of a Lambda function, or a status of another backend.
func matchesSuccess(pattern *regexp.Regexp, lambda bool) bool {
	if lambda {
		return pattern.MatchString("")
	}
	for status := 200; status < 300; status++ {
		if pattern.MatchString(strconv.Itoa(status)) {
			return true
		}
	}
	return false
}

// IsLambda reports whether an integration calls a Lambda function.
func IsLambda(i *model.Integration) bool {
	return strings.Contains(i.Node.Get("uri").Text(), ":lambda:")
}
