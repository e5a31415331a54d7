// Package transform enables CORS in an OpenAPI document for import into Amazon
// API Gateway.
//
// [Parse] reads a document, [Enable] returns it with CORS enabled for the chosen
// resources, and [Disable] without. Who may call is said by a [policy.Policy], by a
// policy file ([ReadConfig]) and by blocks in the document; [Explain] tells which of
// them gave each value. What goes in is bytes, YAML or JSON, Swagger 2.0 or OpenAPI
// 3.0; what comes out is the same bytes with what CORS needs added to them, and
// findings.
//
// What is promised:
//
//   - Byte-exact: every byte that CORS does not concern stays as it is, comments,
//     order, quotes, placeholders and line ends included.
//   - Verified: before a result is returned it is read again and compared with the
//     document and the wishes that led to it.
//   - Idempotent and declarative: enabling again changes nothing, and enabling
//     with another policy gives what that policy alone would have given.
//   - Reversible: disabling gives back what enabling was given.
//   - Deterministic: the same input and options give the same bytes.
//   - Refusing: an edit whose place is uncertain (an alias, a shared anchor, a
//     merge key, a repeated key) is an error that names the place, and there is
//     no output.
//
// Schemas and examples are neither validated nor touched.
//
// A document is for a REST API or for an HTTP API; [Target] says for which, and what
// told so (target.go).
//
// The steps, and where they are: select.go chooses the resources, sources.go puts
// the policy of each together, review.go warns of what is unwise in it, and enable.go
// goes through them. options_operation.go builds an OPTIONS, method_responses.go maps
// headers on real methods, templates.go lets templates choose among origins,
// gateway_responses.go maps on API Gateway's own errors, block.go writes the policy
// down, intrinsics.go puts expressions in their place, existing.go and
// kept_options.go deal with what the author already has. Of an HTTP API, http_api.go
// puts its one policy together, configuration.go merges it with the author's,
// options_routes.go adds routes that preflights need, and http_routes.go looks at the
// others. mark.go knows what is
// generated, draft.go holds what is wanted, and reconcile.go makes wishes of the
// difference. internal/layout decides where bytes go.
package transform
