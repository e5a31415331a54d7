package cmd

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// policyFlags are the flags that say who may call what: one for each member of a policy.
type policyFlags struct{ set *pflag.FlagSet }

// usages are what help tells of the flag of each member.
var usages = map[string]string{
	"allow-origin":      "`ORIGIN` whose pages may call, such as https://app.example.com, https://*.example.com, '*' or stageVariables.origin (repeatable)",
	"allow-methods":     "`METHODS` that may be called, such as GET,POST (default derived: those of the resource)",
	"allow-headers":     "request `HEADERS` that may be sent; derived leaves the console's five out, none allows none (default derived and the console's five)",
	"add-header":        "request `HEADER` to allow besides those (repeatable)",
	"expose-headers":    "response `HEADERS` that scripts may read; derived takes those that are declared (default none)",
	"max-age":           "`SECONDS` for which browsers may keep a preflight, 0 to 86400, or -1 (default none)",
	"allow-credentials": "let calls carry cookies",
}

func (f *policyFlags) bind(flags *pflag.FlagSet) {
	f.set = pflag.NewFlagSet("policy", pflag.ContinueOnError)
	f.set.SortFlags = false
	for m := range policy.Members() {
		_, isBool := m.In(new(policy.Policy)).(*policy.Value[bool])
		switch {
		case isBool:
			f.set.Bool(m.Flag, false, usages[m.Flag])
		case m.Repeated:
			f.set.StringArray(m.Flag, nil, usages[m.Flag])
		default:
			f.set.String(m.Flag, "", usages[m.Flag])
		}
	}
	flags.AddFlagSet(f.set)
}

// isSet reports whether a flag says anything.
func (f *policyFlags) isSet() (set bool) {
	f.set.VisitAll(func(flag *pflag.Flag) { set = set || flag.Changed })
	return set
}

// policy returns what the flags say, and nothing about what they do not.
func (f *policyFlags) policy() (policy.Policy, error) {
	var p policy.Policy
	for m := range policy.Members() {
		if !f.set.Changed(m.Flag) {
			continue
		}
		if err := f.read(m, &p); err != nil {
			return p, err
		}
	}
	return p, nil
}

// read gives a member what its flag says.
func (f *policyFlags) read(m policy.Member, p *policy.Policy) (err error) {
	switch to := m.In(p).(type) {
	case *[]string:
		*to, err = f.set.GetStringArray(m.Flag)
	case *policy.Value[[]string]:
		*to, err = f.list(m)
	case *policy.Value[int]:
		*to, err = f.seconds(m)
	case *policy.Value[bool]:
		var allow bool
		allow, err = f.set.GetBool(m.Flag)
		*to = policy.Literal(allow)
	}
	return err
}

// list reads a flag that is given once for each entry, or one that holds names separated by
// commas, or a word.
func (f *policyFlags) list(m policy.Member) (policy.Value[[]string], error) {
	if m.Repeated {
		entries, err := f.set.GetStringArray(m.Flag)
		return policy.Origins(entries...), err
	}
	value, err := f.set.GetString(m.Flag)
	switch {
	case value == "none":
		return policy.None[[]string](), err
	case value == "derived":
		return policy.Derived(), err
	case policy.IsExpression(value):
		return policy.Raw[[]string](value), err
	}
	names := []string{}
	for _, name := range strings.Split(value, ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return policy.Literal(names), err
}

// seconds reads a flag that holds a number of seconds, or a word.
func (f *policyFlags) seconds(m policy.Member) (policy.Value[int], error) {
	text, err := f.set.GetString(m.Flag)
	switch {
	case err != nil:
		return policy.Value[int]{}, err
	case text == "none":
		return policy.None[int](), nil
	case policy.IsExpression(text):
		return policy.Raw[int](text), nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return policy.Value[int]{}, hinted{fmt.Errorf("--%s: %q is not a number of seconds", m.Flag, text), fmt.Sprintf("write --%s 7200, or --%[1]s none", m.Flag)}
	}
	return policy.Seconds(n), nil
}

// flagOf returns the flag that sets a member of a policy, or the mode of existing, and
// nothing for a mistake that is about neither.
func flagOf(member string) string {
	flag := cmp.Or(policy.MemberNamed(member).Flag, member)
	if flag == "" {
		return ""
	}
	return "--" + flag
}
