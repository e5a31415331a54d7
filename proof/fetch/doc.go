// Package fetch is the browser's side of CORS: the algorithm of the Fetch standard
// (https://fetch.spec.whatwg.org/) as pure functions. [Request.Plan] tells what a browser does
// with a request before any response comes, and whether it asks first. [CheckPreflight] tells
// whether it sends the request once it has the response to its preflight, and [Check] whether
// the script gets to see the response, or which step refuses it.
//
// Strings hold bytes, and bytes are compared: nothing is trimmed or folded that the standard
// does not trim or fold. Where browsers do something else than the standard says, the verdict
// is the standard's, and a note tells.
//
// What looks alike to a script and is not CORS is not here: mixed content, the Content
// Security Policy, certificates, Local Network Access.
package fetch
