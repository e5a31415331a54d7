package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/proof"
	"github.com/apigw-cors/apigw-cors/proof/fetch"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// question is a request as /_cors/ask is given it: what a script gives to fetch, and the origin of
// its page.
type question struct {
	Origin      string                `json:"origin"`
	Method      string                `json:"method"`
	Path        string                `json:"path"` // with its query
	Headers     []proof.RecordedField `json:"headers"`
	Credentials string                `json:"credentials"`
	Body        *string               `json:"body"`
}

// largestQuestion is the bytes of one: the body of a request makes little difference to CORS.
const largestQuestion = 1 << 20

// serveAsk answers a question with a [proof.Record].
func (s *Server) serveAsk(w http.ResponseWriter, r *http.Request) {
	// Browsers let no other site send this type without asking with a preflight, which is
	// refused here.
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/json" {
		refuse(w, http.StatusUnsupportedMediaType, "send application/json")
		return
	}
	q, err := readQuestion(w, r)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		refuse(w, http.StatusRequestEntityTooLarge, "the question is too long")
		return
	case err != nil:
		refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	d := s.document.Load()
	dialogue := proof.Ask(r.Context(), d.API, q.request(s.options.API.URL(r)), once(s.options.Backend))
	writeJSON(w, http.StatusOK, dialogue.Record(d.Locate))
}

func readQuestion(w http.ResponseWriter, r *http.Request) (question, error) {
	var q question
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, largestQuestion))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&q); err != nil {
		return q, fmt.Errorf("that is no call: %w", err)
	}
	if err := proof.CheckOrigin(q.Origin); err != nil {
		return q, fmt.Errorf("origin: %w", err)
	}
	if err := proof.CheckPath(q.Path); err != nil {
		return q, fmt.Errorf("path: %w: write it as it stands there, such as /pets/7?limit=2", err)
	}
	return q, nil
}

// request is what a question is about, of an API at a URL.
func (q question) request(api string) fetch.Request {
	request := fetch.Request{Origin: q.Origin, URL: api + q.Path, Method: q.Method, Credentials: q.Credentials, Body: q.Body}
	for _, f := range q.Headers {
		request.Header = append(request.Header, fetch.Field(f))
	}
	return request
}

// once is a backend that is given each request of a dialogue once. A dialogue is held under
// several conditions, which differ in what API Gateway makes of a request: a backend that does
// something should not do it for each of them.
func once(backend gateway.Backend) gateway.Backend {
	if backend == nil {
		return nil
	}
	type request struct {
		method      string
		isPreflight bool
	}
	type result struct {
		reply gateway.Reply
		err   error
	}
	known := map[request]result{}
	return func(ctx context.Context, r gateway.BackendRequest) (gateway.Reply, error) {
		asked := request{r.Method, slices.ContainsFunc(r.Request.Header, func(f gateway.Field) bool {
			return strings.EqualFold(f.Name, "Access-Control-Request-Method")
		})}
		have, ok := known[asked]
		if !ok {
			have.reply, have.err = backend(ctx, r)
			known[asked] = have
		}
		return have.reply, have.err
	}
}
