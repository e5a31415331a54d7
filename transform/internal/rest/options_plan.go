package rest

import "github.com/apigw-cors/apigw-cors/transform/internal/outcome"

// optionsPlan is what becomes of the preflight requests of a resource.
type optionsPlan struct {
	outcome.Notes
	kind   outcome.Kind
	reason string
	holds  bool // whether the policy holds for the resource
}
