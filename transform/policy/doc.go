// Package policy says what CORS a resource should have: the six members of
// API Gateway's own CORS object, each of which is more than a value.
//
// A member of a [Policy] is unset, none, derived, a literal or a raw
// expression, and these are different things: "no source said anything" is not
// "send no such header", and neither is "work it out from the document". A
// [Value] holds exactly one of the five.
//
// A policy is put together from several sources, member by member: flags, a policy
// file, blocks in the document. [Resolve] does that.
//
// [Policy.Validate] judges what was written, before anything is generated from
// it, against the rules a browser applies (the Fetch standard,
// https://fetch.spec.whatwg.org) and the bounds API Gateway sets. It reports
// every mistake at once, each as an [*Error] with the value, a [Reason] from a
// closed set, and the corrected spelling where there is only one. It never
// corrects anything by itself: an allow-list is a statement about security,
// and its author should see what it says.
//
// [Policy.Review] speaks of what is possible and unwise.
//
// [ParseOrigin] takes an origin apart for those who generate from it.
package policy
