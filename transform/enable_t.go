package transform

import (
	"encoding/json"
	"fmt"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// EnableT enables CORS in a document that a program builds with kin-openapi. It
// returns a new document and leaves t as it is.
//
// The result's bytes are JSON, and its findings have pointers but no positions,
// since nobody wrote the text they would count in. References to other files are
// not followed: call t.InternalizeRefs first. For errors see [Enable].
func EnableT(t *openapi3.T, p policy.Policy, o Options) (*openapi3.T, *Result, error) {
	src, err := json.Marshal(t)
	if err != nil {
		return nil, nil, fmt.Errorf("the document could not be written as JSON: %w", err)
	}
	d, err := Parse(nameOfT, src)
	if err != nil {
		return nil, nil, err
	}
	res, err := Enable(d, p, o)
	if err != nil {
		return nil, nil, err
	}
	for i := range res.Findings {
		res.Findings[i].Position = finding.Position{}
	}
	enabled, err := loadT(res.Output)
	if err != nil {
		return nil, nil, fmt.Errorf("the document with CORS enabled could not be loaded: %w", err)
	}
	return enabled, res, nil
}

const nameOfT = "openapi3.T"

// loadT loads a document. The loader panics on some that it cannot read.
func loadT(src []byte) (t *openapi3.T, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("kin-openapi: %v", r)
		}
	}()
	return openapi3.NewLoader().LoadFromData(src)
}
