package cmd

import (
	"fmt"
	"path/filepath"

	"github.com/apigw-cors/apigw-cors/transform"
)

// shown returns the name of a document in messages.
func shown(name string) string {
	if name == "-" {
		return "stdin"
	}
	return name
}

// parse reads the document with the name that was given on the command line.
func parse(name string, s Streams) (*transform.Document, error) {
	if filepath.Base(name) == policyFileName { // one of *.yaml
		return nil, usage(hinted{fmt.Errorf("%s: is a policy file and no document", name), "leave it out: it is found by itself"})
	}
	src, err := read(name, s.In)
	if err != nil {
		return nil, failed(err)
	}
	d, err := transform.Parse(shown(name), src)
	if err != nil {
		return nil, failed(err)
	}
	return d, nil
}
