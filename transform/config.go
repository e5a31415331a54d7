package transform

import (
	"errors"

	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// Config is a policy file with what it says of what is written.
type Config struct {
	File *policy.File
	Emit Emit
}

// ReadConfig reads a policy file. name is used in messages. The errors are
// [*policy.Error] and, for what cannot be read at all, [*PlaceError]; they tell every
// mistake at once.
func ReadConfig(name string, src []byte) (*Config, error) {
	file, err := policy.ParseFile(name, src)
	if file == nil {
		return nil, err
	}
	c := &Config{File: file}
	errs := []error{err}
	for _, s := range file.Emit {
		var wrong *SettingError
		if errors.As(c.Emit.Set(s.Key, s.Value), &wrong) {
			errs = append(errs, placed(name, s, wrong))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return c, nil
}

// placed gives a mistake in a setting its place in the policy file.
func placed(name string, s policy.Setting, wrong *SettingError) error {
	e := &PlaceError{File: name, Position: s.Position, Message: "emit." + wrong.Error()}
	if wrong.UnknownKey {
		e.Position, e.Message = s.KeyPosition, "emit: "+wrong.Error()
	}
	return e
}
