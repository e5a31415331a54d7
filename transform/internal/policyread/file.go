package policyread

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// The keys of a policy file and of a rule.
var (
	fileKeys = []string{"api", "policy", "profiles", "resources", "emit", "existing", "lint"}
	ruleKeys = []string{"path", keyRecursive, "enabled", "existing", "policy", "profiles"}
)

const ruleExample = "path: /admin"

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
	r.checkDuplicates(f.Rules)
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
		f.Rules = r.rules(m.Value)
	case "emit":
		f.Emit = r.settings(m.Value)
	case "lint":
		f.Disable = r.disabled(m.Value)
	}
}

// disabled reads the rules that lint leaves out. Which there are is the caller's to judge.
func (r *reader) disabled(n *source.Node) []policy.Setting {
	const example = "disable: [gateway-response-bare]"
	var list []policy.Setting
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
			list = append(list, policy.Setting{
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

func (r *reader) rules(n *source.Node) []policy.Rule {
	if n.Kind != source.Seq {
		r.wrong(n, "resources", "", n.Excerpt(), policy.ReasonNotAList, "write a list of rules, such as [{"+ruleExample+", enabled: false}]")
		return nil
	}
	var rules []policy.Rule
	for i, item := range n.Items() {
		rules = append(rules, r.rule(item, fmt.Sprintf("resources[%d]", i)))
	}
	return rules
}

func (r *reader) rule(n *source.Node, in string) policy.Rule {
	rule := policy.Rule{Position: r.file.Position(n.Start)}
	before := len(r.errs)
	members := r.members(n, in, ruleExample+", enabled: false", ruleKeys)
	if path := n.Get("path").Text(); path != "" {
		in += " (" + path + ")"
	}
	for _, m := range members {
		r.ruleMember(&rule, m, in)
	}
	switch {
	case len(r.errs) > before: // what is missing may be what is wrong
	case n.Get("path") == nil:
		r.wrong(n, in, "path", "", policy.ReasonNoValue, "write the path of a resource, such as "+ruleExample)
	case !saysSomething(n):
		r.wrong(n, in, "", n.Excerpt(), policy.ReasonSaysNothing, "write policy, enabled or existing in it, or take it out")
	}
	return rule
}

// saysSomething reports whether a rule has more than what tells where it holds.
func saysSomething(n *source.Node) bool {
	return slices.ContainsFunc(n.Members(), func(m source.Member) bool { return m.Name() != "path" && m.Name() != keyRecursive })
}

func (r *reader) ruleMember(rule *policy.Rule, m source.Member, in string) {
	switch m.Name() {
	case "path":
		rule.Path = r.path(m, in)
	case keyRecursive:
		rule.Recursive, _ = r.boolean(m, in, false).Literal()
	case "enabled":
		rule.Enabled = r.boolean(m, in, false)
	case "existing":
		rule.Existing = policy.Existing(r.word(m, in, policy.ExistingModes()...))
	case "policy":
		rule.Layer = r.layer(m.Value, in+".policy")
	case "profiles":
		rule.Profiles = r.profiles(m.Value, in+".profiles")
	}
}

// path reads the path of a rule. It names one resource, and is no pattern.
func (r *reader) path(m source.Member, in string) string {
	text := m.Value.Text()
	bare := strings.TrimRight(text, "/*")
	switch {
	case m.Value.Kind != source.Scalar:
		r.wrong(m.Value, in, "path", m.Value.Excerpt(), policy.ReasonNotAText, "write one path, and a rule for each other")
	case m.Value.IsNull() || text == "":
		r.wrong(m.Value, in, "path", text, policy.ReasonNoValue, "write the path of a resource, such as "+ruleExample)
	case !strings.HasPrefix(text, "/"):
		r.wrong(m.Value, in, "path", text, policy.ReasonPathForm, fmt.Sprintf("write %q", "/"+text))
	case strings.Contains(text, "*") && !strings.Contains(bare, "*"):
		r.wrong(m.Value, in, "path", text, policy.ReasonPathForm, fmt.Sprintf("write %q with recursive: true", cmp.Or(bare, "/")))
	case strings.Contains(text, "*"):
		r.wrong(m.Value, in, "path", text, policy.ReasonPathForm, "write a path of the document; a rule with recursive: true holds for all below it")
	default:
		return text
	}
	return ""
}

// checkDuplicates notes rules for one and the same resource.
func (r *reader) checkDuplicates(rules []policy.Rule) {
	seen := map[string]bool{}
	for i, rule := range rules {
		path := model.ResourcePath(rule.Path)
		if rule.Path != "" && seen[path] {
			r.errs = append(r.errs, &policy.Error{
				File: r.file.Name, Position: rule.Position, In: fmt.Sprintf("resources[%d]", i),
				Member: "path", Value: rule.Path, Reason: policy.ReasonDuplicateRule, Remedy: "write one rule for it",
			})
		}
		seen[path] = true
	}
}

func (r *reader) settings(n *source.Node) []policy.Setting {
	if n.Kind != source.Map {
		r.wrong(n, "emit", "", n.Excerpt(), policy.ReasonNotAnObject, "write an object such as {status: 204}")
		return nil
	}
	var list []policy.Setting
	seen := map[string]bool{}
	for _, m := range n.Members() {
		switch {
		case seen[m.Name()]:
			r.wrong(m.Key, "emit", "", m.Name(), policy.ReasonDuplicateKey, "keep one of the two")
		case m.Value.Kind != source.Scalar || m.Value.IsNull():
			r.wrong(m.Value, "emit", m.Name(), m.Value.Excerpt(), policy.ReasonNotAText, "write one word or number")
		default:
			list = append(list, policy.Setting{
				Key: m.Name(), Value: m.Value.Text(),
				KeyPosition: r.file.Position(m.Key.Start), Position: r.file.Position(m.Value.Start),
			})
		}
		seen[m.Name()] = true
	}
	return list
}
