package rules

import (
	"sync"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
)

// NewView returns the view of a document for a type of API. d has what was generated in it too.
func NewView(d *model.Document, reading *own.Reading, api model.APIType) *View {
	v := &View{Document: d, Reading: reading, API: api}
	v.preflights = sync.OnceValue(func() []preflight { return readPreflights(v) })
	v.mocks = sync.OnceValue(func() []mock { return readMocks(v) })
	v.responses = sync.OnceValue(func() []response { return readResponses(v) })
	v.headers = sync.OnceValue(func() []header { return readHeaders(v) })
	v.templates = sync.OnceValue(func() []template { return readTemplates(v) })
	v.references = sync.OnceValue(func() []reference { return readReferences(v.Root) })
	v.blocks = sync.OnceValue(func() []block { return readBlocks(v) })
	v.blocksByPath = sync.OnceValue(func() map[string]block { return byPath(v.blocks()) })
	v.mistakes = sync.OnceValue(func() []mistake { return readMistakes(v) })
	v.mistakesOf = integrationMistakes(v)
	routes := sync.OnceValue(func() *responses.PreflightRoutes { return responses.RoutePreflights(d, api) })
	v.handler = func(r *model.Resource) responses.Handler { return routes().Handler(r) }
	v.catchAll = func(r *model.Resource) *model.Method { return routes().HandledByCatchAll(r) }
	return v
}
