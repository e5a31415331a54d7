package cmd

import (
	"errors"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
)

// enabled is a document as enable would write it, or where nothing but the document says who may
// call, or enable would change nothing, the document itself.
type enabled struct {
	doc      *transform.Document
	api      transform.APIType
	policies func() (policies, error) // of the resources that are to be enabled; nil: what the document says
}

// asEnabled returns a document as enable would write it. What enable would warn of is printed.
func asEnabled(flags *policyFlags, options *optionFlags, name string, d *transform.Document, s Streams) (enabled, error) {
	p, err := flags.policy()
	if err != nil {
		return enabled{}, usage(err)
	}
	o, err := options.options(name)
	if err != nil {
		return enabled{}, usage(err)
	}
	o.KeepDocument = true
	inferred, err := d.APIType(o)
	if err != nil || o.File == nil && !flags.isSet() {
		return enabled{doc: d, api: inferred.API}, err
	}
	res, err := transform.Enable(d, p, o)
	if errors.Is(err, transform.ErrNoOrigin) && !flags.isSet() {
		return enabled{doc: d, api: inferred.API}, nil // the policy file is about something else
	}
	if err != nil {
		return enabled{}, err
	}
	summary{w: s.Err, least: finding.Warning}.findings(res.Findings)
	e := enabled{api: res.API.API, policies: func() (policies, error) { return policiesOf(flags, o, res, d) }}
	e.doc, err = res.Document()
	return e, err
}
