package responses

import (
	"cmp"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// Failure is an error of API Gateway's own that every request of a method gets, whatever is in it.
type Failure struct {
	Status  int
	Why     string // empty where it may respond otherwise
	Unknown string // why nobody can tell whether it does; empty otherwise
}

// failure is one that API Gateway answers with 500.
func failure(format string, args ...any) Failure {
	return Failure{Status: http.StatusInternalServerError, Why: fmt.Sprintf(format, args...)}
}

// FailureOf returns the error with which API Gateway responds to every request of a method of a
// REST API. A backend is assumed to succeed.
func FailureOf(d *model.Document, m *model.Method) Failure {
	switch ResponderOf(m) {
	case Backend:
		return callFailure(m)
	case BackendMapped:
		return cmp.Or(ConversionFailure(d, m), callFailure(m), mappingFailure(m))
	case Mock:
		if !IsOfJSON(m) {
			return Failure{Unknown: "its requests have a body that is not JSON, and a mock is judged by what it makes of JSON"}
		}
		r := MockResponseOf(d, m)
		return Failure{Status: r.Status, Why: r.Fails, Unknown: r.Unknown}
	}
	return Failure{}
}

// mappingFailure is the failure of a method whose backend succeeds, and whose response is mapped.
func mappingFailure(m *model.Method) Failure {
	if len(m.Integration.Responses) == 0 {
		return failure("it has no integration response")
	}
	entries := entriesOfSuccess(m.Integration)
	if len(entries) == 0 {
		return failure("no integration response is for a success of the backend")
	}
	var doubt string
	for _, e := range entries {
		is, unknown := IsUndeclared(m, e.Status)
		switch {
		case e.Opaque != "":
			unknown = fmt.Sprintf("of its integration response %q, %s", e.Pattern, e.Opaque)
		case model.MayHavePlaceholder(e.Status):
			unknown = fmt.Sprintf("the statusCode of its integration response %q is %q", e.Pattern, e.Status)
		case !is && unknown == "":
			return Failure{}
		}
		doubt = cmp.Or(doubt, unknown)
	}
	if doubt != "" {
		return Failure{Unknown: doubt}
	}
	return failure("it declares no response for the status %s", entries[0].Status)
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
