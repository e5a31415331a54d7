package server

import (
	"context"
	"errors"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

// Limits bound what a client can take.
type Limits struct {
	ReadHeader time.Duration // for the header of a request
	Read       time.Duration // for the whole of it
	Write      time.Duration // for reading and answering it
	Idle       time.Duration // between requests
	Header     int           // bytes

	Stop time.Duration // for requests that are being answered when the server stops
}

// slop is what package net/http lets headers exceed their limit by.
const slop = 4096

// DefaultLimits returns those of API Gateway where it has some: 10,240 bytes of headers, and 29
// seconds for a backend. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
func DefaultLimits() Limits {
	return Limits{
		ReadHeader: 5 * time.Second,
		Read:       30 * time.Second,
		Write:      75 * time.Second,
		Idle:       10 * time.Second,
		Header:     10240 - slop,
		Stop:       3 * time.Second,
	}
}

// Run serves the API and the page until the context is done, and then answers what it has begun
// to. It closes the listeners.
func (s *Server) Run(ctx context.Context, api, page net.Listener, l Limits, errorLog *log.Logger) error {
	servers := []*http.Server{l.server(s.API(), errorLog), l.server(s.Page(), errorLog)}
	ended := make(chan error, len(servers))
	for i, listener := range []net.Listener{api, page} {
		go func() { ended <- servers[i].Serve(listener) }()
	}
	var failure error
	running := len(servers)
	select {
	case <-ctx.Done():
	case failure = <-ended:
		running--
	}
	l.stop(servers)
	for range running {
		if err := <-ended; failure == nil && !errors.Is(err, http.ErrServerClosed) {
			failure = err
		}
	}
	return failure
}

func (l Limits) server(h http.Handler, errorLog *log.Logger) *http.Server {
	fresh := &freshConns{open: map[net.Conn]bool{}}
	s := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: l.ReadHeader,
		ReadTimeout:       l.Read,
		WriteTimeout:      l.Write,
		IdleTimeout:       l.Idle,
		MaxHeaderBytes:    l.Header,
		ErrorLog:          errorLog,

		DisableGeneralOptionsHandler: true, // OPTIONS * is the API's to answer
		ConnState:                    fresh.track,
	}
	s.RegisterOnShutdown(fresh.close)
	return s
}

// freshConns are connections on which nothing has come yet. Browsers open some to spare, and a
// server that stops would wait for them.
type freshConns struct {
	mu   sync.Mutex
	open map[net.Conn]bool
}

func (f *freshConns) track(c net.Conn, state http.ConnState) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if state == http.StateNew {
		f.open[c] = true
	} else {
		delete(f.open, c)
	}
}

func (f *freshConns) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for c := range f.open {
		_ = c.Close() // nobody has asked anything on it
	}
}

// stop ends servers: what takes longer than the limit is broken off.
func (l Limits) stop(servers []*http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), l.Stop)
	defer cancel()
	stopped := make(chan struct{})
	for _, server := range servers {
		go func() {
			if server.Shutdown(ctx) != nil {
				_ = server.Close() // its connections are of no more use
			}
			stopped <- struct{}{}
		}()
	}
	for range servers {
		<-stopped
	}
}
