package lint

import (
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/document"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Options say which rules are tried, and on what.
type Options struct {
	API     transform.APIType // that the document is for; empty or Auto: inferred from it
	Disable []string          // ids of rules that are left out

	Elsewhere Elsewhere
}

// Elsewhere is what was found in the document beside the rules of this package: by
// enabling CORS. [Run] returns it among its own; Disable and suppressions hold for it, and
// rules do not report again of a method what is reported of it there.
type Elsewhere struct {
	Tried bool // enabling was tried on the document
	Found []finding.Finding
}

// Run tries the rules on a document and returns what they find, in the order of the
// places. Also those whose findings are disabled are tried: that somebody does not want to
// see a finding does not mean that another rule is to report the same. The error is a [*finding.PlaceError] where they came upon what cannot be read.
func Run(d *transform.Document, o Options) ([]Finding, error) {
	read := document.Of(d)
	read.Lock()
	defer read.Unlock()
	v := view(read, o)
	found := rules.Find(v)
	if !slices.Contains(o.Disable, Validity) {
		found = append(found, judge(v)...)
	}
	return heard(v, found, o)
}

// view returns the document as rules see it. The caller holds its lock.
func view(read *document.Document, o Options) *rules.View {
	api := model.APIType(o.API)
	if o.API == "" || o.API == transform.Auto {
		api = model.InferAPIType(read.Reading().HandWritten).API
	}
	return rules.NewView(read.Whole(), read.Reading(), api)
}

// heard returns the findings with those from elsewhere, and without those that are disabled
// or suppressed.
func heard(d *rules.View, found []rules.Finding, o Options) ([]Finding, error) {
	all := besides(reported(d, found), o.Elsewhere.Found)
	all = slices.DeleteFunc(all, o.disables)
	suppressions := o.judged(readSuppressions(d.Root), d)
	all = unsuppressed(all, suppressions)
	all = append(all, slices.DeleteFunc(reported(d, aboutSuppressions(suppressions)), o.disables)...)
	if broken := d.Root.File.Broken; broken != nil {
		return nil, broken
	}
	return sorted(all), nil
}

func (o Options) disables(f Finding) bool { return slices.Contains(o.Disable, f.Rule) }

// reported returns findings as they are reported for a document.
func reported(d *rules.View, found []rules.Finding) []Finding {
	list := make([]Finding, len(found))
	for i, f := range found {
		list[i] = Finding{Finding: f.In(d.Root.File), rule: f.Rule, fix: f.Fix}
	}
	return list
}

// besides adds what was found elsewhere.
func besides(found []Finding, elsewhere []finding.Finding) []Finding {
	is := map[subject]bool{}
	for _, f := range elsewhere {
		is[subjectOf(f)] = true
	}
	found = slices.DeleteFunc(found, func(f Finding) bool { return is[subjectOf(f.Finding)] })
	for _, f := range elsewhere {
		found = append(found, Finding{Finding: f, rule: byID(f.Rule)})
	}
	return found
}

// subject is the rule of a finding and the method, or the member of the document, that it
// is about.
type subject struct{ rule, keys string }

func subjectOf(f finding.Finding) subject {
	const method = 3 // keys lead to one: paths, the path, its name
	keys := source.Pointer(f.Pointer).Keys()
	return subject{f.Rule, strings.Join(keys[:min(method, len(keys))], "\n")}
}
