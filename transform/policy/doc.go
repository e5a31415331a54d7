// Package policy defines what CORS a resource should have: who may send requests to it
// from a web page, and how. A [Policy] has the members of API Gateway's own CORS object.
//
//	p := policy.Policy{
//		AllowOrigins:     policy.Origins("https://app.example.com", "https://*.example.org"),
//		AllowHeaders:     policy.Derived(),
//		MaxAge:           policy.Seconds(600),
//		AllowCredentials: policy.Credentials(true),
//	}
//
// What is promised:
//
//   - Nothing is open by default. Without AllowOrigins a resource gets no CORS.
//   - A member is unset, none, derived, a literal or an expression, and a [Value] is exactly
//     one of the five. "No source has set it" is not "send no such header", and neither is
//     "derive it from the document".
//   - [Policy.Validate] refuses what a browser would refuse (Fetch standard,
//     https://fetch.spec.whatwg.org), what API Gateway would refuse, and what would hand
//     every user's data to every site. It reports all mistakes at once, each as an [*Error]
//     with the value, a [Reason] from a closed set, and the corrected spelling where only
//     one is possible. A policy without mistakes may still be unwise, and [Policy.Review]
//     reports that.
//   - Nothing is corrected silently. An allow-list is a statement about security, and its
//     author should see what it allows.
//   - Sources are put together member by member: with [Resolve], the strongest source that
//     sets a member decides it, and the result tells where each value comes from.
//   - Each of the seven members is described once, by a [Member]. A program that shows, reads
//     or writes policies loops over [Members].
//
// The package reads no files and no documents. A policy file is read by ReadConfig of package
// transform.
package policy
