// Package lint looks in a document for what keeps its CORS from working, makes it
// unsafe, or stands in the way of an import into Amazon API Gateway.
//
// [Run] tries the rules on a document and returns what they find; it changes nothing.
// [Rules] lists the rules: what each looks for, why that matters, an example that it finds
// and one that it does not. A finding may carry a change that fixes it. [Fix] makes those
// changes and no other: every byte that none of them is about stays as it is.
//
// A comment "# apigw-cors-ignore: RULE" and a member [MemberIgnore] keep rules from
// reporting the line or the object that they are on.
//
// The rules judge what a document makes API Gateway do. Whether it is valid OpenAPI 3 is
// asked of kin-openapi, whose findings have ids of their own and can be disabled together
// as [Validity].
package lint
