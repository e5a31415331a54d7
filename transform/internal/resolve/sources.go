package resolve

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/policyread"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// EffectivePolicy is what holds for one resource, or for an HTTP API.
type EffectivePolicy struct {
	policy.Resolved
	Off      string          // what switches the resource off, empty when nothing does
	Existing policy.Existing // what becomes of what it has already

	sources []*policy.Source // of the policy, the strongest first
}

// sources tells what each resource's policy is made of: the command line, the
// policy file, and the blocks that the author has written.
type sources struct {
	flags   *policy.Source
	command policy.Existing // what the command line says of what exists; empty: nothing
	file    *policy.File
	profile string
	blocks  map[*model.Resource]*block
	above   []*block // that speak for the resources below theirs
	root    *block
	broken  error // the mistakes in a CORS object at the root that is no source because of them
}

// block is a hand-written x-amazon-apigateway-cors as a source.
type block struct {
	policyread.CORSObject
	path   string // of its resource
	source *policy.Source
	err    error // its mistakes
}

// readSources reads what can say who may call. Mistakes in a block count only for
// the resources that it concerns.
func readSources(p policy.Policy, o Options, d *model.Document) (*sources, error) {
	s := &sources{
		flags:   &policy.Source{Name: "command line", Layer: policy.Layer{Policy: p}},
		command: o.Existing,
		file:    o.File,
		profile: o.Profile,
		blocks:  map[*model.Resource]*block{},
	}
	if err := s.checkProfile(); err != nil {
		return nil, err
	}
	if n := d.Hidden.Get(d.Root, extensions.NameCORS); n != nil && !model.IsElsewhere(n) && !isGenerated(n, d.Hidden) {
		s.root = readBlock(n, d.Hidden, "block of the document")
	}
	for _, r := range d.Resources {
		if b := readBlocks(r, d.Hidden); b != nil {
			s.blocks[r] = b
			if b.Recursive {
				s.above = append(s.above, b)
			}
		}
	}
	return s, nil
}

func (s *sources) checkProfile() error {
	if s.profile == "" {
		return nil
	}
	var names []string
	if s.file != nil {
		names = s.file.ProfileNames()
	}
	if slices.Contains(names, s.profile) {
		return nil
	}
	return &ProfileError{Profile: s.profile, Known: names, Near: finding.NearestOne(s.profile, names)}
}

// readBlocks reads the block of a resource. /x and /x/ are one, and what they say
// must be the same.
func readBlocks(r *model.Resource, hidden model.Hidden) *block {
	var first *block
	for _, item := range r.Items {
		if item.CORSObject == nil || model.IsElsewhere(item.CORSObject) {
			continue
		}
		b := readBlock(item.CORSObject, hidden, "block of "+item.Key)
		b.path, b.source.OfResource = r.Path, true
		switch {
		case first == nil:
			first = b
		case first.err == nil && b.err == nil && (!reflect.DeepEqual(first.Policy, b.Policy) || first.Recursive != b.Recursive):
			first.err = item.Node.File.Fault(item.CORSObject.Start,
				fmt.Sprintf("the %s says something else than the %s, and API Gateway takes the two for one resource", b.source.Name, first.source.Name),
				"keep one of them, or leave it alone: --exclude "+r.Path)
		}
	}
	return first
}

// isGenerated reports whether all that a block says was generated.
func isGenerated(n *source.Node, hidden model.Hidden) bool {
	return len(n.Members()) > 0 && len(hidden.Members(n)) == 0
}

func readBlock(n *source.Node, hidden model.Hidden, name string) *block {
	read, err := policyread.ReadCORSObject(n, hidden)
	b := &block{CORSObject: read, err: err}
	b.source = &policy.Source{Name: name, File: read.File, Layer: read.Layer}
	return b
}

// of returns the policy of a resource, or the mistakes in the blocks that it is
// made of.
func (s *sources) of(r *model.Resource) (EffectivePolicy, error) {
	rule := s.file.EntryFor(r.Path)
	set := EffectivePolicy{Existing: cmp.Or(s.command, s.existing(rule)), Off: s.off(rule)}
	if set.Off != "" {
		return set, nil
	}
	own, above := s.blocks[r], s.nearestAbove(r)
	for _, b := range []*block{own, above, s.root} {
		if b != nil && b.err != nil {
			return set, b.err
		}
	}
	set.sources = s.ranked(rule, own, above)
	set.Resolved = policy.Resolve(set.sources)
	return set, nil
}

// ranked returns the sources of a policy, the strongest first.
func (s *sources) ranked(rule *policy.ResourceEntry, own, above *block) []*policy.Source {
	list := []*policy.Source{s.flags}
	if rule != nil {
		list = append(list, s.ofRule(rule)...)
	}
	for _, b := range []*block{own, above} {
		if b != nil {
			list = append(list, b.source)
		}
	}
	list = append(list, s.ofFile()...)
	if s.root != nil {
		list = append(list, s.root.source)
	}
	return list
}

// off tells what switches a resource off.
func (s *sources) off(rule *policy.ResourceEntry) string {
	if rule == nil {
		return ""
	}
	if on, said := rule.Enabled.Literal(); !said || on {
		return ""
	}
	return fmt.Sprintf("the rule %s (%s:%d) switches it off", rule.Path, s.file.Name, rule.Position.Line)
}

func (s *sources) ofRule(rule *policy.ResourceEntry) []*policy.Source {
	var list []*policy.Source
	if own, ok := rule.Profiles[s.profile]; ok {
		list = append(list, s.asProfile(fmt.Sprintf("profile %s of rule %s", s.profile, rule.Path), own))
	}
	list = append(list, s.inFile("rule "+rule.Path, rule.Layer))
	for _, source := range list {
		source.OfResource = true
	}
	return list
}

func (s *sources) ofFile() []*policy.Source {
	if s.file == nil {
		return nil
	}
	var list []*policy.Source
	if chosen, ok := s.file.Profiles[s.profile]; ok {
		list = append(list, s.asProfile("profile "+s.profile, chosen))
	}
	return append(list, s.inFile("policy", s.file.Policy))
}

func (s *sources) inFile(name string, l policy.Layer) *policy.Source {
	return &policy.Source{Name: name, File: s.file.Name, Layer: l}
}

func (s *sources) asProfile(name string, l policy.Layer) *policy.Source {
	source := s.inFile(name, l)
	source.IsProfile = true
	return source
}

// nearestAbove returns the block of the nearest resource above that speaks for those
// below it, or nil.
func (s *sources) nearestAbove(r *model.Resource) *block {
	var nearest *block
	for _, b := range s.above {
		if isBelow(r.Path, b.path) && (nearest == nil || len(b.path) > len(nearest.path)) {
			nearest = b
		}
	}
	return nearest
}

// existing returns what becomes of what the author already has, apart from what
// the command line says.
func (s *sources) existing(rule *policy.ResourceEntry) policy.Existing {
	switch {
	case rule != nil && rule.Existing != "":
		return rule.Existing
	case s.file != nil && s.file.Existing != "":
		return s.file.Existing
	}
	return policy.ExistingKeep
}
