package cmd

import (
	"github.com/spf13/cobra"

	"github.com/apigw-cors/apigw-cors/transform"
)

const disableHelp = `Take out of documents what enable has generated in them.

The marks (x-apigw-cors-generated) say what that is; no policy is needed, and
what they do not list stays. Of a document that enable gave, disable gives back
what enable was given, byte for byte. Only responses that were inlined stay so.

The gateway responses go with the last resource. Until then they carry what the
remaining resources need.`

const disableExample = `  apigw-cors disable openapi.yaml > out.yaml
  apigw-cors disable --resource /pets --recursive -w openapi.yaml`

// disableFlags are the flags of disable as they were given.
type disableFlags struct {
	selection transform.Selection
	run       runFlags
}

func newDisable(s Streams) *cobra.Command {
	f := &disableFlags{}
	c := &cobra.Command{
		Use:     "disable [flags] [FILE | -]...",
		Short:   "Take out what enable has generated",
		Long:    disableHelp,
		Example: disableExample,
		RunE: func(_ *cobra.Command, files []string) error {
			if err := checkSelection(f.selection); err != nil {
				return usage(err)
			}
			return f.run.each(files, s, disabledHeadline, func(_ string, d *transform.Document) (*transform.Result, error) {
				return transform.Disable(d, f.selection)
			}, nil)
		},
	}
	flags := c.Flags()
	flags.SortFlags = false
	bindSelection(flags, &f.selection, "disable")
	f.run.bind(c)
	return c
}
