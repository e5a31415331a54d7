package probe

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/apigw-cors/apigw-cors/proof/fetch"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// What is read of a response: API Gateway's own headers are limited to 10 KB, and of a body
// only the message matters.
const (
	largestHeader = 64 << 10
	largestBody   = 4 << 10
)

// userAgent says in the logs of a stage who asked. Browsers send another one; some firewalls
// refuse requests without.
const userAgent = "apigw-cors"

// response is what a stage sent back.
type response struct {
	status  int
	header  []gateway.Field // sorted by name
	message string          // of API Gateway's own responses
}

// sender sends preflights.
type sender struct {
	transport *http.Transport
	timeout   time.Duration
}

// newSender makes a sender that, like a browser, speaks HTTP/2 where the server does.
func newSender(o Options) *sender {
	return &sender{timeout: o.Timeout, transport: &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		TLSClientConfig:        &tls.Config{InsecureSkipVerify: o.Insecure},
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // so that bytes are counted as they come
		MaxConnsPerHost:        o.Concurrency,
		MaxIdleConnsPerHost:    o.Concurrency,
		MaxResponseHeaderBytes: largestHeader,
	}}
}

// send sends a preflight. The transport is used by itself: it keeps no cookies and follows no
// redirect, as browsers do with preflights.
func (s *sender) send(ctx context.Context, r *Row) (*response, error) {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodOptions, r.Request.URL, nil)
	if err != nil {
		return nil, err
	}
	for _, f := range r.Preflight.Header {
		req.Header.Set(f.Name, f.Value)
	}
	req.Header.Set("User-Agent", userAgent)
	resp, err := s.transport.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusSwitchingProtocols { // its body is the connection, which no time-out ends
		return &response{resp.StatusCode, gateway.HeaderFields(resp.Header), ""}, nil
	}
	// The response is known by its head: a body that breaks off makes no difference.
	body, _ := io.ReadAll(io.LimitReader(resp.Body, largestBody))
	return &response{resp.StatusCode, gateway.HeaderFields(resp.Header), message(body)}, nil
}

// message returns the message of API Gateway's own responses, {"message": "Forbidden"}.
func message(body []byte) string {
	var said struct {
		Message string `json:"message"`
	}
	if err := json.Unmarshal(body, &said); err != nil {
		return ""
	}
	return said.Message
}

// asFetch is a response as a browser sees it.
func (a *response) asFetch() fetch.Response {
	r := fetch.Response{Status: a.status}
	for _, f := range a.header {
		r.Header = append(r.Header, fetch.Field(f))
	}
	return r
}

// cors returns the headers that are compared.
func (a *response) cors() []gateway.Field {
	list := []gateway.Field{}
	for _, f := range a.header {
		if slices.ContainsFunc(compared, func(name string) bool { return strings.EqualFold(name, f.Name) }) {
			list = append(list, f)
		}
	}
	return list
}

// failure says why there is no response, and what to do about it.
func (s *sender) failure(err error, at *url.URL) (reason, hint string) {
	var untrusted *tls.CertificateVerificationError
	var name *net.DNSError
	var record tls.RecordHeaderError
	var network *net.OpError
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Sprintf("there is no answer within %s", s.timeout), "give it more time with --timeout, or look whether --url is reachable from here"
	case errors.As(err, &untrusted):
		return fmt.Sprintf("the certificate of %s is not trusted: %v", at.Host, untrusted.Err), "write the host in --url as the certificate has it; --insecure skips the check"
	case errors.As(err, &name) && name.IsNotFound:
		return fmt.Sprintf("there is no host %q", name.Name), "look at the host in --url; a private API is found from within its network only"
	case errors.As(err, &record), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return fmt.Sprintf("%s does not speak TLS", at.Host), "write http:// in --url, or another port"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "the connection was closed without an answer", ""
	case errors.As(err, &network):
		return err.Error(), "look whether --url is reachable from here"
	}
	text, isBroken := strings.CutPrefix(err.Error(), "net/http: HTTP/1.x transport connection broken: ")
	if isBroken {
		text = "what came is no answer: " + strings.TrimPrefix(text, "net/http: ")
	}
	return text, ""
}
