package cmd

import "github.com/apigw-cors/apigw-cors/transform"

// outcome is what became of a file.
type outcome struct {
	name   string // as given
	shown  string // in messages
	doc    *transform.Document
	result *transform.Result
	err    error
}
