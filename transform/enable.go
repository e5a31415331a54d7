package transform

import (
	"errors"
	"fmt"
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/internal/httpapi"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/own"
	"github.com/apigw-cors/apigw-cors/transform/internal/resolve"
	"github.com/apigw-cors/apigw-cors/transform/internal/rest"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// Enable returns the document with CORS enabled, for a REST API or an HTTP API. p is
// the strongest of the sources of the policy, and may be empty: the policy
// file of the options, the CORS objects in the document and the defaults come after it,
// member by member.
//
// With an error there is no result. Errors are, several of them joined,
//
//   - mistakes in a policy: [*policy.Error], [ErrNoOrigin];
//   - mistakes in the options: [*OptionError], [*SelectionError], [*ProfileError],
//     and [*APITypeError] where they have to give the API type;
//   - parts that cannot be read and edits that are refused: [*PlaceError].
func Enable(d *Document, p policy.Policy, o Options) (*Result, error) {
	d.read.Lock()
	defer d.read.Unlock()
	a, err := d.ask(p, o)
	if err != nil {
		return nil, err
	}
	refused := importFailures(d.read, a.api.API)
	mayFix := slices.ContainsFunc(refused, mayBeFixed)
	a.options.keep = a.options.keep || mayFix // so that the result is read once
	enable := a.enableREST
	if a.api.API == model.HTTP {
		enable = a.enableHTTP
	}
	res, err := enable(p)
	if err != nil {
		return nil, err
	}
	if mayFix {
		out, err := res.Document()
		if err != nil {
			return nil, err
		}
		refused = failuresOfResult(refused, d.read, out.read, a.api.API)
	}
	res.ImportFails = besides(reported(refused, d), res.Findings)
	return res, nil
}

// asked is a document with valid options: what a verb works on.
type asked struct {
	doc      *Document
	reading  *own.Reading
	options  validOptions
	api      resolve.Type
	chosen   map[*model.Resource]bool
	findings []rules.Finding
}

// ask returns a document with its API type and the resources that the options choose.
func (d *Document) ask(p policy.Policy, o Options) (asked, error) {
	valid, err := o.valid()
	if err = errors.Join(p.Validate(), err); err != nil {
		return asked{}, err
	}
	a := asked{doc: d, reading: d.read.Reading(), options: valid}
	if a.api, a.findings, err = resolve.APIType(a.reading.HandWritten, valid.resolve); err != nil {
		return a, public(err)
	}
	a.chosen, err = valid.resolve.Selection.Choose(a.reading.HandWritten.Resources)
	return a, public(err)
}

func (a asked) enableREST(p policy.Policy) (*Result, error) {
	policies, found, err := resolve.Resources(a.reading.HandWritten, p, a.options.resolve, a.chosen)
	if err != nil {
		return nil, public(err)
	}
	plan := rest.Enable(rest.Input{
		Doc: a.reading, Policies: policies, Selected: a.options.resolve.Selection,
		Existing: a.options.resolve.ExistingOfAPI(), Emit: a.options.rest,
	})
	return result{
		doc: a.doc, reading: a.reading, api: a.api, plan: plan,
		findings: concat(a.findings, found, checkDocument(a.reading)), leaveAlone: leaveAloneREST, keep: a.options.keep,
	}.make()
}

func (a asked) enableHTTP(p policy.Policy) (*Result, error) {
	set, found, err := resolve.API(a.reading.HandWritten, p, a.options.resolve, a.chosen)
	if err != nil {
		return nil, public(err)
	}
	plan := httpapi.Enable(httpapi.Input{Doc: a.reading, Policy: set, Routes: a.options.routes})
	return result{
		doc: a.doc, reading: a.reading, api: a.api, plan: plan,
		findings:   concat(a.findings, found, checkDocument(a.reading)),
		leaveAlone: leaveAloneHTTP(a.options.resolve.Existing), keep: a.options.keep,
	}.make()
}

// checkDocument returns findings about the document as a whole.
func checkDocument(doc *own.Reading) []rules.Finding {
	var found []rules.Finding
	d := doc.HandWritten
	if len(d.Resources) == 0 {
		found = append(found, rules.Finding{Rule: rules.NothingToEnable, At: rules.At(d.Root, model.Base), Message: "the document has no path to enable CORS for"})
	}
	for _, m := range d.Strays {
		found = append(found, rules.Finding{
			Rule: rules.NotUnderstood, At: rules.At(m.Key, model.Base.Child(m.Name())),
			Message: fmt.Sprintf("%q is no path, so it is left alone", m.Name()), Hint: "a path begins with a slash",
		})
	}
	return append(found, rules.MarkerMistakes(d, doc.Mistakes)...)
}

func concat(lists ...[]rules.Finding) []rules.Finding {
	var all []rules.Finding
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}
