// Package transform enables CORS in an OpenAPI document for import into Amazon API
// Gateway.
//
// [Parse] reads a document, [Enable] returns it with CORS enabled for the chosen
// resources, and [Disable] without. Who may call is defined by a [policy.Policy], by a
// policy file ([ReadConfig]) and by CORS objects in the document; [Policies] returns the
// policy of each resource, and where each of its values comes from. What goes in is bytes,
// YAML or JSON, Swagger 2.0 or OpenAPI 3.0; what comes out is the same bytes with what CORS
// needs added to them, and findings.
//
// A document is for a REST API or for an HTTP API; [Document.APIType] returns for which,
// and what it was inferred from.
//
// What is promised:
//
//   - Byte-exact: every byte that CORS does not concern stays as it is, comments,
//     order, quotes, placeholders and line ends included.
//   - Verified: before a result is returned it is read again and compared with the
//     document and the changes that led to it.
//   - Idempotent and declarative: enabling again changes nothing, and enabling
//     with another policy gives what that policy alone would have given.
//   - Reversible: disabling gives back what enabling was given. What somebody has added to
//     a generated object stays.
//   - Deterministic: the same input and options give the same bytes.
//   - Refusing: an edit whose place is uncertain (an alias, a shared anchor, a
//     merge key, a repeated key) is an error that has the place, and there is
//     no output.
//
// What was generated is listed in one ownership marker at the root of the document,
// x-apigw-cors-generated: an object from path to JSON Pointers, relative to its path item.
// It is the only source of ownership, and never a source of policy.
//
// Schemas and examples are neither validated nor touched.
package transform
