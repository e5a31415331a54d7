package httpapi

import (
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/resolve"
)

// Input is what an HTTP API is enabled by.
type Input struct {
	Doc    *own.Reading
	Policy *resolve.APIPolicy
	Routes Routes // what becomes of routes that preflight requests go to
}

// Routes chooses what becomes of routes that receive preflight requests and refuse them.
type Routes int

const (
	AddRoutes Routes = iota // an OPTIONS route is added beside them
	WarnOfRoutes
	IgnoreRoutes
)
