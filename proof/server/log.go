package server

import (
	"net/http"
	"slices"

	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// Entry is a request of the API and its answer.
type Entry struct {
	Method, Path, Origin string // as the client sent them; it may have sent anything
	Status               int
	Rules                []string // that led to the answer, each once
	Failure              string   // why the backend did not answer; empty: it did, or was not asked
	Unknown              *gateway.Unknown
}

// explain takes over what led to an answer.
func (e *Entry) explain(_ gateway.Request, answer gateway.Response) {
	for _, s := range answer.Steps {
		if !slices.Contains(e.Rules, s.Behaviour.ID) {
			e.Rules = append(e.Rules, s.Behaviour.ID)
		}
		if s.Behaviour.ID == "backend-fails" {
			e.Failure = s.Text
		}
	}
	e.Unknown = answer.Unknown
}

// statusWriter remembers the status that is sent.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap is for http.ResponseController.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
