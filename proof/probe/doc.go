// Package probe compares a deployed stage with its document: it sends preflight requests as
// browsers do, compares status and CORS headers of the responses with those that package gateway
// derives from the document, and reports by package fetch what a browser would make of the
// responses.
//
// Preflight requests are all that is sent. The request itself could change data, and is never
// made; so nothing is reported of the headers of its response. Requests are bounded in number, at a
// time, in time and in size, redirects are not followed, and a stage that no longer responds gets
// no more requests. No credentials are sent: no cookies, no Authorization, no client certificate.
//
// A difference is not always a mistake of the stage. What is wanted may rest on an assumption
// ([gateway.Behaviour.Assumed]), and where a backend answers OPTIONS, the document does not define
// its response. Both are reported.
package probe
