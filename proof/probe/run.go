package probe

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"sync"
	"time"

	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// Options are where to send requests, and how many.
type Options struct {
	Base     *url.URL // of the stage: "https://abc123.execute-api.eu-west-1.amazonaws.com/prod"
	Origins  []string // of the pages; none: those of the policy. A disallowed one is added where the policy does not allow all
	Insecure bool     // certificates are not verified

	Timeout     time.Duration // of one request; 0: DefaultTimeout
	Concurrency int           // requests at a time; 0: DefaultConcurrency
	Limit       int           // requests in all; 0: DefaultLimit
	Pause       time.Duration // between the beginnings of two requests

	// Progress is called after each response with how many there are; one call at a time.
	Progress func(done, total int)
}

// The bounds of a run that sets no others.
const (
	DefaultTimeout     = 10 * time.Second
	DefaultConcurrency = 4
	DefaultLimit       = 1000
)

// patience is how many requests in a row may stay without a response before the others are
// not sent: a thousand of them would take most of an hour to fail.
const patience = 8

// LimitError is the error where there are more preflights than may be sent.
type LimitError struct{ Needed, Limit int }

func (e *LimitError) Error() string {
	return fmt.Sprintf("%d preflights would be sent, and the limit is %d", e.Needed, e.Limit)
}

// Result is what came of a run.
type Result struct {
	Base        *url.URL
	Rows        []*Row // in the order of paths and methods
	Interrupted bool   // the context ended before all was sent
	Hint        string // what to do about all of it; may be empty
}

// Run sends the preflights of all requests that the document allows. Where there are more than the
// limit, none is sent, and the error is a [*LimitError]: half a result looks like a whole one.
func Run(ctx context.Context, api *gateway.API, o Options) (*Result, error) {
	o.Timeout = cmp.Or(o.Timeout, DefaultTimeout)
	o.Concurrency = cmp.Or(o.Concurrency, DefaultConcurrency)
	o.Limit = cmp.Or(o.Limit, DefaultLimit)
	res := &Result{Base: o.Base, Rows: plan(api, o)}
	if n := count(res.Rows); n > o.Limit {
		return nil, &LimitError{n, o.Limit}
	}
	run := &run{api: api, options: o, sender: newSender(o), total: count(res.Rows)}
	defer run.sender.transport.CloseIdleConnections()
	run.all(ctx, res.Rows)
	res.Interrupted = ctx.Err() != nil && res.Count(NotSent) > 0
	res.conclude()
	return res, nil
}

// Count counts the rows of an outcome.
func (res *Result) Count(o Outcome) int {
	n := 0
	for _, r := range res.Rows {
		if r.Outcome == o {
			n++
		}
	}
	return n
}

// Unreached says why nothing of the API has responded, and what to do about it; empty: something
// has, or nothing was sent.
func (res *Result) Unreached() (reason, hint string) {
	for _, r := range res.Rows {
		switch {
		case r.Outcome == Unreachable && reason == "":
			reason, hint = r.Failure, cmp.Or(res.Hint, r.Hint)
		case r.Outcome != Unreachable && r.sent:
			return "", ""
		}
	}
	return reason, hint
}

// Sent counts the preflights that were sent, and answered or given up.
func (res *Result) Sent() int {
	n := 0
	for _, r := range res.Rows {
		if r.sent {
			n++
		}
	}
	return n
}

// Fails reports whether the stage is not as it should be.
func (res *Result) Fails() bool {
	for _, r := range res.Rows {
		if r.Outcome.Fails() {
			return true
		}
	}
	return false
}

// run is a run on its way.
type run struct {
	api     *gateway.API
	options Options
	sender  *sender
	total   int

	mu       sync.Mutex
	done     int
	failures int // since the last response
}

// all sends the preflights of rows, so many at a time.
func (run *run) all(ctx context.Context, rows []*Row) {
	queue := make(chan *Row)
	var workers sync.WaitGroup
	for range run.options.Concurrency {
		workers.Go(func() {
			for r := range queue {
				run.one(ctx, r)
			}
		})
	}
	run.feed(ctx, rows, queue)
	close(queue)
	workers.Wait()
}

// feed hands rows to the workers, no faster than it should, until the context ends.
func (run *run) feed(ctx context.Context, rows []*Row, queue chan<- *Row) {
	for _, r := range rows {
		if r.Outcome != NotSent {
			continue
		}
		select {
		case queue <- r:
		case <-ctx.Done():
			return
		}
		pause := run.options.Pause
		if run.givenUp() { // nothing more is sent
			pause = 0
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return
		}
	}
}

// one sends a preflight and says what came of it.
func (run *run) one(ctx context.Context, r *Row) {
	if run.givenUp() {
		r.Outcome, r.Failure = Unreachable, "it was not sent, since nothing had answered those before it"
		run.step(false)
		return
	}
	a, err := run.sender.send(ctx, r)
	switch {
	case err != nil && ctx.Err() != nil:
		return // it stays as if it had not been sent
	case err != nil:
		r.Outcome = Unreachable
		r.Failure, r.Hint = run.sender.failure(err, run.options.Base)
	default:
		r.judge(run.api, a)
	}
	r.sent = true
	run.step(err == nil)
}

func (run *run) givenUp() bool {
	run.mu.Lock()
	defer run.mu.Unlock()
	return run.failures >= patience
}

// step counts a preflight that is done.
func (run *run) step(answered bool) {
	run.mu.Lock()
	defer run.mu.Unlock()
	run.done++
	run.failures++
	if answered {
		run.failures = 0
	}
	if run.options.Progress != nil {
		run.options.Progress(run.done, run.total)
	}
}
