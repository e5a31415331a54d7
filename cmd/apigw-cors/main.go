// Command apigw-cors enables CORS in OpenAPI documents for import into Amazon API
// Gateway. Run it with --help.
package main

import (
	"os"

	"github.com/apigw-cors/apigw-cors/cmd"
)

func main() {
	os.Exit(cmd.Run(os.Args[1:], cmd.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}
