package policyread

import (
	"bytes"
	"errors"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

var fileKeys = []string{"api", "policy", "profiles", "resources", "emit", "existing", "lint"}

// ParseFile reads a policy file, YAML or JSON. The error joins an [*policy.Error] for every
// mistake, or is a [*finding.PlaceError] where the text cannot be read at all. With
// an error, what could be read is returned, or nil.
func ParseFile(name string, src []byte) (*policy.File, error) {
	const start = "start one with: apigw-cors config init"
	switch {
	case len(bytes.TrimSpace(src)) == 0:
		return nil, &finding.PlaceError{File: name, Message: "the policy file is empty", Hint: start}
	case onlyComments(src):
		return nil, &finding.PlaceError{File: name, Message: "the policy file says nothing", Hint: start}
	}
	parsed, err := source.Parse(name, src)
	if err != nil {
		return nil, err
	}
	if parsed.Broken != nil {
		return nil, parsed.Broken
	}
	root := parsed.Root
	if root.IsNull() {
		return nil, &finding.PlaceError{File: name, Message: "the policy file says nothing", Hint: start}
	}
	for _, key := range []string{"openapi", "swagger"} {
		if m, ok := root.Member(key); ok {
			return nil, parsed.Fault(m.Key.Start, "this is an OpenAPI document and no policy file", start)
		}
	}
	r := &reader{file: parsed}
	f := &policy.File{Name: name}
	for _, m := range r.members(root, "", "policy: {allowOrigins: [https://app.example.com]}", fileKeys) {
		r.fileMember(f, m)
	}
	r.checkDuplicates(f.Resources)
	return f, policy.Sorted(errors.Join(r.errs...))
}

func onlyComments(src []byte) bool {
	for line := range bytes.Lines(src) {
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' {
			return false
		}
	}
	return true
}

func (r *reader) fileMember(f *policy.File, m source.Member) {
	switch m.Name() {
	case "api":
		f.API = r.word(m, "", "rest", "http", "auto")
	case "existing":
		f.Existing = policy.Existing(r.word(m, "", policy.ExistingModes()...))
	case "policy":
		f.Policy = r.layer(m.Value, "policy")
	case "profiles":
		f.Profiles = r.profiles(m.Value, "profiles")
	case "resources":
		f.Resources = r.resources(m.Value)
	case "emit":
		f.Emit = r.emit(m.Value)
	case "lint":
		f.Disable = r.disabled(m.Value)
	}
}

// disabled reads the ids of the rules that lint leaves out. Which are known is the caller's
// to judge.
func (r *reader) disabled(n *source.Node) []policy.KeyValue {
	const example = "disable: [gateway-response-bare]"
	var list []policy.KeyValue
	for _, m := range r.members(n, "lint", example, []string{"disable"}) {
		if m.Value.Kind != source.Seq {
			r.wrong(m.Value, "lint", m.Name(), m.Value.Excerpt(), policy.ReasonNotAList, "write a list such as {"+example+"}")
			continue
		}
		for _, item := range m.Value.Items() {
			if !item.IsString() {
				r.wrong(item, "lint", m.Name(), item.Excerpt(), policy.ReasonNotAText, "write the id of a rule; apigw-cors rules lists them")
				continue
			}
			list = append(list, policy.KeyValue{
				Key: m.Name(), Value: item.Text(),
				KeyPosition: r.file.Position(m.Key.Start), Position: r.file.Position(item.Start),
			})
		}
	}
	return list
}

func (r *reader) profiles(n *source.Node, in string) map[string]policy.Layer {
	if n.Kind != source.Map {
		r.wrong(n, in, "", n.Excerpt(), policy.ReasonNotAnObject, `write an object such as {dev: {allowOrigins: ["http://localhost:3000"]}}`)
		return nil
	}
	profiles := map[string]policy.Layer{}
	for _, m := range n.Members() {
		if _, dup := profiles[m.Name()]; dup {
			r.wrong(m.Key, in, "", m.Name(), policy.ReasonDuplicateKey, "keep one of the two")
			continue
		}
		profiles[m.Name()] = r.layer(m.Value, in+"."+m.Name())
	}
	return profiles
}

func (r *reader) emit(n *source.Node) []policy.KeyValue {
	if n.Kind != source.Map {
		r.wrong(n, "emit", "", n.Excerpt(), policy.ReasonNotAnObject, "write an object such as {status: 204}")
		return nil
	}
	var list []policy.KeyValue
	seen := map[string]bool{}
	for _, m := range n.Members() {
		switch {
		case seen[m.Name()]:
			r.wrong(m.Key, "emit", "", m.Name(), policy.ReasonDuplicateKey, "keep one of the two")
		case m.Value.Kind != source.Scalar || m.Value.IsNull():
			r.wrong(m.Value, "emit", m.Name(), m.Value.Excerpt(), policy.ReasonNotAText, "write one word or number")
		default:
			list = append(list, policy.KeyValue{
				Key: m.Name(), Value: m.Value.Text(),
				KeyPosition: r.file.Position(m.Key.Start), Position: r.file.Position(m.Value.Start),
			})
		}
		seen[m.Name()] = true
	}
	return list
}
