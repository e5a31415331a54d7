package cmd

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"github.com/apigw-cors/apigw-cors/proof"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
	"github.com/apigw-cors/apigw-cors/transform/finding"
)

// apiFlags are the flags that say what an API is like beyond its document.
type apiFlags struct {
	stageVariables stageVariables
	basePath       string
}

func (f *apiFlags) bind(flags *pflag.FlagSet) {
	f.stageVariables.bind(flags)
	flags.StringVar(&f.basePath, "basepath", string(gateway.BasePathIgnore), "what the import does with the document's base path: `MODE` ignore, prepend or split")
}

// subject is a document that is proved: as enable would write it where something says who may
// call, else as it is.
type subject struct {
	name   string // in messages
	kind   gateway.APIType
	api    *gateway.API
	locate proof.Locate // where its pointers lead
}

// open reads the document with the name that was given on the command line.
func (f *apiFlags) open(policy *policyFlags, options *optionFlags, name string, s Streams) (subject, error) {
	d, err := parse(name, s)
	if err != nil {
		return subject{}, err
	}
	e, err := asEnabled(policy, options, name, d, s)
	if err != nil {
		return subject{}, coded(err)
	}
	place := finding.Plain(shown(name))
	if e.doc != d {
		place += " as enabled"
	}
	o, err := f.options(gateway.APIType(e.api))
	if err != nil {
		return subject{}, err
	}
	if e.policies != nil {
		if o.Policies, err = e.policies(); err != nil {
			return subject{}, coded(err)
		}
	}
	api, err := gateway.Read(e.doc.Source(), o)
	if err != nil {
		return subject{}, failed(fmt.Errorf("%s: %w", place, err))
	}
	return subject{place, o.APIType, api, func(pointer string) string {
		at, ok := e.doc.Position(pointer)
		if !ok {
			return ""
		}
		return fmt.Sprintf("%s:%d:%d", place, at.Line, at.Column)
	}}, nil
}

// options returns what the flags say, for an API of a kind.
func (f *apiFlags) options(kind gateway.APIType) (gateway.Options, error) {
	o := gateway.Options{APIType: kind, BasePath: gateway.BasePath(f.basePath)}
	switch o.BasePath {
	case gateway.BasePathIgnore, gateway.BasePathPrepend, gateway.BasePathSplit:
	default:
		return o, usage(fmt.Errorf("--basepath: %q is unknown (accepted: ignore, prepend, split)", f.basePath))
	}
	var err error
	o.StageVariables, err = f.stageVariables.values()
	return o, err
}

// stageVariables are NAME=VALUE each, as they were given.
type stageVariables []string

func (v *stageVariables) bind(flags *pflag.FlagSet) {
	flags.StringArrayVar((*[]string)(v), "stage-variable", nil, "`NAME=VALUE` of a stage variable (repeatable)")
}

// values are those of the variables, by name.
func (v stageVariables) values() (map[string]string, error) {
	values := map[string]string{}
	var errs []error
	for _, setting := range v {
		name, value, ok := strings.Cut(setting, "=")
		if !ok || name == "" {
			errs = append(errs, hinted{fmt.Errorf("--stage-variable: %q has no name and value", setting), "write --stage-variable NAME=VALUE, such as --stage-variable origin=https://app.example.com"})
			continue
		}
		values[name] = value
	}
	if err := errors.Join(errs...); err != nil {
		return nil, usage(err)
	}
	return values, nil
}
