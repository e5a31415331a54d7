package transform

import (
	"errors"
	"fmt"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

type pointer = source.Pointer

// plan goes from a document and a policy to wishes, resource by resource.
type plan struct {
	reading
	notes
	options Options
	target  Target
	grants  []grant  // what the gateway responses serve
	gateway []Header // what they carry
	wishes  []layout.Wish
	refused []error
	done    []Resource

	snippets map[pointer]string     // to stand in front of an author's templates
	leaves   map[*model.Method]bool // the author's OPTIONS routes that are taken out
}

func newPlan(d *Document, o Options) *plan {
	return &plan{reading: read(d.read.Root), notes: notes{file: d.read.File}, options: o, snippets: map[pointer]string{}, leaves: map[*model.Method]bool{}}
}

// reading is a document as its author wrote it, and as it is with what was
// generated in it.
type reading struct {
	root   *source.Node
	author *model.Document
	owners map[pointer]owner           // of objects that carry a mark
	whole  map[pointer]*model.PathItem // of those, with what is generated
}

func read(root *source.Node) reading {
	r := reading{root: root, owners: map[pointer]owner{}, whole: map[pointer]*model.PathItem{}}
	hidden := model.Hidden{}
	r.mark("", root, hidden)
	for _, m := range root.Get("paths").Members() {
		r.mark(model.Base.Child(m.Name()), m.Value, hidden)
	}
	r.author = model.Read(root, hidden)
	if len(r.owners) == 0 {
		return r
	}
	for _, resource := range model.Read(root, nil).Resources {
		for _, item := range resource.Items {
			if _, marked := r.owners[item.Pointer]; marked {
				r.whole[item.Pointer] = item
			}
		}
	}
	return r
}

// mark reads the mark of an object, if it has one.
func (r *reading) mark(p pointer, n *source.Node, hidden model.Hidden) {
	if n.Get(model.MarkName) != nil {
		own := readOwner(p, n)
		own.hide(hidden)
		r.owners[p] = own
	}
}

// owner returns the owner at a pointer, which may have no mark yet.
func (r *reading) owner(p pointer, n *source.Node) owner {
	if own, ok := r.owners[p]; ok {
		return own
	}
	return owner{pointer: p, node: n}
}

// checkDocument notes what concerns the document as a whole.
func (p *plan) checkDocument() {
	if p.author.Version == model.OpenAPI31 {
		p.warn(ruleOpenAPI31, here(p.author.VersionNode, "/openapi"),
			fmt.Sprintf("API Gateway refuses to import OpenAPI %q", p.author.VersionNode.Text()), "write the document as 3.0.1")
	}
	if len(p.author.Resources) == 0 {
		p.warn(ruleNothingToEnable, here(p.root, model.Base), "the document has no path to enable CORS for", "")
	}
	for _, m := range p.author.Strays {
		p.warn(ruleNotUnderstood, here(m.Key, model.Base.Child(m.Name())),
			fmt.Sprintf("%q is no path, so it is left alone", m.Name()), "a path begins with a slash")
	}
	p.checkMarks()
}

// checkMarks notes entries of marks that cannot have been written by a run.
func (p *plan) checkMarks() {
	for _, own := range p.owners {
		for _, n := range own.strange {
			place := here(n, own.pointer+markPointer)
			if n == own.node.Get(model.MarkName) {
				p.warn(ruleMarkNotOurs, place, model.MarkName+" is not a list, so nothing is taken for generated", "take it out, and what was generated with it")
				continue
			}
			p.warn(ruleMarkNotOurs, place,
				fmt.Sprintf("%s lists %q, which is never generated, so it is taken for the author's", model.MarkName, n.Text()), "take the entry out")
		}
	}
}

// settled puts together what is wished for different marks. A member that passes from
// one to another is removed as the one's and added as the other's, which is one wish or
// none; and what is in something that goes needs no wish of its own.
func (p *plan) settled(wishes []layout.Wish) []layout.Wish {
	added, removed := map[pointer]layout.Value{}, map[pointer]bool{}
	for _, w := range wishes {
		switch w := w.(type) {
		case layout.Add:
			added[w.At] = w.Value
		case layout.Remove:
			removed[w.At] = true
		}
	}
	var out []layout.Wish
	for _, w := range wishes {
		at := w.Place()
		_, removes := w.(layout.Remove)
		switch v := added[at]; {
		case isWithin(at, removed):
		case v == nil || !removed[at]:
			out = append(out, w)
		case removes && !layout.Equal(p.root.At(at), v):
			out = append(out, layout.Set{At: at, Value: v})
		}
	}
	return out
}

// result makes edits of the wishes and verifies them.
func (p *plan) result(d *Document) (*Result, error) {
	if d.read.File.Broken != nil {
		return nil, d.read.File.Broken
	}
	p.wishes = p.settled(p.wishes)
	edits, err := layout.Edits(p.root, p.wishes, p.noModels())
	if refused := append(p.refused, p.remedies(err)...); len(refused) > 0 {
		return nil, errors.Join(inOrder(refused)...)
	}
	finding.Sort(p.all)
	res := &Result{Output: d.Source(), Resources: p.done, Gateway: p.gateway, Target: p.target, Findings: p.all}
	if len(p.wishes) == 0 {
		return res, nil
	}
	out, err := layout.Verify(p.root, edits, p.wishes)
	if err != nil {
		return nil, errors.Join(p.remedies(err)...)
	}
	res.Output, res.Edits, res.Wishes = out, edits, wishes(p.wishes)
	return res, nil
}
