// Package gateway is API Gateway's side of CORS: what an import-ready OpenAPI document makes
// an API answer, without the import.
//
// [Read] reads a document for a REST API or an HTTP API. [API.Answer] tells what a request is
// answered, with the rules that led to it; [API.Handler] serves the same. Each rule is a
// [Rule] with its source, and [Rules] lists them. Where AWS has not said what happens, the
// rule is an assumption and says so. What cannot be told from a document is an [Unknown] with
// its reason and its place, and never a guess: intrinsics that only a deployment resolves,
// parts that nobody can read, documents that the import refuses.
//
// The package reads documents by itself, with kin-openapi, operation by operation, and shares
// nothing with the packages that write them: a mistake there is not repeated here.
//
//	tree.go             the document as maps and lists, whatever it is written in
//	projection.go       one operation as kin-openapi reads it
//	read.go             the API of a document
//	method.go           one method of it, and why the import would refuse it
//	routes.go           which method takes a request
//	call.go             a call of a REST API, step by step
//	access.go           who may call a method
//	resource_policy.go  whom the resource policy keeps out
//	validate.go         what a call has to have
//	integration.go      a mock, or a backend whose answer is mapped
//	template.go         the templates of an integration
//	mapping.go          the headers of an answer
//	gateway_error.go    gateway responses
//	backend.go          what stands behind
//	http_api.go         a call of an HTTP API
//	handler.go          all this as an http.Handler
//	operations.go       what a script can call, and how
//	unknown.go          what a document does not tell
//	rules.go            the rules, and where they come from
package gateway
