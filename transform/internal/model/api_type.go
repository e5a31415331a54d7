package model

import "github.com/apigw-cors/apigw-cors/extensions"

// APIType is the type of API that a document is for. Empty, it is either: of a document,
// nothing tells which; of a rule, it is about both.
type APIType string

const (
	REST APIType = "rest"
	HTTP APIType = "http"
)

// Inference is what a document itself says of its API type.
type Inference struct {
	API     APIType // empty where the document does not tell
	Sign    *Sign   // what it was inferred from, or what leaves it open; nil where nothing speaks for an HTTP API
	Against *Sign   // what speaks for the other type, where Sign leaves it open because of that
}

// InferAPIType returns the API type of a document, as far as it tells. HTTP APIs are
// imported from OpenAPI 3 only, and a document without any sign is one for a REST API.
func InferAPIType(d *Document) Inference {
	signs := ReadSigns(d)
	switch {
	case d.Version == Swagger2:
		return Inference{API: REST, Sign: signs.REST}
	case signs.REST != nil && signs.HTTP != nil:
		return Inference{Sign: signs.HTTP, Against: signs.REST}
	case signs.REST != nil:
		return Inference{API: REST, Sign: signs.REST}
	case signs.HTTP != nil:
		return Inference{API: HTTP, Sign: signs.HTTP}
	}
	generated := generatedFor(d)
	switch {
	case generated.API == "" && signs.Weak != nil:
		return Inference{Sign: signs.Weak}
	case generated.API == "":
		return Inference{API: REST}
	}
	return generated
}

// generatedFor returns the type of API that a document was enabled for, as far as what was generated
// in it tells: a CORS configuration is that of an HTTP API.
func generatedFor(d *Document) Inference {
	if len(d.Hidden) == 0 {
		return Inference{}
	}
	if n := d.Root.Get(extensions.NameCORS); n != nil && (d.Hidden[n] || d.Hidden.Within(n)) {
		return Inference{API: HTTP, Sign: &Sign{"the generated " + extensions.NameCORS, n}}
	}
	if sign := ReadSigns(Read(d.Root, nil)).REST; sign != nil {
		return Inference{API: REST, Sign: &Sign{"the generated " + sign.Name, sign.Node}}
	}
	return Inference{}
}
