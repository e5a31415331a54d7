//go:build unix

package cmd

import (
	"io/fs"
	"syscall"
)

// umask returns the permissions that new files do not get. The only way to read
// it is to set it.
func umask() fs.FileMode {
	mask := syscall.Umask(0)
	syscall.Umask(mask)
	return fs.FileMode(mask)
}
