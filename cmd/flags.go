package cmd

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// policyFlags are the flags that say who may call what.
type policyFlags struct {
	set *pflag.FlagSet

	origins     []string
	methods     string
	headers     string
	addHeaders  []string
	expose      string
	maxAge      string
	credentials bool
}

func (f *policyFlags) bind(flags *pflag.FlagSet) {
	f.set = pflag.NewFlagSet("policy", pflag.ContinueOnError)
	f.set.SortFlags = false
	f.set.StringArrayVar(&f.origins, "allow-origin", nil, "`ORIGIN` whose pages may call, such as https://app.example.com, https://*.example.com, '*' or stageVariables.origin (repeatable)")
	f.set.StringVar(&f.methods, "allow-methods", "", "`METHODS` that may be called, such as GET,POST (default derived: those of the resource)")
	f.set.StringVar(&f.headers, "allow-headers", "", "request `HEADERS` that may be sent; derived leaves the console's five out, none allows none (default derived and the console's five)")
	f.set.StringArrayVar(&f.addHeaders, "add-header", nil, "request `HEADER` to allow besides those (repeatable)")
	f.set.StringVar(&f.expose, "expose-headers", "", "response `HEADERS` that scripts may read; derived takes those that are declared (default none)")
	f.set.StringVar(&f.maxAge, "max-age", "", "`SECONDS` for which browsers may keep a preflight, 0 to 86400, or -1 (default none)")
	f.set.BoolVar(&f.credentials, "allow-credentials", false, "let calls carry cookies")
	flags.AddFlagSet(f.set)
}

// isSet reports whether a flag says anything.
func (f *policyFlags) isSet() (set bool) {
	f.set.VisitAll(func(flag *pflag.Flag) { set = set || flag.Changed })
	return set
}

// policy returns what the flags say, and nothing about what they do not.
func (f *policyFlags) policy() (policy.Policy, error) {
	p := policy.Policy{AddHeaders: f.addHeaders}
	if f.set.Changed("allow-origin") {
		p.AllowOrigins = policy.Origins(f.origins...)
	}
	p.AllowMethods = f.list("allow-methods", f.methods)
	p.AllowHeaders = f.list("allow-headers", f.headers)
	p.ExposeHeaders = f.list("expose-headers", f.expose)
	if f.set.Changed("allow-credentials") {
		p.AllowCredentials = policy.Literal(f.credentials)
	}
	if !f.set.Changed("max-age") {
		return p, nil
	}
	if f.maxAge == "none" {
		p.MaxAge = policy.None[int]()
		return p, nil
	}
	if policy.IsExpression(f.maxAge) {
		p.MaxAge = policy.Raw[int](f.maxAge)
		return p, nil
	}
	age, err := strconv.Atoi(f.maxAge)
	if err != nil {
		return p, hinted{fmt.Errorf("--max-age: %q is not a number of seconds", f.maxAge), "write --max-age 7200, or --max-age none"}
	}
	p.MaxAge = policy.Literal(age)
	return p, nil
}

// list reads a flag that holds names separated by commas, or a word.
func (f *policyFlags) list(name, value string) policy.Value[[]string] {
	switch {
	case !f.set.Changed(name):
		return policy.Value[[]string]{}
	case value == "none":
		return policy.None[[]string]()
	case value == "derived":
		return policy.Derived()
	case policy.IsExpression(value):
		return policy.Raw[[]string](value)
	}
	names := []string{}
	for _, name := range strings.Split(value, ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return policy.Literal(names)
}

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

// memberFlags are the flags that set the members of a policy, and the mode of
// existing.
var memberFlags = map[string]string{
	"allowOrigins":     "--allow-origin",
	"allowMethods":     "--allow-methods",
	"allowHeaders":     "--allow-headers",
	"addHeaders":       "--add-header",
	"exposeHeaders":    "--expose-headers",
	"maxAge":           "--max-age",
	"allowCredentials": "--allow-credentials",
	"existing":         "--existing",
}
