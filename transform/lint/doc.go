// Package lint looks in a document for what keeps its CORS from working, makes it
// unsafe, or stands in the way of an import into Amazon API Gateway.
//
// A [Rule] is a value: what it looks for, why that matters, an example that it finds
// and one that it does not. [Rules] lists them; [Run] tries them on a document. A
// finding may carry the change that mends it, and [Mend] makes those changes and no
// other.
//
// The rules judge what a document makes API Gateway do (internal/answers). Whether it is
// a valid OpenAPI document is not theirs to say.
package lint
