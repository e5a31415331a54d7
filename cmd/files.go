package cmd

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/pflag"
	"golang.org/x/sync/errgroup"

	"github.com/apigw-cors/apigw-cors/transform/finding"
	"github.com/apigw-cors/apigw-cors/transform/report"
)

// read returns the content of a file, or of standard input for "-".
func read(name string, stdin io.Reader) ([]byte, error) {
	if name == "-" {
		src, err := io.ReadAll(stdin)
		if err != nil {
			return nil, fmt.Errorf("could not read standard input: %w", err)
		}
		return src, nil
	}
	src, err := os.ReadFile(name)
	if err == nil {
		return src, nil
	}
	info, statErr := os.Stat(name)
	switch {
	case statErr == nil && info.IsDir():
		return nil, hinted{fmt.Errorf("%s: is a directory", name), "name a file in it"}
	case errors.Is(err, fs.ErrNotExist):
		return nil, hinted{fmt.Errorf("%s: there is no such file", name), nearFile(name)}
	}
	return nil, fmt.Errorf("%s: could not be read: %w", name, errors.Unwrap(err))
}

// nearFile suggests a document in the directory of a file that does not exist.
func nearFile(name string) string {
	entries, err := os.ReadDir(filepath.Dir(name))
	if err != nil {
		return ""
	}
	var names []string
	for _, e := range entries {
		switch strings.ToLower(filepath.Ext(e.Name())) {
		case ".yaml", ".yml", ".json":
			names = append(names, e.Name())
		}
	}
	near := finding.Nearest(filepath.Base(name), names)
	if len(near) == 0 {
		return ""
	}
	return "did you mean " + filepath.Join(filepath.Dir(name), near[0]) + "?"
}

// eachFile works on files in parallel and returns what became of each, in the
// order given.
func eachFile(files []string, p *progress, work func(name string) outcome) []outcome {
	done := make([]outcome, len(files))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range files {
		group.Go(func() error {
			done[i] = work(name)
			p.step()
			return nil
		})
	}
	_ = group.Wait() // work returns its errors in outcomes
	return done
}

// outputFlags say where documents go.
type outputFlags struct {
	inPlace bool
	path    string
	diff    bool
}

func (f *outputFlags) bind(flags *pflag.FlagSet) {
	flags.BoolVarP(&f.inPlace, "write", "w", false, "write the document back into its file")
	flags.StringVarP(&f.path, "output", "o", "", "write to `FILE`, or into a directory")
	flags.BoolVar(&f.diff, "diff", false, "print what would change as a unified diff, and write nothing")
}

// check refuses combinations in which a document would be lost.
func (f *outputFlags) check(files []string) error {
	if err := named(files); err != nil {
		return err
	}
	switch {
	case f.inPlace && f.path != "":
		return errors.New("--write and --output exclude each other")
	case f.diff && (f.inPlace || f.path != ""):
		return hinted{errors.New("--diff writes no document"), "leave --write and --output out, or --diff"}
	case f.inPlace && slices.Contains(files, "-"):
		return hinted{errors.New("standard input cannot be written back"), "leave --write out: the document goes to standard output"}
	case len(files) > 1 && !f.inPlace && !f.diff && !isDir(f.path):
		return hinted{errors.New("several documents do not fit into one output"), "write them back with --write, or into a directory with --output DIR"}
	case slices.Contains(files, "-") && isDir(f.path):
		return hinted{fmt.Errorf("%s is a directory, and standard input has no name", f.path), "name a file"}
	}
	for _, name := range files {
		if f.path != "" && sameFile(f.target(name), name) {
			return hinted{fmt.Errorf("%s is input and output", name), "write back into the input with --write"}
		}
	}
	if !f.inPlace && !f.diff && len(files) > 1 {
		return distinct(files)
	}
	return nil
}

// named refuses a command line without documents, and one that names standard input as
// one of several.
func named(files []string) error {
	switch {
	case len(files) == 0:
		return hinted{errors.New("no document is named"), "name a file, or - for standard input"}
	case len(files) > 1 && slices.Contains(files, "-"):
		return errors.New("standard input cannot be one of several documents")
	}
	return nil
}

// target returns the file that the output for an input goes to.
func (f *outputFlags) target(name string) string {
	if isDir(f.path) {
		return filepath.Join(f.path, filepath.Base(name))
	}
	return f.path
}

// distinct refuses files that would overwrite each other in one directory.
func distinct(files []string) error {
	seen := map[string]string{}
	for _, name := range files {
		base := filepath.Base(name)
		if other, dup := seen[base]; dup {
			return fmt.Errorf("%s and %s would both be written to %s", other, name, base)
		}
		seen[base] = name
	}
	return nil
}

func isDir(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

func sameFile(a, b string) bool {
	x, err1 := os.Stat(a)
	y, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(x, y)
}

// write puts a document where the flags say. A file in place is touched only when
// it changes.
func (f *outputFlags) write(o outcome, s Streams) error {
	switch {
	case f.diff:
		return printDiff(o, s)
	case f.inPlace && !o.result.Changed():
		return nil
	case f.inPlace:
		return replaceFile(o.name, o.result.Output)
	case f.path == "" || f.path == "-":
		return toStandardOutput(o.result.Output, s)
	}
	return replaceFile(f.target(o.name), o.result.Output)
}

func printDiff(o outcome, s Streams) error {
	text, err := report.Diff(o.shown, o.doc.Source(), o.result)
	if err != nil {
		return err
	}
	return toStandardOutput([]byte(text), s)
}

func toStandardOutput(text []byte, s Streams) error {
	if _, err := s.Out.Write(text); err != nil {
		return fmt.Errorf("could not write to standard output: %w", err)
	}
	return nil
}

// replaceFile writes a file by renaming a finished one over it, so that no reader
// ever sees half of it. Its mode stays, and a symbolic link stays one.
// What is no regular file, a device or a pipe, is written to as it is.
func replaceFile(name string, data []byte) error {
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target
	}
	info, err := os.Stat(name)
	switch {
	case err != nil:
		err = renameOver(name, data, 0o666&^umask())
	case info.Mode().IsRegular():
		err = renameOver(name, data, info.Mode().Perm())
	default:
		err = writeTo(name, data)
	}
	if err != nil {
		var path *fs.PathError
		if errors.As(err, &path) { // its path may be that of the temporary file
			err = path.Err
		}
		return fmt.Errorf("%s: could not be written: %w", name, err)
	}
	return nil
}

func writeTo(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

func renameOver(name string, data []byte, mode fs.FileMode) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(tmp.Name())
		}
	}()
	_, err = tmp.Write(data)
	if err == nil {
		err = tmp.Sync()
	}
	if err := errors.Join(err, tmp.Close()); err != nil {
		return err
	}
	if err := os.Chmod(tmp.Name(), mode); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), name)
}
