package probe

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/proof"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// Names of the headers that are compared.
const (
	allowMethods  = "Access-Control-Allow-Methods"
	allowHeaders  = "Access-Control-Allow-Headers"
	exposeHeaders = "Access-Control-Expose-Headers"
	vary          = "Vary"
)

var compared = []string{
	"Access-Control-Allow-Origin", allowMethods, allowHeaders, "Access-Control-Allow-Credentials", "Access-Control-Max-Age", exposeHeaders, vary,
}

// compare finds what differs between a response and what the document promises. Of the responses
// that it leaves open, the one counts that comes nearest.
func (r *Row) compare(api *gateway.API) {
	compared := false
	for _, want := range promises(api, r.Preflight) {
		if want.Unknown != nil {
			r.Unknown = want.Unknown
			continue
		}
		if found := want.differences(r.response); !compared || len(found) < len(r.Differences) {
			compared, r.Differences, r.Assumed = true, found, want.assumed()
		}
	}
	if compared {
		r.Unknown = nil
	}
	if len(r.Differences) == 0 {
		r.Assumed = nil
	}
}

// promise is a response that a document promises.
type promise struct {
	gateway.Response
	routed bool // through the backend of an HTTP API: only what its configuration sets is promised
}

// promises returns the responses that a document leaves open. Over which version of HTTP the
// request reaches what responds is nobody's to see from here: a network of caches may be
// before the stage.
func promises(api *gateway.API, r gateway.Request) []promise {
	first := newPromise(api, r)
	if !first.Varies {
		return []promise{first}
	}
	var all []promise
	for _, r := range []gateway.Request{r, proof.InLowerCase(r)} {
		for _, empty := range []bool{false, true} {
			r.MissingIsEmpty = empty
			all = append(all, newPromise(api, r))
		}
	}
	return all
}

func newPromise(api *gateway.API, r gateway.Request) promise {
	p := promise{Response: api.Respond(context.Background(), r, nil)}
	if p.Unknown == nil {
		p.Unknown = p.unsendable()
	}
	if p.Unknown != nil || !p.applied(gateway.BehaviourProxy) {
		return p
	}
	if p.routed = p.applied(gateway.BehaviourHTTPCORS); !p.routed {
		p.Unknown = &gateway.Unknown{Reason: ReasonBackend, Message: "a backend answers the preflight, and what it says is not in the document", Pointer: p.Pointer}
	}
	return p
}

// unsendable returns what of a response HTTP cannot carry, so that no server responds like this.
func (p promise) unsendable() *gateway.Unknown {
	if p.Status < 200 || p.Status > 999 {
		return &gateway.Unknown{Reason: gateway.ReasonUnreadable, Message: fmt.Sprintf("the document says status %d, and no answer has it", p.Status), Pointer: p.Pointer}
	}
	for _, f := range p.Header {
		if strings.ContainsAny(f.Value, "\x00\r\n") {
			return &gateway.Unknown{Reason: gateway.ReasonUnreadable, Message: fmt.Sprintf("the document says %q for %s, which no header can hold", f.Value, f.Name), Pointer: p.placeOf(f.Name)}
		}
	}
	return nil
}

func (p promise) applied(b gateway.Behaviour) bool {
	return slices.ContainsFunc(p.Steps, func(s gateway.Step) bool { return s.Behaviour == b })
}

// assumed returns the assumptions that led to a response, each once.
func (p promise) assumed() []gateway.Behaviour {
	var rules []gateway.Behaviour
	for _, s := range p.Steps {
		if s.Behaviour.Assumed && !slices.Contains(rules, s.Behaviour) {
			rules = append(rules, s.Behaviour)
		}
	}
	return rules
}

func (p promise) differences(got *response) []Difference {
	var found []Difference
	if !p.routed && p.Status != got.status {
		found = append(found, Difference{Name: "status", Want: []string{strconv.Itoa(p.Status)}, Got: []string{strconv.Itoa(got.status)}, Pointer: p.Pointer})
	}
	for _, name := range compared {
		want, got := values(p.Header, name), values(got.header, name)
		if name == vary && (p.routed || !variesByOrigin(want)) {
			continue // what is before a stage may add it, which does no harm
		}
		if !slices.Equal(meaning(name, want), meaning(name, got)) {
			found = append(found, Difference{Name: name, Want: want, Got: got, Pointer: p.placeOf(name)})
		}
	}
	return found
}

// placeOf is where the document sets the value of a header: the mapping that gives it, else
// what responds.
func (p promise) placeOf(name string) string {
	place := p.Pointer
	for _, s := range p.Steps {
		if named, _, ok := strings.Cut(s.Text, ": "); ok && s.Pointer != "" && strings.EqualFold(named, name) {
			place = s.Pointer
		}
	}
	return place
}

// values returns those of the fields of a header, without the blanks around them, which are
// not of a value (RFC 9110, section 5.5).
func values(header []gateway.Field, name string) []string {
	found := []string{}
	for _, f := range header {
		if strings.EqualFold(f.Name, name) {
			found = append(found, strings.Trim(f.Value, " \t\r\n"))
		}
	}
	return found
}

// meaning is what of the values of a header makes a difference: of a list its members, in
// whatever order; of Vary whether it has Origin.
func meaning(name string, values []string) []string {
	switch name {
	case allowMethods:
		return set(values)
	case allowHeaders, exposeHeaders:
		return set(lower(values))
	case vary:
		return []string{strconv.FormatBool(variesByOrigin(values))}
	}
	return values
}

// variesByOrigin reports whether values of Vary name Origin.
func variesByOrigin(values []string) bool {
	members := set(lower(values))
	return slices.Contains(members, "origin") || slices.Contains(members, "*")
}

// set returns the members of lists, sorted, each once. A list without members is as good as
// none.
func set(values []string) []string {
	var members []string
	for _, value := range values {
		for part := range strings.SplitSeq(value, ",") {
			if part = strings.Trim(part, " \t"); part != "" {
				members = append(members, part)
			}
		}
	}
	slices.Sort(members)
	return slices.Compact(members)
}

func lower(values []string) []string {
	list := make([]string, len(values))
	for i, value := range values {
		list[i] = strings.ToLower(value)
	}
	return list
}
