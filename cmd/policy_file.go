package cmd

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/pflag"

	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/lint"
)

// policyFileName is the name under which a policy file is found beside a document.
const policyFileName = "apigw-cors.yaml"

// policyFileFlags say which policy file holds, and which of its profiles.
type policyFileFlags struct {
	path    string
	profile string
}

func (f *policyFileFlags) bind(flags *pflag.FlagSet) {
	flags.StringVar(&f.path, "config", "", "policy `FILE` (default "+policyFileName+" beside the document, if there is one)")
	flags.StringVar(&f.profile, "profile", "", "`NAME` of the policy file's profile that holds")
}

// forDocument returns the policy file for a document, or nil when there is none. It
// lies beside the document; standard input lies nowhere.
func (f *policyFileFlags) forDocument(name string) (*transform.Config, error) {
	path := f.path
	if path == "" {
		if name == "-" {
			return nil, nil
		}
		path = filepath.Join(filepath.Dir(name), policyFileName)
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
	}
	return readPolicyFile(path)
}

// leaveOut takes out of a result the findings whose rules the policy file of the document
// disables.
func (f *policyFileFlags) leaveOut(name string, res *transform.Result) error {
	config, err := f.forDocument(name)
	if config == nil || err != nil {
		return err
	}
	var o lint.Options
	err = disableIn(&o, config)
	disabled := func(f finding.Finding) bool { return slices.Contains(o.Disable, f.Rule) }
	res.Findings = slices.DeleteFunc(res.Findings, disabled)
	res.ImportFails = slices.DeleteFunc(res.ImportFails, disabled)
	return err
}

func readPolicyFile(path string) (*transform.Config, error) {
	if path == "-" {
		return nil, hinted{errors.New("a policy file is not read from standard input"), "name the file"}
	}
	src, err := read(path, nil)
	var with hinted
	if errors.As(err, &with) {
		err = hinted{with.error, "start a policy file with: apigw-cors config init"}
	}
	if err != nil {
		return nil, failed(err)
	}
	return transform.ReadConfig(path, src)
}
