package resolve

import (
	"cmp"
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Auto is how options and policy files spell that the API type is inferred.
const Auto model.APIType = "auto"

// Type is the API type that a document was found to be for.
type Type struct {
	API   model.APIType // REST or HTTP
	Sign  *model.Sign   // what it was inferred from; nil where nothing speaks for another than REST
	Given bool          // nothing had to be inferred
}

// TypeError tells that the API type cannot be inferred from a document, or is another than
// was given.
type TypeError struct{ Place *finding.PlaceError }

func (e *TypeError) Error() string { return e.Place.Error() }

// Unwrap returns a [*finding.PlaceError].
func (e *TypeError) Unwrap() error { return e.Place }

// APIType returns the API type of a document: what the options or the policy file give,
// else what is inferred. The error is a [*TypeError].
func APIType(d *model.Document, o Options) (Type, []rules.Finding, error) {
	file := d.Root.File
	if given := cmp.Or(o.API, typeIn(o), Auto); given != Auto {
		return givenType(d, file, given)
	}
	switch said := model.InferAPIType(d); {
	case said.API == "" && said.Against != nil:
		return Type{}, nil, unclear(file, said.Sign, fmt.Sprintf("%s is for HTTP APIs, and %s in line %d is for REST APIs",
			said.Sign.Name, said.Against.Name, file.Position(said.Against.Node.Start).Line))
	case said.API == "":
		return Type{}, nil, unclear(file, said.Sign, said.Sign.Name+" may stand for an HTTP API, and documents for REST APIs have it too; nothing else tells which it is")
	default:
		return Type{API: said.API, Sign: said.Sign}, nil, nil
	}
}

func typeIn(o Options) model.APIType {
	if o.File == nil {
		return ""
	}
	return model.APIType(o.File.API)
}

func givenType(d *model.Document, file *source.File, given model.APIType) (Type, []rules.Finding, error) {
	t := Type{API: given, Given: true}
	if given == model.HTTP && d.Version == model.Swagger2 {
		return t, nil, &TypeError{&finding.PlaceError{
			File: file.Name, Position: file.Position(d.VersionNode.Start),
			Message: fmt.Sprintf("HTTP APIs are imported from OpenAPI 3.0 only, and this is Swagger %s", d.VersionNode.Text()),
			Hint:    "write the document as openapi: 3.0.1, or use --api rest",
		}}
	}
	signs := model.ReadSigns(d)
	if given != model.REST || signs.HTTP == nil {
		return t, nil, nil
	}
	return t, []rules.Finding{{
		Rule: rules.HTTPAPI, At: rules.At(signs.HTTP.Node, ""),
		Message: fmt.Sprintf("%s is for HTTP APIs, which have no mock integrations; what is written here works on REST APIs", signs.HTTP.Name),
		Hint:    "use --api http if it is for one",
	}}, nil
}

func unclear(file *source.File, s *model.Sign, message string) error {
	return &TypeError{&finding.PlaceError{
		File:     file.Name,
		Position: file.Position(s.Node.Start),
		Message:  message,
		Hint:     "say it with --api rest or --api http, or with api in the policy file",
	}}
}
