package transform

import (
	"github.com/apigw-cors/apigw-cors/transform/internal/httpapi"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/resolve"
	"github.com/apigw-cors/apigw-cors/transform/internal/rest"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
)

// Disable returns the document without what was generated in the selected
// resources. It needs no policy: the ownership marker lists what was generated, and what it
// does not list stays. Of a document that Enable gave, Disable gives back what
// Enable was given, byte for byte, but for responses that were inlined and for what
// was replaced.
//
// Of an HTTP API, all is removed at once.
//
// The gateway responses go with the last resource; until then they are computed
// anew for the resources that remain. Methods of a resource cannot be selected.
// For errors see [Enable].
func Disable(d *Document, s Selection) (*Result, error) {
	if len(s.Methods) > 0 {
		return nil, &OptionError{Key: "method", Value: s.Methods[0], Accepted: []string{"none: a resource is disabled as a whole"}}
	}
	d.read.Lock()
	defer d.read.Unlock()
	doc, selection := d.read.Reading(), resolve.Selection(s)
	chosen, err := selection.Choose(doc.HandWritten.Resources)
	if err != nil {
		return nil, public(err)
	}
	if !httpapi.IsConfigured(doc) {
		return result{
			doc: d, reading: doc, api: given(model.REST), plan: rest.Disable(doc, chosen),
			findings: rules.MarkerMistakes(doc.HandWritten, doc.Mistakes), leaveAlone: leaveAloneREST,
		}.make()
	}
	if err := selection.CheckWhole(resolve.Routes(doc.HandWritten), chosen); err != nil {
		return nil, public(err)
	}
	return result{
		doc: d, reading: doc, api: given(model.HTTP), plan: httpapi.Disable(doc),
		findings: rules.MarkerMistakes(doc.HandWritten, doc.Mistakes), leaveAlone: leaveAloneHTTP(""),
	}.make()
}
