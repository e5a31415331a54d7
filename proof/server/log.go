package server

import (
	"net/http"
	"slices"

	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// Entry is a request of the API and its response.
type Entry struct {
	Method, Path, Origin string // as the client sent them; it may have sent anything
	Status               int
	Behaviours           []string // of API Gateway that led to the response, each once
	Failure              string   // why the backend did not reply; empty: it did, or no request reached it
	Unknown              *gateway.Unknown
}

// explain takes over what led to a response.
func (e *Entry) explain(_ gateway.Request, response gateway.Response) {
	for _, s := range response.Steps {
		if !slices.Contains(e.Behaviours, s.Behaviour.ID) {
			e.Behaviours = append(e.Behaviours, s.Behaviour.ID)
		}
		if s.Behaviour == gateway.BehaviourBackendFails {
			e.Failure = s.Text
		}
	}
	e.Unknown = response.Unknown
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
