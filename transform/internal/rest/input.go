package rest

import (
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/resolve"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// Input is what a REST API is enabled by.
type Input struct {
	Doc      *own.Reading
	Policies map[*model.Resource]*resolve.EffectivePolicy // of the resources that were chosen
	Selected resolve.Selection
	Existing policy.Existing // what becomes of what the API has as a whole
	Emit     Emit
}

// Emit chooses what is written. Its values are valid.
type Emit struct {
	Status           string                   // of the preflight response, "200" or "204"
	Has              func(status string) bool // whether responses of a status get the headers
	GatewayResponses bool                     // whether they get the headers
	GatewayOrigin    GatewayOrigin
	Blocks           bool // whether policies are recorded
	KeepAny          bool // a proxied ANY goes on receiving preflight requests
	Templates        Templates
}

// GatewayOrigin is the origin of gateway responses where resources differ.
type GatewayOrigin int

const (
	FirstOrigin GatewayOrigin = iota // the first exact one
	AnyOrigin                        // "*", where no resource allows credentials
	NoOrigin
)

// Templates chooses whether a response without a template gets one, in which the origin can
// be chosen.
type Templates int
