package velocity

import (
	"strconv"
	"strings"
)

// override sets an override, each once. A null sets none.
func (r *renderer) override(s set, v any) {
	names := r.names(s.target.steps)
	list := r.overridden(s, names)
	switch {
	case v == nil:
	case list == nil:
		r.overrideStatus(s, v)
	default:
		name, fold := names[2], names[1] == "header"
		for _, f := range *list {
			if f.Name == name || fold && strings.EqualFold(f.Name, name) {
				r.failTwice(s.at, "the %s %q is overridden twice, which API Gateway answers with 5XX", names[1], name)
			}
		}
		*list = append(*list, Field{name, r.textOf(s.at, v)})
	}
}

// overridden returns the list that an override goes to, nil for the status.
func (r *renderer) overridden(s set, names []string) *[]Field {
	if s.target.name == "context" {
		place := strings.Join(names[:min(2, len(names))], ".")
		switch {
		case place == "responseOverride.status" && len(names) == 2:
			return nil
		case place == "responseOverride.header" && len(names) == 3:
			return &r.out.Header
		case place == "requestOverride.header" && len(names) == 3:
			return &r.out.Request.Header
		case place == "requestOverride.querystring" && len(names) == 3:
			return &r.out.Request.Query
		case place == "requestOverride.path" && len(names) == 3:
			return &r.out.Request.Path
		}
	}
	r.fail(s.at, "%s cannot be assigned", s.target.source)
	return nil
}

// overrideStatus overrides the status. What is none is ignored.
func (r *renderer) overrideStatus(s set, v any) {
	status, err := strconv.Atoi(r.textOf(s.at, v))
	if r.out.Status != 0 {
		r.failTwice(s.at, "the status is overridden twice, which API Gateway answers with 5XX")
	}
	if err == nil && 100 <= status && status <= 599 {
		r.out.Status = status
	}
}

func (r *renderer) failTwice(at int, format string, args ...any) {
	err := errorAt(r.src, at, format, args...)
	err.OverriddenTwice = true
	panic(failure{err})
}

// names returns the names of properties, which may be given as indexes.
func (r *renderer) names(steps []step) []string {
	var names []string
	for _, s := range steps {
		if s.call {
			r.fail(s.at, "a call cannot be assigned to")
		}
		names = append(names, r.property(s))
	}
	return names
}
