package transform

import (
	"errors"
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/policyread"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// Config is a policy file with what it says of what is written.
type Config struct {
	File *policy.File
	Emit Emit
}

// ReadConfig reads a policy file. name is used in messages. The errors are
// [*policy.Error] and, for what cannot be read at all, a [*PlaceError]; they tell
// every mistake at once.
func ReadConfig(name string, src []byte) (*Config, error) {
	file, err := policyread.ParseFile(name, src)
	if file == nil {
		return nil, err
	}
	c := &Config{File: file}
	errs := []error{err}
	for _, s := range file.Emit {
		var wrong *OptionError
		if errors.As(c.Emit.Set(s.Key, s.Value), &wrong) {
			errs = append(errs, placed(name, s, wrong))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, policy.Sorted(err)
	}
	return c, nil
}

// placed gives a mistake in a key of emit its place in the policy file.
func placed(name string, s policy.KeyValue, wrong *OptionError) error {
	e := &policy.Error{
		File: name, Position: s.Position, In: "emit", Member: s.Key, Value: s.Value,
		Reason: policy.ReasonUnknownWord, Remedy: "write one of " + strings.Join(wrong.Accepted, ", "),
	}
	if wrong.UnknownKey {
		e.Position, e.Member, e.Value, e.Reason = s.KeyPosition, "", s.Key, policy.ReasonUnknownKey
	}
	if wrong.Near != "" {
		e.Remedy = fmt.Sprintf("did you mean %q?", wrong.Near)
	}
	return e
}
