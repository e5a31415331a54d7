package rules

import (
	"sync"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// NewView returns the view of a document for a type of API.
func NewView(d *model.Document, api model.APIType, generated func(source.Pointer) bool) *View {
	v := &View{Document: d, API: api, Generated: generated}
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
	v.catchAll = func(r *model.Resource) *model.Method { return routes().CatchAll(r) }
	return v
}
