package cmd

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// pollInterval is how often files are looked at. Events of the operating system would need a
// library for each, and miss files on network drives and in containers.
const pollInterval = 500 * time.Millisecond

// watched returns the files that a served document comes from.
func (f *serveFlags) watched(name string) []string {
	config := f.options.file.path
	if config == "" {
		config = filepath.Join(filepath.Dir(name), policyFileName)
	}
	return []string{name, config}
}

// watcher tells when files change.
type watcher struct {
	files []string
	last  []string // their states
	every time.Duration
}

// start watches until the context is done, or until what it returns is called.
func (w *watcher) start(ctx context.Context, changed func()) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		ticker := time.NewTicker(w.every)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
			if now := stateOf(w.files); !slices.Equal(now, w.last) {
				w.last = now
				changed()
			}
		}
	}()
	return func() {
		cancel()
		select {
		case <-done:
		case <-time.After(time.Second): // a file that cannot be read, such as a pipe, holds nobody up
		}
	}
}

// stateOf tells files apart from what they were before: by time and size, as make does.
func stateOf(files []string) []string {
	var states []string
	for _, name := range files {
		state := "absent"
		if info, err := os.Stat(name); err == nil {
			state = fmt.Sprint(info.ModTime().UnixNano(), info.Size())
		}
		states = append(states, state)
	}
	return states
}
