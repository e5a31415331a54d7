package server

import (
	"encoding/json"
	"net/http"
	"net/netip"
	"strings"
)

// guarded lets no other site at what is for the page alone. Nothing here carries a CORS header,
// so that no other site can read a response; beyond that
//   - a name that is not the server's is refused, since whoever owns it can make it lead here,
//     and the browser takes his page for one of ours (DNS rebinding);
//   - a request that another site makes, and that could do something, is refused
//     ([http.CrossOriginProtection]).
func guarded(at Address, h http.Handler) http.Handler {
	crossSite := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Cache-Control", "no-store")
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		if !at.serves(hostOf(r.Host)) {
			refuse(w, http.StatusMisdirectedRequest, "nothing of the page is served under the name "+quoted(hostOf(r.Host))+": use its address, or localhost")
			return
		}
		if err := crossSite.Check(r); err != nil {
			refuse(w, http.StatusForbidden, "other sites cannot ask: "+err.Error())
			return
		}
		h.ServeHTTP(w, r)
	})
}

// serves reports whether a name is one of the server's: a loopback name or address, the name
// that it was told to listen on, or, where it listens on all addresses, any address. Addresses
// are no danger: nobody but their machine answers for them.
func (a Address) serves(host string) bool {
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.Unmap().IsLoopback() || a.isAll() || strings.EqualFold(host, a.Host)
	}
	return isLocalName(host) || strings.EqualFold(host, a.Host)
}

// isLocalName reports whether a name leads to the machine itself wherever it is looked up (RFC
// 6761, section 6.3).
func isLocalName(host string) bool {
	host = strings.ToLower(host)
	isOfName := func(r rune) bool { return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '-' || r == '.' }
	odd := strings.ContainsFunc(host, func(r rune) bool { return !isOfName(r) })
	return !odd && (host == "localhost" || strings.HasSuffix(host, ".localhost"))
}

// refuse answers with a message.
func refuse(w http.ResponseWriter, status int, message string) {
	writeJSON(w, status, map[string]string{"message": message})
}

func writeJSON(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value) // a client that has gone away needs no response
}

// quoted is a text of the client's as it can be repeated.
func quoted(text string) string {
	encoded, err := json.Marshal(text)
	if err != nil {
		return `""`
	}
	return string(encoded)
}
