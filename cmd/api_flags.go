package cmd

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// apiFlags are the flags that say what an API is like beyond its document.
type apiFlags struct {
	stageVariables []string
	basePath       string
}

func (f *apiFlags) bind(flags *pflag.FlagSet) {
	flags.StringArrayVar(&f.stageVariables, "stage-variable", nil, "`NAME=VALUE` of a stage variable (repeatable)")
	flags.StringVar(&f.basePath, "basepath", string(gateway.BasePathIgnore), "what the import does with the document's base path: `MODE` ignore, prepend or split")
}

// options returns what the flags say, for an API of a kind.
func (f *apiFlags) options(kind gateway.Kind) (gateway.Options, error) {
	o := gateway.Options{Kind: kind, BasePath: gateway.BasePath(f.basePath), StageVariables: map[string]string{}}
	switch o.BasePath {
	case gateway.BasePathIgnore, gateway.BasePathPrepend, gateway.BasePathSplit:
	default:
		return o, usage(fmt.Errorf("--basepath: %q is unknown (accepted: ignore, prepend, split)", f.basePath))
	}
	var errs []error
	for _, setting := range f.stageVariables {
		name, value, ok := strings.Cut(setting, "=")
		if !ok || name == "" {
			errs = append(errs, hinted{fmt.Errorf("--stage-variable: %q has no name and value", setting), "write --stage-variable NAME=VALUE, such as --stage-variable origin=https://app.example.com"})
			continue
		}
		o.StageVariables[name] = value
	}
	if err := errors.Join(errs...); err != nil {
		return o, usage(err)
	}
	return o, nil
}
