// Package kinopenapi enables CORS in documents that a program builds with kin-openapi.
//
// It stands apart from package transform, so that a program that works on the bytes of
// documents does not link kin-openapi.
package kinopenapi

import (
	"encoding/json"
	"fmt"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// Enable returns a document with CORS enabled, and leaves t as it is.
//
// The result's bytes are JSON. Its findings have pointers but no positions, since nobody
// wrote the text in which a position would count. References to other files are not
// followed: call t.InternalizeRefs first. For errors see [transform.Enable].
func Enable(t *openapi3.T, p policy.Policy, o transform.Options) (*openapi3.T, *transform.Result, error) {
	src, err := json.Marshal(t)
	if err != nil {
		return nil, nil, fmt.Errorf("the document could not be written as JSON: %w", err)
	}
	d, err := transform.Parse(documentName, src)
	if err != nil {
		return nil, nil, err
	}
	res, err := transform.Enable(d, p, o)
	if err != nil {
		return nil, nil, err
	}
	for i := range res.Findings {
		res.Findings[i].Position = finding.Position{}
	}
	enabled, err := load(res.Output)
	if err != nil {
		return nil, nil, fmt.Errorf("the document with CORS enabled could not be loaded: %w", err)
	}
	return enabled, res, nil
}

// documentName stands for the name of a file in errors.
const documentName = "openapi3.T"

// load loads a document. The loader panics on some that it cannot read.
func load(src []byte) (t *openapi3.T, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("kin-openapi: %v", r)
		}
	}()
	return openapi3.NewLoader().LoadFromData(src)
}
