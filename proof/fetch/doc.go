// Package fetch is the browser's side of CORS: the algorithm of the Fetch standard
// (https://fetch.spec.whatwg.org/) as a pure function. It is given a call as a script makes
// it, and what a server answers to the preflight and to the call, and tells whether the
// script gets to see the answer, or which step refuses it.
//
// Strings hold bytes, and bytes are compared: nothing is trimmed or folded that the standard
// does not trim or fold. Where browsers do something else than the standard says, the verdict
// is the standard's, and a note tells.
//
// What looks alike to a script and is not CORS is not here: mixed content, the Content
// Security Policy, certificates, Local Network Access.
package fetch
