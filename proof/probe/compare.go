package probe

import (
	"context"
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

// compare finds what differs between an answer and what the document promises. Of the answers
// that it leaves open, the one counts that comes nearest.
func (r *Row) compare(api *gateway.API) {
	nearest := -1
	for _, want := range promises(api, r.Request) {
		if want.Unknown != nil {
			r.Unknown = want.Unknown
			continue
		}
		if differences := differences(want, r.answer); nearest < 0 || len(differences) < nearest {
			nearest, r.Differences, r.Assumed = len(differences), differences, assumed(want)
		}
	}
	if nearest >= 0 {
		r.Unknown = nil
	}
	if len(r.Differences) == 0 {
		r.Assumed = nil
	}
}

// promises returns the answers that a document leaves open. Over which version of HTTP the
// request reaches what answers it, is nobody's to see from here: a network of caches may stand
// before the stage.
func promises(api *gateway.API, r gateway.Request) []gateway.Answer {
	first := promise(api, r)
	all := []gateway.Answer{first}
	if !first.Varies {
		return all
	}
	for _, spelled := range []gateway.Request{r, proof.InLowerCase(r)} {
		for _, spelled.MissingIsEmpty = range []bool{false, true} {
			all = append(all, promise(api, spelled))
		}
	}
	return all
}

// promise is the answer of a document, as far as it is the document's. What a backend answers
// is not; but the configuration of an HTTP API puts its headers into that too.
func promise(api *gateway.API, r gateway.Request) gateway.Answer {
	a := api.Answer(context.Background(), r, nil)
	if a.Unknown == nil && applied(a, "proxy") {
		if !applied(a, "http-cors") {
			a.Unknown = &gateway.Unknown{Reason: ReasonBackend, Message: "a backend answers the preflight, and what it says is not in the document", Pointer: a.Pointer}
		}
		a.Status = 0 // which is the backend's
	}
	return a
}

func applied(a gateway.Answer, id string) bool {
	return slices.ContainsFunc(a.Steps, func(s gateway.Step) bool { return s.Rule.ID == id })
}

// assumed returns the assumptions that led to an answer, each once.
func assumed(a gateway.Answer) []gateway.Rule {
	var rules []gateway.Rule
	for _, s := range a.Steps {
		if s.Rule.Assumed && !slices.Contains(rules, s.Rule) {
			rules = append(rules, s.Rule)
		}
	}
	return rules
}

func differences(want gateway.Answer, got *answer) []Difference {
	var found []Difference
	if want.Status != 0 && want.Status != got.status {
		found = append(found, Difference{Name: "status", Want: []string{strconv.Itoa(want.Status)}, Got: []string{strconv.Itoa(got.status)}, Pointer: want.Pointer})
	}
	for _, name := range compared {
		w, g := values(want.Header, name), values(got.header, name)
		if !slices.Equal(meaning(name, w), meaning(name, g)) {
			found = append(found, Difference{Name: name, Want: w, Got: g, Pointer: placeOf(want, name)})
		}
	}
	return found
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
		members := set(lower(values))
		return []string{strconv.FormatBool(slices.Contains(members, "origin") || slices.Contains(members, "*"))}
	}
	return values
}

// set returns the members of lists, sorted, each once. A list without members says what none
// says.
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

// placeOf is where the document says what a header of an answer holds: the mapping that gives
// it, else what answers.
func placeOf(a gateway.Answer, name string) string {
	place := a.Pointer
	for _, s := range a.Steps {
		if named, _, ok := strings.Cut(s.Text, ": "); ok && s.Pointer != "" && strings.EqualFold(named, name) {
			place = s.Pointer
		}
	}
	return place
}
