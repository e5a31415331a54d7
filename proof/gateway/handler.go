package gateway

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// Handler serves an API, with the backend that is given or, where there is none, its stub.
// A request to which the response is not known gets status 501, and why.
func (a *API) Handler(backend Backend) http.Handler {
	return a.Traced(backend, func(Request, Response) {})
}

// Traced serves an API as [API.Handler] does, and passes each request that could be read to
// tell, with the response, before that is sent.
func (a *API) Traced(backend Backend, tell func(Request, Response)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		req, ok := a.read(w, r)
		if !ok {
			return
		}
		response := a.Respond(r.Context(), req, backend)
		tell(req, response)
		response.Header = append(response.Header, a.ids()...)
		write(w, r, response)
	})
}

// read takes over a request as it is given to API Gateway. Its body is limited as there.
func (a *API) read(w http.ResponseWriter, r *http.Request) (Request, bool) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, largestBody))
	req := Request{Method: r.Method, Path: r.URL.EscapedPath(), Query: QueryFields(r.URL.Query()), Header: HeaderFields(r.Header), Body: string(body)}
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		c := &call{api: a, req: req}
		response := c.refuse(extensions.RequestTooLarge, "Request Too Long")
		response.Header = append(response.Header, a.ids()...)
		write(w, r, *response)
	case err != nil:
		http.Error(w, "the body cannot be read", http.StatusBadRequest)
	}
	return req, err == nil
}

// write sends a response.
func write(w http.ResponseWriter, r *http.Request, response Response) {
	if response.Unknown != nil {
		writeUnknown(w, response.Unknown)
		return
	}
	header := w.Header()
	for _, f := range response.Header {
		if sendable(f) {
			header.Add(f.Name, f.Value)
		}
	}
	if response.Status < 200 || response.Status > 999 {
		response.Status = http.StatusInternalServerError
	}
	w.WriteHeader(response.Status)
	if r.Method != http.MethodHead && response.Status != http.StatusNoContent && response.Status != http.StatusNotModified {
		_, _ = io.WriteString(w, response.Body) // a client that has gone away needs no response
	}
}

// sendable reports whether a header can be sent as it is, and is not made on the way.
func sendable(f Field) bool {
	return f.Name != "" && !strings.EqualFold(f.Name, "Content-Length") && !strings.ContainsAny(f.Name+f.Value, "\r\n\x00")
}

func writeUnknown(w http.ResponseWriter, u *Unknown) {
	w.Header().Set(contentType, jsonType)
	w.WriteHeader(http.StatusNotImplemented)
	_ = json.NewEncoder(w).Encode(map[string]string{"message": "it cannot be told what API Gateway answers: " + u.Message, "reason": string(u.Reason), "place": u.Pointer})
}
