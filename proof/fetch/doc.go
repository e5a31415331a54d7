// Package fetch is the browser's side of CORS: the algorithm of the Fetch standard
// (https://fetch.spec.whatwg.org/) as pure functions. [Request.Plan] returns what a browser does
// with a request before any response comes, and whether it sends a preflight request first.
// [CheckPreflight] returns whether it sends the request once it has the response to its preflight
// request, and [Check] whether the script gets to see the response, or which step refuses it.
//
// Strings hold bytes, and bytes are compared: nothing is trimmed or folded that the standard
// does not trim or fold. Where browsers do not what the standard requires, the verdict is the
// standard's, with a note.
//
// What looks alike to a script and is not CORS is not here: mixed content, the Content
// Security Policy, certificates, Local Network Access.
package fetch
