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
// What is below [Path] is for the page alone: other sites get neither at it nor through it (see
// guard.go). The API is for everybody whom its document lets in.
//
//	server.go      a document that is served, and can be replaced by another
//	run.go         listening, limits, and the end
//	address.go     where the two servers are, as a client sees it
//	guard.go       who may use what is below Path
//	page.go        the page
//	operations.go  what can be called
//	ask.go         a call, asked about
//	assumptions.go what is assumed
//	log.go         a line for each request
package server
