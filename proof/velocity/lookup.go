package velocity

import "strings"

// The objects that API Gateway gives to a template.
type (
	inputObject struct{}
	allParams   struct{}
	fields      []Field
	contextAt   string // a place in $context, with the dot that follows it
	stageObject struct{}
)

func isReserved(name string) bool {
	return name == "input" || name == "context" || name == "stageVariables" || name == "util" || isOfLoop(name)
}

// isOfLoop reports whether a name has a meaning within #foreach.
func isOfLoop(name string) bool { return name == "foreach" || name == "velocityCount" }

// lookup returns what a reference stands for, nil for what there is not.
func (r *renderer) lookup(ref *reference) any {
	var v any
	switch ref.name {
	case "input":
		v = inputObject{}
	case "context":
		v = contextAt("")
	case "stageVariables":
		v = stageObject{}
	case "util", "foreach", "velocityCount":
		r.fail(ref.at, "$%s is not known here", ref.name)
	default:
		v = r.variables[ref.name]
	}
	for _, s := range ref.steps {
		if v == nil {
			return nil
		}
		v = r.take(v, s)
	}
	return v
}

// take goes one step on from a value.
func (r *renderer) take(v any, s step) any {
	switch v := v.(type) {
	case inputObject:
		return r.takeInput(s)
	case allParams:
		switch r.property(s) {
		case "header":
			return fields(r.input.Header)
		case "querystring":
			return fields(r.input.Query)
		case "path":
			return fields(r.input.Path)
		}
	case fields:
		return r.takeField(v, s)
	case stageObject:
		if value, ok := r.input.StageVariables[r.property(s)]; ok {
			return value
		}
		return nil
	case contextAt:
		return r.takeContext(v, s)
	case string:
		return r.callText(v, s)
	case *list:
		return r.callList(v, s)
	}
	r.fail(s.at, "%s is not known here", s.spell())
	return nil
}

func (s step) spell() string {
	switch {
	case s.index != nil:
		return "an index"
	case s.call:
		return "." + s.name + "()"
	}
	return "." + s.name
}

// property returns the name of a property: .name, ["name"] or .get("name").
func (r *renderer) property(s step) string {
	switch {
	case s.index != nil:
		if name, ok := r.value(s.index).(string); ok {
			return name
		}
		r.fail(s.at, "the name of a property is a text")
	case s.call && s.name == "get" && len(s.args) == 1:
		if name, ok := r.value(s.args[0]).(string); ok {
			return name
		}
		r.fail(s.at, "the name of a property is a text")
	case s.call:
		r.fail(s.at, "%s is not known here", s.spell())
	}
	return s.name
}

func (r *renderer) takeField(v fields, s step) any {
	if s.call && s.name == "containsKey" && len(s.args) == 1 {
		return find(v, r.texts(s, []any{r.value(s.args[0])})[0]) != nil
	}
	if value := find(v, r.property(s)); value != nil || !r.input.MissingIsEmpty {
		return value
	}
	return ""
}

// find looks a name up letter by letter. Of several values it is the last.
func find(v fields, name string) any {
	for i := len(v) - 1; i >= 0; i-- {
		if v[i].Name == name {
			return v[i].Value
		}
	}
	return nil
}

func (r *renderer) takeInput(s step) any {
	switch {
	case s.name == "body" && !s.call:
		return r.input.Body
	case s.name == "json" && s.call && len(s.args) == 1 && r.value(s.args[0]) == "$":
		return r.input.Body
	case s.name == "params" && s.call && len(s.args) == 0:
		return allParams{}
	case s.name == "params" && s.call && len(s.args) == 1:
		name := r.texts(s, []any{r.value(s.args[0])})[0]
		for _, place := range []fields{r.input.Path, r.input.Query, r.input.Header} {
			if v := find(place, name); v != nil {
				return v
			}
		}
		return "" // no null, unlike the maps
	}
	r.fail(s.at, "$input%s is not known here", s.spell())
	return nil
}

// takeContext looks a property of $context up, which may have dots in its name.
func (r *renderer) takeContext(at contextAt, s step) any {
	name := string(at) + r.property(s)
	if strings.HasPrefix(name, "responseOverride") || strings.HasPrefix(name, "requestOverride") {
		r.fail(s.at, "an override is assigned, and not read")
	}
	if value, ok := r.input.Context[name]; ok {
		return value
	}
	r.spend(s.at, len(r.input.Context))
	for known := range r.input.Context {
		if strings.HasPrefix(known, name+".") {
			return contextAt(name + ".")
		}
	}
	return nil
}
