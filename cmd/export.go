package cmd

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/apigw-cors/apigw-cors/transform/report"
)

const exportHelp = `Print the CORS of a document in another form.

  aws-cli         the command that configures an HTTP API, or the commands that
                  give one resource of a REST API its OPTIONS
  terraform       the block cors_configuration of aws_apigatewayv2_api
  cloudformation  the property CorsConfiguration of AWS::ApiGatewayV2::Api
  sam             the property CorsConfiguration of AWS::Serverless::HttpApi, or
                  Cors of AWS::Serverless::Api
  headers         what the backends of a REST API must send, for each method
  node, python,   the same as code for the return value of a Lambda function
  go, java

Where flags or a policy file say who may call, it is what enable would write for
them; else it is what the document says as it is.`

const exportExample = `  apigw-cors export --as aws-cli --allow-origin https://app.example.com openapi.yaml --resource /pets
  apigw-cors export --as terraform --api http --allow-origin https://app.example.com openapi.yaml
  apigw-cors export --as sam --allow-origin https://app.example.com openapi.yaml
  apigw-cors export --as node --allow-origin https://app.example.com openapi.yaml`

// exportFlags are the flags of export as they were given.
type exportFlags struct {
	form    string
	policy  policyFlags
	options optionFlags
}

func newExport(s Streams) *cobra.Command {
	f := &exportFlags{}
	c := &cobra.Command{
		Use:     "export --as FORM [flags] FILE",
		Short:   "Print the CORS of a document in another form",
		Long:    exportHelp,
		Example: exportExample,
		Args:    cobra.ExactArgs(1),
		RunE:    func(_ *cobra.Command, files []string) error { return runExport(f, files[0], s) },
	}
	flags := c.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.form, "as", "", "`FORM` to print: "+formNames())
	f.policy.bind(flags)
	f.options.bind(flags)
	return c
}

func formNames() string {
	var names []string
	for _, form := range report.Forms() {
		names = append(names, string(form))
	}
	return strings.Join(names, ", ")
}

func runExport(f *exportFlags, name string, s Streams) error {
	form := report.Form(f.form)
	if !slices.Contains(report.Forms(), form) {
		return usage(unknownForm(f.form))
	}
	resource, err := f.resource()
	if err != nil {
		return usage(err)
	}
	d, err := parse(name, s)
	if err != nil {
		return err
	}
	e, err := asEnabled(&f.policy, &f.options, name, d, s)
	if err != nil {
		return coded(err)
	}
	text, err := report.Export(form, e.doc, e.api, resource)
	if err != nil {
		return coded(err)
	}
	_, err = io.WriteString(s.Out, text)
	return err
}

func unknownForm(name string) error {
	if name == "" {
		return hinted{errors.New("--as is missing"), "write --as with one of " + formNames()}
	}
	return fmt.Errorf("--as: %q is unknown (accepted: %s)", name, formNames())
}

// resource returns the one resource that was named, or nothing.
func (f *exportFlags) resource() (string, error) {
	switch named := f.options.selection.Resources; len(named) {
	case 0:
		return "", nil
	case 1:
		return named[0], nil
	}
	return "", hinted{errors.New("--resource: one resource is exported at a time"), "run it once for each"}
}
