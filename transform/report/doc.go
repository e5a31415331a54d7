// Package report shows what a document makes Amazon API Gateway respond to pages of other origins,
// for readers other than an import: people, and other ways to deploy.
//
// [Read] gives it by resource and method: which method handles the preflight requests, what
// browsers make of the response, which CORS headers the responses carry, and what a backend has to
// send. [API.Write] writes that as text, Markdown, JSON or a page. [Since] lists what a change of a
// document allows pages, and what it no longer allows. [Export] gives the CORS of a document in
// another form, and [Findings] writes findings for terminals, pull requests and code scanning.
//
// A report shows of a preflight request what the proof of the same document finds, and it marks
// what the document does not determine. All of it works on a [transform.Document], which is read
// once.
package report
