package server_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/apigw-cors/apigw-cors/proof/server"
)

// handle returns the status with which a handler answers a request for the page under a name.
func handle(h http.Handler, host string) int {
	r := httptest.NewRequest("GET", "/_cors", nil)
	r.Host = host
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code
}

func mustRequest(t testing.TB, method, url string) *http.Request {
	t.Helper()
	r, err := http.NewRequest(method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// nothingLeft holds that all goroutines that are begun until the test ends have ended by then.
func nothingLeft(t *testing.T) {
	t.Helper()
	before := runtime.NumGoroutine()
	t.Cleanup(func() {
		for range 200 {
			if runtime.NumGoroutine() <= before {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
		stacks := make([]byte, 1<<20)
		t.Errorf("%d goroutines were there, and %d are:\n%s", before, runtime.NumGoroutine(), stacks[:runtime.Stack(stacks, true)])
	})
}

// TestManyPreflights holds that as many browsers as there may be are answered, while the
// document is replaced under them.
func TestManyPreflights(t *testing.T) {
	nothingLeft(t)
	s := serve(t, shelter)
	const many = 1000
	transport := &http.Transport{MaxConnsPerHost: many}
	defer transport.CloseIdleConnections()
	var wait sync.WaitGroup
	for i := range many {
		wait.Go(func() {
			r := mustRequest(t, "OPTIONS", s.api+"/cats")
			r.Header.Set("Origin", s.page)
			r.Header.Set("Access-Control-Request-Method", "PUT")
			resp, err := transport.RoundTrip(r)
			if err != nil {
				t.Error(err)
				return
			}
			defer resp.Body.Close()
			if _, err := io.Copy(io.Discard, resp.Body); err != nil || resp.StatusCode != 200 || resp.Header.Get("Access-Control-Allow-Origin") != s.page {
				t.Errorf("got %d %v: %v", resp.StatusCode, resp.Header, err)
			}
			if i%100 == 0 {
				s.Replace(read(t, strings.ReplaceAll(shelter, "ORIGIN", s.page)))
			}
		})
	}
	wait.Wait()
	s.stop()
}

// raw sends bytes, and returns the status of the answer; 0: the connection was closed without
// one.
func raw(t *testing.T, url, text string) int {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = io.WriteString(c, text) }() // which fails where the server has seen enough
	resp, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return 0
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode
}

// TestMalformed holds that what is no request, or more than one can be, is refused politely, and
// that the server goes on.
func TestMalformed(t *testing.T) {
	nothingLeft(t)
	s := serve(t, shelter, func(_ *server.Options, l *server.Limits) { l.ReadHeader = 500 * time.Millisecond })
	const host = "Host: localhost\r\n"
	long := strings.Repeat("x", 10<<20)
	for _, tt := range []struct {
		name, text string
		status     []int
	}{
		{"noise", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", []int{400}},
		{"zeroes", strings.Repeat("\x00", 4096) + "\r\n\r\n", []int{400}},
		{"no end", "GET /cats HTTP/1.1\r\n" + host, []int{0, 408}},
		{"a line that is no header", "GET /cats HTTP/1.1\r\n" + host + "nonsense\r\n\r\n", []int{400}},
		{"a name with a blank", "GET /cats HTTP/1.1\r\n" + host + "X Y: z\r\n\r\n", []int{400}},
		{"a value with a zero", "GET /cats HTTP/1.1\r\n" + host + "X: a\x00b\r\n\r\n", []int{400}},
		{"a value with a line break", "GET /cats HTTP/1.1\r\n" + host + "Origin: a\r\n b\r\n\r\n", []int{200, 400}},
		{"no host", "GET /cats HTTP/1.1\r\n\r\n", []int{400}},
		{"two hosts", "GET /cats HTTP/1.1\r\n" + host + host + "\r\n", []int{400}},
		{"HTTP/1.0", "GET /cats HTTP/1.0\r\n\r\n", []int{200}},
		{"HTTP/0.9", "GET /cats\r\n\r\n", []int{400}},
		{"HTTP/3.0", "GET /cats HTTP/3.0\r\n" + host + "\r\n", []int{505, 400}},
		{"HTTP/2 without TLS", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", []int{400, 505, 501, 403}},
		{"a method that is none", "G@T /cats HTTP/1.1\r\n" + host + "\r\n", []int{400}},
		{"a method that nobody knows", "MEOW /cats HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n", []int{403}},
		{"a path that is none", "GET cats HTTP/1.1\r\n" + host + "\r\n", []int{400}},
		{"a path with a wrong escape", "GET /%zz HTTP/1.1\r\n" + host + "\r\n", []int{400}},
		{"the server itself", "OPTIONS * HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n", []int{403}},
		{"a tunnel", "CONNECT a.example:443 HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n", []int{403}},
		{"a URL", "GET http://a.example/cats HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n", []int{200}},
		{"a wrong length", "POST /cats HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n", []int{400}},
		{"two lengths", "POST /cats HTTP/1.1\r\n" + host + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", []int{400}},
		{"a length and chunks", "POST /dogs HTTP/1.1\r\n" + host + "Connection: close\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", []int{200, 400}},
		{"an unknown encoding", "POST /dogs HTTP/1.1\r\n" + host + "Transfer-Encoding: cow\r\n\r\n", []int{501}},
		{"chunks that are none", "POST /dogs HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", []int{400, 413}},
		{"headers of 10 MB", "GET /cats HTTP/1.1\r\n" + host + "X: " + long + "\r\n\r\n", []int{431}},
		{"thousands of headers", "GET /cats HTTP/1.1\r\n" + host + strings.Repeat("X-A: b\r\n", 5000) + "\r\n", []int{431}},
		{"a path of 10 MB", "GET /" + long + " HTTP/1.1\r\n" + host + "\r\n", []int{431}},
		{"a query of 10 MB", "GET /cats?" + long + " HTTP/1.1\r\n" + host + "\r\n", []int{431}},
		{"a path as long as it may be", "GET /" + strings.Repeat("a/", 4000) + " HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n", []int{403}},
		{"many parameters", "GET /cats?" + strings.Repeat("a&", 4000) + " HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n", []int{200}},
	} {
		for _, url := range []string{s.api, s.page} {
			got := raw(t, url, tt.text)
			if isRefused := got == 0 || got >= 400; url == s.page && !isRefused {
				t.Errorf("%s, at the page's: got %d", tt.name, got)
			}
			if url == s.api && !slices.Contains(tt.status, got) {
				t.Errorf("%s: got %d, want one of %d", tt.name, got, tt.status)
			}
		}
		if got := do(t, "GET", s.api+"/cats", ""); got.StatusCode != 200 {
			t.Fatalf("after %s: got %d", tt.name, got.StatusCode)
		}
	}
	s.stop()
}

// TestLargeBodies holds that a body of more than API Gateway takes is refused as it refuses
// it.
func TestLargeBodies(t *testing.T) {
	nothingLeft(t)
	s := serve(t, shelter)
	for size, status := range map[int]int{9 << 20: 200, 11 << 20: 413} {
		got := do(t, "POST", s.api+"/dogs", strings.Repeat("x", size))
		if got.StatusCode != status || status == 413 && got.Header.Get("X-Of-Gateway") != "yes" {
			t.Errorf("%d bytes: got %d %v", size, got.StatusCode, got.Header)
		}
	}
	s.stop()
}

// TestSlowClients holds that clients that take their time are cut off, and keep nobody else
// waiting.
func TestSlowClients(t *testing.T) {
	nothingLeft(t)
	s := serve(t, shelter, func(_ *server.Options, l *server.Limits) {
		l.ReadHeader, l.Read, l.Write, l.Idle = 100*time.Millisecond, 200*time.Millisecond, 10*time.Second, 100*time.Millisecond
	})
	var wait sync.WaitGroup
	for i, begin := range []string{"", "GET /cats HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", "POST /dogs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n"} {
		for range 20 {
			wait.Go(func() {
				if err := trickle(s.api, begin); err != nil {
					t.Errorf("slow client %d: %v", i, err)
				}
			})
		}
	}
	if got := do(t, "GET", s.api+"/cats", ""); got.StatusCode != 200 {
		t.Errorf("beside slow ones: got %d", got.StatusCode)
	}
	wait.Wait()
	s.stop()
}

// trickle sends a byte at a time until the server ends the connection.
func trickle(url, begin string) error {
	c, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		return err
	}
	defer c.Close()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = io.Copy(io.Discard, c)
	}()
	if _, err := io.WriteString(c, begin); err != nil {
		return err
	}
	for range 1000 {
		select {
		case <-ended:
			return nil
		case <-time.After(20 * time.Millisecond):
		}
		_, _ = io.WriteString(c, "x") // which fails once the server has had enough
	}
	return fmt.Errorf("it was never cut off")
}
