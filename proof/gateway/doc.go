// Package gateway is API Gateway's side of CORS: what an import-ready OpenAPI document makes
// an API answer, without the import.
//
// [Read] reads a document for a REST API or an HTTP API, once. [API.Answer] tells what a request
// is answered, with the rules that led to it, and whether that is a response of the method or an
// error of API Gateway itself; [API.Handler] serves the same. [API.Refusals] tells why the import
// would fail. Each rule is a [Rule] with its source, and [Rules] lists them. Where AWS has not
// said what happens, the rule is an assumption and says so. What cannot be told from a document
// is an [Unknown] with its reason and its place, and never a guess: intrinsics that only a
// deployment resolves, parts that nobody can read, documents that the import refuses.
//
// An API never changes, and may be asked by several goroutines. No document makes the package
// panic, or use memory out of proportion to its size.
//
// The package reads documents by itself, with kin-openapi, operation by operation, and shares
// nothing with the packages that write them: a mistake there is not repeated here.
package gateway
