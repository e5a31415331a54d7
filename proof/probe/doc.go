// Package probe asks a deployed stage what package gateway says that its document makes API
// Gateway answer: it sends preflights as browsers do, compares status and CORS headers with
// the document, and tells by package fetch what a browser would make of the real answers.
//
// Preflights are all that is sent. A call could change data, and is never made; so nothing is
// said of the headers of real answers. Requests are bounded in number, at a time, in time and
// in size, redirects are not followed, and whoever asks no longer gets an answer is not asked
// on. No credentials are sent: no cookies, no Authorization, no client certificate.
//
// A difference is not always a mistake of the stage. What is wanted may rest on an assumption
// ([gateway.Behaviour.Assumed]), and where a backend answers OPTIONS, the document does not say
// what. Both are told.
package probe
