package report

import (
	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/internal/document"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

// apiReader reads a document for a type of API.
type apiReader struct {
	*model.Document
	api    model.APIType
	routes *responses.PreflightRoutes
	denial responses.Denial // by the resource policy
}

func newReader(d *model.Document, apiType transform.APIType) *apiReader {
	r := &apiReader{Document: d, api: model.REST}
	if apiType == transform.HTTP {
		r.api = model.HTTP
	}
	r.routes = responses.RoutePreflights(d, r.api)
	if r.api != model.HTTP {
		r.denial = responses.DenialOfPreflights(d)
	}
	return r
}

func (r *apiReader) handlerOf(m *model.Method) Handler {
	if r.api == model.HTTP {
		return r.handlerOfRoute(m)
	}
	switch responses.ResponderOf(m) {
	case responses.Mock, responses.BackendMapped:
		return ByMock
	case responses.Backend:
		return ByBackend
	case responses.Nobody:
		return ByNothing
	}
	return Unreadable
}

// handlerOfRoute returns what handles a route of an HTTP API: its integration may be one
// that routes share, and what API Gateway would have to map does not work.
func (r *apiReader) handlerOfRoute(m *model.Method) Handler {
	switch called := model.CalledType(r.Document, m); {
	case m.Opaque != "":
		return Unreadable
	case m.Integration == nil:
		return ByNothing
	case called.IsProxy():
		return ByBackend
	case called.IsMapped():
		return ByNothing
	}
	return Unreadable
}

// broken returns what was found wrong with a document when all of it that was needed was looked
// at.
func broken(d *document.Document) error {
	if d.File.Broken != nil {
		return d.File.Broken
	}
	return nil
}
