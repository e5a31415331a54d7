package policy

import (
	"errors"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Block is a hand-written x-amazon-apigateway-cors, at the root of a document or on
// a resource.
type Block struct {
	Layer
	Recursive bool // it speaks for the resources below as well
	File      string
	Position  finding.Position
}

const keyRecursive = "recursive"

// ReadBlock reads a block. Its keys are those of API Gateway's CORS object, which
// ignores any other without a word, and addHeaders and recursive. The error joins an
// [*Error] for every mistake; what could be read is returned with it. Members that are
// hidden are passed over.
func ReadBlock(n *source.Node, hidden model.Hidden) (Block, error) {
	return readBlock(n, &reader{file: n.File, whole: blockName, hidden: hidden})
}

func readBlock(n *source.Node, r *reader) (Block, error) {
	b := Block{File: n.File.Name, Position: n.File.Position(n.Start)}
	if n.Kind == source.Map && len(n.Members()) == 0 && !r.configuration {
		r.wrong(n, "", blockName, "{}", ReasonEmptyBlock, "write allowOrigins in it, or take it out")
		return b, errors.Join(r.errs...)
	}
	b.Layer = r.layer(n, "", keyRecursive)
	if m, ok := n.Member(keyRecursive); ok {
		b.Recursive, _ = r.boolean(m, "", false).Literal()
		// One that cannot be read counts: its mistake must be heard of.
		b.Recursive = b.Recursive || !m.Value.IsBool()
	}
	return b, Sorted(errors.Join(r.errs...))
}

const blockName = "x-amazon-apigateway-cors"
