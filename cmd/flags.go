package cmd

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// optionFlags are the flags that say what is enabled and what is written.
type optionFlags struct {
	api       string
	selection transform.Selection
	existing  string
	emit      []string
	file      policyFileFlags
}

func (f *optionFlags) bind(flags *pflag.FlagSet) {
	f.bindWithoutMethods(flags)
	flags.StringArrayVar(&f.selection.Methods, "method", nil, "`METHOD` to enable, such as GET or ANY (repeatable; default all)")
}

// bindWithoutMethods leaves --method to commands for which it is something else.
func (f *optionFlags) bindWithoutMethods(flags *pflag.FlagSet) {
	flags.StringVar(&f.api, "api", "", "kind of `API` that the document is for: rest, http or auto (default auto: what in the document tells)")
	bindSelection(flags, &f.selection, "enable")
	flags.StringVar(&f.existing, "existing", "", "what becomes of an OPTIONS and of CORS headers that are there: `MODE` keep, complete, replace, replace-any or error (default keep)")
	f.file.bind(flags)
	flags.StringArrayVar(&f.emit, "set", nil, "`KEY=VALUE` for what is written: "+strings.Join(transform.EmitKeys(), ", "))
}

// bindSelection makes the flags that choose resources. verb is what happens to
// them.
func bindSelection(flags *pflag.FlagSet, s *transform.Selection, verb string) {
	flags.StringArrayVar(&s.Resources, "resource", nil, "`PATH` to "+verb+", such as /pets, without what is below it (repeatable; default all)")
	flags.BoolVar(&s.Recursive, "recursive", false, verb+" what is below the resources as well")
	flags.StringArrayVar(&s.Exclude, "exclude", nil, "`PATH` to leave alone, with all that is below it (repeatable)")
}

// checkSelection refuses flags that say nothing together.
func checkSelection(s transform.Selection) error {
	if s.Recursive && len(s.Resources) == 0 {
		return hinted{errors.New("--recursive says nothing without --resource"), "without --resource every resource is chosen"}
	}
	return nil
}

// options returns the options for a document, which its policy file has a say in.
func (f *optionFlags) options(document string) (transform.Options, error) {
	o := transform.Options{Selection: f.selection, Profile: f.file.profile}
	config, err := f.file.forDocument(document)
	if err != nil {
		return o, err
	}
	if config != nil {
		o.File, o.Emit = config.File, config.Emit
	}
	o.Existing, err = policy.ParseExisting(f.existing)
	if f.api != "" {
		var unknown error
		if o.API, unknown = transform.ParseAPI(f.api); unknown != nil {
			err = errors.Join(err, fmt.Errorf("--%w", unknown))
		}
	}
	return o, errors.Join(err, f.set(&o.Emit), checkSelection(f.selection))
}

// set applies the settings of --set.
func (f *optionFlags) set(emit *transform.Emit) error {
	var errs []error
	for _, setting := range f.emit {
		key, value, ok := strings.Cut(setting, "=")
		if !ok {
			errs = append(errs, hinted{fmt.Errorf("--set: %q has no value", setting), "write --set KEY=VALUE, such as --set status=204"})
			continue
		}
		if err := emit.Set(key, value); err != nil {
			errs = append(errs, fmt.Errorf("--set: %w", err))
		}
	}
	return errors.Join(errs...)
}
