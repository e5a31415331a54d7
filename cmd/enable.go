package cmd

import (
	"github.com/spf13/cobra"

	"github.com/apigw-cors/apigw-cors/transform"
)

const enableHelp = `Enable CORS in documents for REST APIs and HTTP APIs.

Of a REST API, each selected resource gets a mock OPTIONS that answers preflights,
a block x-amazon-apigateway-cors that records its policy, and the CORS headers on
the answers of its methods. The API's gateway responses get them too. Methods with
a proxy integration are listed: API Gateway adds no header to their answers.

An HTTP API answers preflights from one configuration, x-amazon-apigateway-cors at
the root, which is written, or merged with the author's. Which kind of API a
document is for is told by what it says, or with --api.

Who may call is said by flags, by a policy file, which is apigw-cors.yaml beside the
document or named with --config, and by blocks x-amazon-apigateway-cors in the
document; "apigw-cors config show" tells which of them gives each value.

Every other byte of the document stays as it is. The document goes to standard
output, or with -w back into its file; findings and a summary go to standard
error. Enabling again changes nothing; enabling with another policy replaces what
was generated.`

const enableExample = `  apigw-cors enable --allow-origin https://app.example.com openapi.yaml > out.yaml
  apigw-cors enable --allow-origin '*' --resource /pets --recursive -w openapi.yaml
  apigw-cors enable --allow-origin https://app.example.com --allow-credentials --max-age 7200 -w openapi.yaml
  apigw-cors enable --allow-origin https://app.example.com --allow-origin 'https://*.example.org' -w openapi.yaml
  apigw-cors enable --api http --allow-origin https://app.example.com -w openapi.yaml
  apigw-cors enable --profile dev -w openapi.yaml
  cat openapi.json | apigw-cors enable --allow-origin '*' - > out.json`

// enableFlags are the flags of enable as they were given.
type enableFlags struct {
	policy  policyFlags
	options optionFlags
	run     runFlags
	prove   proveFlags
}

func newEnable(s Streams) *cobra.Command {
	f := &enableFlags{}
	c := &cobra.Command{
		Use:     "enable [flags] [FILE | -]...",
		Short:   "Enable CORS in documents",
		Long:    enableHelp,
		Example: enableExample,
		RunE:    func(_ *cobra.Command, files []string) error { return runEnable(f, files, s) },
	}
	flags := c.Flags()
	flags.SortFlags = false
	f.policy.bind(flags)
	f.options.bind(flags)
	f.prove.bind(flags)
	f.run.bind(c)
	return c
}

func runEnable(f *enableFlags, files []string, s Streams) error {
	enable, err := enabler(&f.policy, &f.options, false)
	if err != nil {
		return err
	}
	prove, err := f.prove.prover(&f.policy, &f.options)
	if err != nil {
		return err
	}
	return f.run.each(files, s, enabledHeadline, func(name string, d *transform.Document) (*transform.Result, error) {
		res, err := enable(name, d)
		if err != nil {
			return nil, err
		}
		return res, f.options.file.leaveOut(name, res)
	}, prove)
}

// enabler returns what enables a document as flags and policy files say. keep tells that the
// result is wanted as a document.
func enabler(flags *policyFlags, options *optionFlags, keep bool) (changer, error) {
	p, err := flags.policy()
	if err != nil {
		return nil, usage(err)
	}
	if err := p.Validate(); err != nil {
		return nil, usage(err)
	}
	return func(name string, d *transform.Document) (*transform.Result, error) {
		o, err := options.options(name)
		if err != nil {
			return nil, usage(err)
		}
		o.KeepDocument = keep
		return transform.Enable(d, p, o)
	}, nil
}
