package cmd

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"syscall"

	"github.com/apigw-cors/apigw-cors/proof/server"
)

// Where the API and the page are by default. A port alone is one of these hosts.
const (
	defaultListen = loopback + ":8787"
	defaultPage   = "localhost:8788"
	loopback      = "127.0.0.1"
)

// addresses returns where the API and the page are to be. The page has an origin of its own:
// the next port, under the name that developers allow most often.
func (f *serveFlags) addresses() (api, page server.Address, err error) {
	if api, err = parseAddress("--listen", f.listen, defaultListen); err != nil {
		return api, page, err
	}
	if f.pageListen == "" {
		return api, nextTo(api), nil
	}
	page, err = parseAddress("--page-listen", f.pageListen, defaultPage)
	if err == nil && page == api && page.Port != "0" {
		err = hinted{fmt.Errorf("--page-listen: %q is where the API is, and browsers do no CORS within an origin", f.pageListen), "leave it out, or name another port"}
	}
	return api, page, err
}

// parseAddress reads the address of a flag, which has another one by default.
func parseAddress(flag, text, byDefault string) (server.Address, error) {
	host, port, err := net.SplitHostPort(text)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return server.Address{}, hinted{fmt.Errorf("%s: %q is no address: a port from 0 to 65535 is needed", flag, text), "write " + flag + " " + byDefault}
	}
	if host == "" {
		host, _, _ = net.SplitHostPort(byDefault)
	}
	return server.Address{Host: strings.ToLower(host), Port: port}, nil
}

// nextTo is the address of the page where none is named.
func nextTo(api server.Address) server.Address {
	page := server.Address{Host: api.Host, Port: "0"}
	if api.IsLoopback() {
		page.Host, _, _ = net.SplitHostPort(defaultPage)
	}
	if port, err := strconv.Atoi(api.Port); err == nil && 0 < port && port < 1<<16-1 {
		page.Port = strconv.Itoa(port + 1)
	}
	return page
}

// listen listens at the address of a flag.
func listen(flag string, at server.Address) (net.Listener, error) {
	host := at.Host
	if _, err := netip.ParseAddr(host); err != nil && at.IsLoopback() {
		host = loopback // whatever a name server makes of the name
	}
	l, err := net.Listen("tcp", net.JoinHostPort(host, at.Port))
	if err == nil {
		return l, nil
	}
	hint := "name an address of this machine: " + flag + " 127.0.0.1:0"
	if errors.Is(err, syscall.EADDRINUSE) {
		hint = fmt.Sprintf("take a free port: %s %s", flag, net.JoinHostPort(at.Host, "0"))
	}
	for inner := err; inner != nil; inner = errors.Unwrap(inner) {
		err = inner // which says it without the address
	}
	return nil, hinted{fmt.Errorf("%s: could not listen on %q: %w", flag, net.JoinHostPort(at.Host, at.Port), err), hint}
}

// portOf is the port that a listener has got.
func portOf(l net.Listener) string {
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		return "0"
	}
	return port
}

// warn tells who gets at the servers besides this machine.
func (s *serveSettings) warn(w io.Writer) {
	for _, server := range []struct {
		flag string
		at   server.Address
	}{{"--listen", s.options.API}, {"--page-listen", s.options.Page}} {
		if !server.at.IsLoopback() {
			fmt.Fprintf(w, "warning: %s: %q lets other machines in\n", server.flag, net.JoinHostPort(server.at.Host, server.at.Port))
		}
	}
}
