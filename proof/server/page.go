package server

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html"
	"net/http"
	"strings"
)

// pageText is a page that needs nothing else: its style and its script are in it. What it shows
// it asks for.
//
//go:embed page.html
var pageText string

// page is the page, and what may happen on it.
type page struct {
	text          string
	script, style string // hashes
}

func newPage() page {
	return page{pageText, hashOf(pageText, "script"), hashOf(pageText, "style")}
}

// hashOf returns the hash of the text of an element, as a Content Security Policy names it.
func hashOf(page, element string) string {
	_, text, _ := strings.Cut(page, "<"+element+">")
	text, _, _ = strings.Cut(text, "</"+element+">")
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// policy is the Content Security Policy of the page: nothing runs but its own script, which
// talks to its own server and to the API, and makes no HTML of what it is told.
func (p page) policy(api string) string {
	return strings.Join([]string{
		"default-src 'none'", "script-src " + p.script, "style-src " + p.style, "img-src data:", "connect-src 'self' " + api,
		"base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
	}, "; ")
}

func (s *Server) servePage(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy", s.page.policy(s.options.API.URL(r)))
	header.Set("Referrer-Policy", "same-origin")
	fmt.Fprint(w, s.page.text)
}

// elsewhere is what the API's own origin has in place of the page.
func (s *Server) elsewhere(w http.ResponseWriter, r *http.Request) {
	to := s.options.Page.URL(r) + Path
	header := w.Header()
	header.Set("Location", to)
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	w.WriteHeader(http.StatusFound)
	fmt.Fprintf(w, "<!DOCTYPE html>\n<title>The page is elsewhere</title>\n"+
		"<p>Browsers do no CORS where a page calls its own origin. The page from which this API can be tried is at <a href=\"%[1]s\">%[1]s</a>.\n", html.EscapeString(to))
}
