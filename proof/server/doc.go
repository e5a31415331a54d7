// Package server serves the API of a document to a browser, and beside it a page on which its
// requests to it can be tried.
//
// There are two servers, since same-origin requests do not use CORS: one serves the API, the other
// the page, which sends requests to the first. Everything below [Path] belongs to the page on
// both, all else is the API's:
//
//	GET  /_cors              the page; at the API's own origin, a link to it
//	GET  /_cors/operations   what can be requested
//	POST /_cors/ask          what becomes of a request, as package proof computes it
//	GET  /_cors/assumptions  on what that rests without AWS saying so
//
// What is below [Path] is for the page alone: other sites get neither at it nor through it.
// The API is for everybody whom its document allows.
package server
