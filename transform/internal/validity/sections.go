package validity

import "github.com/apigw-cors/apigw-cors/transform/internal/source"

// sections are those of the components, by what kin-openapi calls one of each.
var sections = map[string]string{
	"schema": "schemas", "parameter": "parameters", "header": "headers", "request body": "requestBodies", "response": "responses",
	"security scheme": "securitySchemes", "callback": "callbacks", "example": "examples", "link": "links",
}

const components source.Pointer = "/components"
