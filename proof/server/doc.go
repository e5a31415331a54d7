// Package server serves the API of a document to a browser, and beside it a page on which its
// calls can be tried.
//
// There are two servers, since browsers do no CORS where a page calls its own origin: one
// serves the API, the other the page, which calls the first. Everything below [Path] belongs to
// the page on both, all else is the API's:
//
//	GET  /_cors              the page; at the API's own origin, a link to it
//	GET  /_cors/operations   what can be called
//	POST /_cors/ask          what becomes of a call, as package proof says
//	GET  /_cors/assumptions  on what that rests without AWS saying so
//
// What is below [Path] is for the page alone: other sites get neither at it nor through it.
// The API is for everybody whom its document lets in.
package server
