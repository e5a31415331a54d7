package cmd

import "io"

// Streams are where a command reads and writes. Out carries documents and nothing
// else.
type Streams struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer
}
