package cmd

import (
	"errors"
	"fmt"
	"slices"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/lint"
	"github.com/apigw-cors/apigw-cors/transform/policy"
	"github.com/spf13/pflag"
)

// bindDisable binds the flag for rules that are left out.
func bindDisable(flags *pflag.FlagSet, ids *[]string) {
	flags.StringSliceVar(ids, "disable", nil, "`IDs` of rules to leave out (repeatable)")
}

// knownRules refuses ids of a flag that no rule has.
func knownRules(ids []string) error {
	for _, id := range ids {
		if err := knownRule(id); err != nil {
			return fmt.Errorf("--disable: %w", err)
		}
	}
	return nil
}

// disableIn leaves out the rules that a policy file disables.
func disableIn(o *lint.Options, config *transform.Config) error {
	var errs []error
	o.Disable = slices.Clone(o.Disable)
	for _, s := range config.File.Disable {
		errs = append(errs, knownIn(config.File.Name, s))
		o.Disable = append(o.Disable, s.Value)
	}
	return errors.Join(errs...)
}

// knownIn refuses an id in a policy file that no rule has.
func knownIn(file string, s policy.KeyValue) error {
	_, near, ok := lint.Find(s.Value)
	if ok {
		return nil
	}
	e := &policy.Error{File: file, Position: s.Position, In: "lint", Member: s.Key, Value: s.Value, Reason: policy.ReasonUnknownWord, Remedy: "apigw-cors rules lists the rules"}
	if near != "" {
		e.Remedy = fmt.Sprintf("did you mean %q?", near)
	}
	return e
}

// knownRule refuses an id that no rule has.
func knownRule(id string) error {
	_, near, ok := lint.Find(id)
	if ok {
		return nil
	}
	return unknownRule(id, near)
}

func unknownRule(id, near string) error {
	hint := "apigw-cors rules lists them"
	if near != "" {
		hint = "did you mean " + near + "?"
	}
	return hinted{fmt.Errorf("there is no rule %q", id), hint}
}
