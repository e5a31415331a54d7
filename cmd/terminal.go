package cmd

import (
	"fmt"
	"io"
	"os"
	"sync"
)

// isTerminal reports whether what is written to w is read by a person now.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// progress is a line that says how many of several documents are done. On
// anything but a terminal it says nothing.
type progress struct {
	w     io.Writer
	total int

	mu   sync.Mutex
	done int
}

func newProgress(w io.Writer, total int) *progress {
	if total < 2 || !isTerminal(w) {
		w = io.Discard
	}
	return &progress{w: w, total: total}
}

// step says that one more document is done. The line goes with the last one.
func (p *progress) step() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	if p.done < p.total {
		fmt.Fprintf(p.w, "\r%d of %d documents", p.done, p.total)
		return
	}
	fmt.Fprint(p.w, "\r\x1b[K")
}
