package lint

import (
	"slices"
	"strings"
	"sync"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/layout"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Document is a document that was read for rules to be tried on.
type Document struct{ doc *model.Document }

// Options say which rules are tried, and on what.
type Options struct {
	API     API      // the kind of API that the document is for; Both: told by what it says
	Disable []string // ids of rules that are left out

	Elsewhere Elsewhere
}

// Elsewhere is what there is beside the rules of this package, such as findings of enabling
// CORS. [Run] returns them among its own; Disable and suppressions hold for them, and rules
// do not say again of a method what is said of it there.
type Elsewhere struct {
	Rules []string // ids, which suppressions may name
	Tried bool     // somebody has tried them on the document
	Found []finding.Finding
}

// Finding is something that a rule has found.
type Finding struct {
	finding.Finding
	fix []layout.Wish
}

// Fixable reports whether the finding carries the change that mends it.
func (f Finding) Fixable() bool { return len(f.fix) > 0 }

// Edits returns the changes that mend a finding of the document, in their order, and
// none for a finding without a remedy of its own or whose place is not certain.
func (d *Document) Edits(f Finding) []finding.Edit {
	edits, err := layout.Edits(d.doc.Root, f.fix, nil)
	if err != nil {
		return nil
	}
	file := d.doc.Root.File
	list := make([]finding.Edit, len(edits))
	for i, e := range edits {
		list[i] = finding.Edit{Start: file.Position(e.Start), End: file.Position(e.End), Text: e.New}
	}
	return list
}

// Parse reads a document. Errors are those of transform.Parse.
func Parse(name string, src []byte) (*Document, error) {
	file, err := model.Open(name, src)
	if err != nil {
		return nil, err
	}
	return &Document{doc: model.Read(file.Root, nil)}, nil
}

// Run tries the rules on a document and returns what they find, in the order of the
// places. The error is a [*finding.PlaceError] where they came upon what cannot be read.
func Run(d *Document, o Options) ([]Finding, error) {
	p := newPass(d, o)
	p.try(early)
	p.try(late)
	if !slices.Contains(o.Disable, Validity) {
		p.judge()
	}
	return p.close(o)
}

func newPass(d *Document, o Options) *pass {
	p := &pass{Document: d.doc, file: d.doc.Root.File, api: o.API, rules: rules, generated: readGenerated(d.doc)}
	if p.api == Both {
		p.api = API(model.InferAPIType(d.doc).API)
	}
	p.mocks, p.mapped, p.references = sync.OnceValue(p.readMocks), sync.OnceValue(p.readMapped), sync.OnceValue(p.readReferences)
	p.blocks, p.blocksByPath = sync.OnceValue(p.readBlocks), sync.OnceValue(p.readBlocksByPath)
	p.mistakes, p.greedyAnswerers = sync.OnceValue(p.readMistakes), sync.OnceValue(p.readGreedyAnswerers)
	return p
}

// try tries the rules of a phase, also those whose findings are disabled: that somebody
// does not want to hear something does not mean that another rule is to say it.
func (p *pass) try(phase phase) {
	for _, r := range p.rules {
		if p.rule = r; r.phase != phase || !p.isAbout(r) {
			continue
		}
		if r.run != nil {
			r.run(p)
		}
		p.mistakesInBlocks(r.blocks)
	}
}

// isAbout reports whether a rule is about the kind of API that the document is for.
func (p *pass) isAbout(r *Rule) bool { return r.API == Both || r.API == p.api }

// close adds what was found elsewhere, and leaves out what is not to be heard.
func (p *pass) close(o Options) ([]Finding, error) {
	isDisabled := func(f Finding) bool { return slices.Contains(o.Disable, f.Rule) }
	p.found = slices.DeleteFunc(besides(p.found, o.Elsewhere.Found), isDisabled)
	p.suppressed = p.suppressions()
	for _, s := range p.suppressed {
		s.rule, s.near = Find(s.id)
		s.known = s.rule != nil || slices.Contains(o.Elsewhere.Rules, s.id)
		s.tried = s.known && o.Elsewhere.Tried && s.rule == nil
		if s.rule != nil {
			s.tried = p.isAbout(s.rule) && s.rule.phase != last && !slices.Contains(o.Disable, s.id)
		}
	}
	p.found = heeded(p.found, p.suppressed)
	p.try(last)
	if p.file.Broken != nil {
		return nil, p.file.Broken
	}
	return sorted(slices.DeleteFunc(p.found, isDisabled)), nil
}

// besides adds what was found elsewhere.
func besides(found []Finding, elsewhere []finding.Finding) []Finding {
	said := map[[2]string]bool{}
	for _, f := range elsewhere {
		said[subject(f)] = true
	}
	found = slices.DeleteFunc(found, func(f Finding) bool { return said[subject(f.Finding)] })
	for _, f := range elsewhere {
		found = append(found, Finding{Finding: f})
	}
	return found
}

// subject is the rule of a finding and the method, or the member of the document, that it
// speaks of.
func subject(f finding.Finding) [2]string {
	const method = 3 // keys lead to one: paths, the path, its name
	keys := source.Pointer(f.Pointer).Keys()
	return [2]string{f.Rule, strings.Join(keys[:min(method, len(keys))], "\n")}
}

func sorted(found []Finding) []Finding {
	plain := make([]finding.Finding, len(found))
	fixes := map[finding.Finding][]layout.Wish{}
	for i, f := range found {
		plain[i], fixes[f.Finding] = f.Finding, f.fix
	}
	finding.Sort(plain)
	for i, f := range plain {
		found[i] = Finding{f, fixes[f]}
	}
	return slices.CompactFunc(found, func(a, b Finding) bool { return a.Finding == b.Finding })
}

// Mended is a document after [Mend].
type Mended struct {
	Output []byte // the whole document; the input itself when nothing was mended
	Count  int    // of the findings that were mended
}

// Mend makes the changes that findings carry, and no other: every byte that none of them
// is about stays as it is. A change that has no certain place is left out. The errors are
// those of [Parse] and [Run].
func Mend(name string, src []byte, o Options) (*Mended, error) {
	const most = 8 // rounds: a change may make room for another
	m := &Mended{Output: src}
	for range most {
		d, err := Parse(name, m.Output)
		if err != nil {
			return nil, err
		}
		p := newPass(d, o)
		p.try(early) // whose findings alone carry changes
		found, err := p.close(o)
		if err != nil {
			return nil, err
		}
		out, count, err := d.fixed(found)
		if err != nil || count == 0 {
			return m, err
		}
		m.Output, m.Count = out, m.Count+count
	}
	return m, nil
}

// fixed makes the changes that findings carry, the first one for each place, and tells
// how many findings that mends. A change whose place is not certain is not made: an alias
// stands there, or a value that is one elsewhere.
func (d *Document) fixed(found []Finding) (out []byte, mended int, err error) {
	root := d.doc.Root
	var wishes []layout.Wish
	seen := map[source.Pointer]bool{}
	for _, f := range found {
		isSeen := func(w layout.Wish) bool { return seen[w.Place()] }
		if !f.Fixable() || slices.ContainsFunc(f.fix, isSeen) {
			continue
		}
		if _, err := layout.Edits(root, f.fix, nil); err != nil {
			continue
		}
		for _, w := range f.fix {
			seen[w.Place()] = true
		}
		wishes = append(wishes, f.fix...)
		mended++
	}
	if len(wishes) == 0 {
		return root.File.Src, 0, nil
	}
	edits, err := layout.Edits(root, wishes, nil)
	if err != nil {
		return nil, 0, err
	}
	out, err = layout.Verify(root, edits, wishes)
	return out, mended, err
}
