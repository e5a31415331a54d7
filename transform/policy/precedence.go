package policy

import (
	"fmt"
	"slices"

	"github.com/apigw-cors/apigw-cors/transform/finding"
)

// Layer is what one source says of a policy, and where.
type Layer struct {
	Policy Policy
	Places map[string]finding.Position // of the members that it names
}

// Source is one place that says who may call a resource: the command line, a
// resource entry of the policy file, a CORS block in the document.
type Source struct {
	Name string // as a listing shows it: "command line", "rule /admin"
	File string // that the Places count in; empty where there is none
	Layer

	IsProfile  bool // it was chosen for the occasion
	OfResource bool // it speaks of some resources, and not of the whole API
}

// Resolved is the policy of one resource, and where each of its members comes
// from.
type Resolved struct {
	Policy Policy
	From   map[string]*Source // by member; none for a member that no source names
}

// Resolve puts sources together, the strongest first. Each member is that of the
// strongest source that says anything about it, be it none. Only addHeaders add up,
// down to the source that names allowHeaders: what is weaker has been replaced.
func Resolve(sources []*Source) Resolved {
	r := Resolved{From: map[string]*Source{}}
	for _, s := range sources {
		if !r.Policy.AllowHeaders.IsSet() {
			r.addHeaders(s)
		}
		for _, m := range members {
			if m.adopt(&r.Policy, &s.Policy) {
				r.From[m.Name] = s
			}
		}
	}
	return r
}

func (r *Resolved) addHeaders(s *Source) {
	if len(s.Policy.AddHeaders) == 0 {
		return
	}
	if r.From[MemberAddHeaders] == nil {
		r.From[MemberAddHeaders] = s
	}
	r.Policy.AddHeaders = slices.Concat(r.Policy.AddHeaders, s.Policy.AddHeaders)
}

// Validate reports what is wrong with the policy, as [Policy.Validate] does. Each
// source is right by itself, so what is wrong is that two of them do not go
// together. The errors have the places of the members.
func (r Resolved) Validate() error { return r.placed(r.Policy.Validate()) }

// ValidateForHTTP reports in the same way what cannot be said of an HTTP API, see
// [Policy.ValidateForHTTP].
func (r Resolved) ValidateForHTTP() error { return r.placed(r.Policy.ValidateForHTTP()) }

// placed gives mistakes in members the places of their sources.
func (r Resolved) placed(err error) error {
	for e := range All(err) {
		from, credentials := r.From[e.Member], r.From[MemberAllowCredentials]
		if from != nil && from.File != "" {
			e.File, e.Position = from.File, from.Places[e.Member]
		}
		if (e.Reason == ReasonStarWithCredentials || e.Reason == ReasonWildcardCredentials) && credentials != from && credentials != nil {
			e.Remedy += "; allowCredentials is that of the " + credentials.describe(MemberAllowCredentials)
		}
	}
	return err
}

// describe names a source and the place of a member in it.
func (s *Source) describe(member string) string {
	if s.File == "" {
		return s.Name
	}
	return fmt.Sprintf("%s (%s:%d)", s.Name, s.File, s.Places[member].Line)
}
