package transform

import (
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/resolve"
)

// Inference is the API type that a document was found to be for, and what it was inferred
// from.
type Inference struct {
	API      APIType          // REST or HTTP
	Sign     string           // the member that it was inferred from, such as "isDefaultRoute"; empty when there was none
	Position finding.Position // of it
	Given    bool             // nothing had to be inferred: the options had it, or what was generated
}

// APIType returns the API type of the document, as [Enable] takes it. The error
// is a [*APITypeError], or about the options.
func (d *Document) APIType(o Options) (Inference, error) {
	valid, err := o.valid()
	if err != nil {
		return Inference{}, err
	}
	d.read.Lock()
	defer d.read.Unlock()
	t, _, err := resolve.APIType(d.read.Reading().HandWritten, valid.resolve)
	return apiType(d, t), public(err)
}

func apiType(d *Document, t resolve.Type) Inference {
	out := Inference{API: APIType(t.API), Given: t.Given}
	if t.Sign != nil {
		out.Sign, out.Position = t.Sign.Name, d.read.File.Position(t.Sign.Node.Start)
	}
	return out
}

// given is the API type where nothing has to be inferred.
func given(api model.APIType) resolve.Type { return resolve.Type{API: api, Given: true} }
