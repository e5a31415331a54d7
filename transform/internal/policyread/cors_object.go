// Package policyread reads policies from text: the policy file, and the
// x-amazon-apigateway-cors objects of a document. It notes every mistake with its
// place, as a [policy.Error].
package policyread

import (
	"errors"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// CORSObject is a hand-written x-amazon-apigateway-cors, at the root of a document or on
// a resource.
type CORSObject struct {
	policy.Layer
	Recursive bool // it speaks for the resources below as well
	File      string
}

const keyRecursive = "recursive"

// ReadCORSObject reads a block. Its keys are those of API Gateway's CORS object, which
// ignores any other without a word, and addHeaders and recursive. The error joins an
// [*policy.Error] for every mistake; what could be read is returned with it. Members that are
// hidden are passed over.
func ReadCORSObject(n *source.Node, hidden model.Hidden) (CORSObject, error) {
	return readBlock(n, &reader{file: n.File, whole: extensions.NameCORS, hidden: hidden})
}

// ReadConfiguration reads a block as API Gateway does at the root of an HTTP API's
// document. It is the configuration itself there, so it may hold what an export
// writes and what a template fills in: a list without entries, which is none, and an
// intrinsic in the place of a list. Whether its values go together is left to
// [policy.Resolved.ValidateForHTTP], since stronger sources may replace some. Members that
// are hidden are passed over.
func ReadConfiguration(n *source.Node, hidden model.Hidden) (CORSObject, error) {
	return readBlock(n, &reader{file: n.File, whole: extensions.NameCORS, configuration: true, hidden: hidden})
}

func readBlock(n *source.Node, r *reader) (CORSObject, error) {
	b := CORSObject{File: n.File.Name}
	if n.Kind == source.Map && len(n.Members()) == 0 && !r.configuration {
		r.wrong(n, "", extensions.NameCORS, "{}", policy.ReasonEmptyCORSObject, "write allowOrigins in it, or take it out")
		return b, errors.Join(r.errs...)
	}
	b.Layer = r.layer(n, "", keyRecursive)
	if m, ok := n.Member(keyRecursive); ok {
		b.Recursive, _ = r.boolean(m, "", false).Literal()
		// One that cannot be read counts: its mistake must be heard of.
		b.Recursive = b.Recursive || !m.Value.IsBool()
	}
	return b, policy.Sorted(errors.Join(r.errs...))
}
