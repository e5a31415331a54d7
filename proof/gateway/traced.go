package gateway

import "net/http"

// Traced serves an API as [API.Handler] does, and tells of each request that could be read
// what it is answered, before that is sent.
func (a *API) Traced(backend Backend, tell func(Request, Answer)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		req, ok := a.read(w, r)
		if !ok {
			return
		}
		answer := a.Answer(r.Context(), req, backend)
		tell(req, answer)
		write(w, r, answer)
	})
}
