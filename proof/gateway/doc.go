// Package gateway is API Gateway's side of CORS: how an API that is imported from an OpenAPI
// document responds to requests, without the import.
//
// [Read] reads a document for a REST API or an HTTP API, once. [API.Respond] returns the response
// to a request, with the behaviours of API Gateway that led to it, and whether the method responds
// or API Gateway itself with an error; [API.Handler] serves the same. [API.Refusals] returns why
// the import would fail. Each [Behaviour] has its source, and [Behaviours] lists them. A behaviour
// that AWS has not documented is marked as an assumption. What the document alone does not
// determine is an [Unknown] with its reason and its place, and never a guess: intrinsics that only
// a deployment resolves, parts that nobody can read, documents that the import refuses.
//
// An API never changes, and may be used by several goroutines. No document makes the package
// panic, or use memory out of proportion to its size.
//
// The package reads documents by itself, with kin-openapi, operation by operation, and shares
// nothing with the packages that write them: a mistake there is not repeated here.
package gateway
