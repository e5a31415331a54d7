package server

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// Address is where a server listens: a host as it was named, and a port.
type Address struct{ Host, Port string }

// URL returns what begins the URLs of a server, as the client of a request reaches it: one that
// listens on all addresses of a machine is reached at the one that the client used. r may be
// nil: of somebody on the machine itself.
func (a Address) URL(r *http.Request) string {
	host := a.Host
	if a.isAll() {
		host = "127.0.0.1"
		if r != nil {
			host = hostOf(r.Host)
		}
	}
	if a.Port == "80" { // which browsers leave out of an origin
		if strings.Contains(host, ":") {
			host = "[" + host + "]"
		}
		return "http://" + host
	}
	return "http://" + net.JoinHostPort(host, a.Port)
}

// IsLoopback reports whether other machines cannot reach an address.
func (a Address) IsLoopback() bool {
	if ip, err := netip.ParseAddr(a.Host); err == nil {
		return ip.Unmap().IsLoopback()
	}
	return isLocalName(a.Host)
}

// isAll reports whether all addresses of a machine are meant.
func (a Address) isAll() bool {
	ip, err := netip.ParseAddr(a.Host)
	return err == nil && ip.Unmap().IsUnspecified()
}

// hostOf returns the host in a Host header, which may have a port.
func hostOf(header string) string {
	if host, _, err := net.SplitHostPort(header); err == nil {
		return host
	}
	if n := len(header); n > 2 && header[0] == '[' && header[n-1] == ']' {
		return header[1 : n-1]
	}
	return header
}
