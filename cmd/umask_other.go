//go:build !unix

package cmd

import "io/fs"

func umask() fs.FileMode { return 0 }
