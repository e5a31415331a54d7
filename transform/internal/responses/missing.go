package responses

import (
	"slices"
	"strings"
)

// List takes a comma-separated list apart, as a browser does.
func List(value string) []string {
	var names []string
	for _, name := range strings.Split(value, ",") {
		if name = strings.Trim(name, " \t"); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// Missing returns the names that a list header of an answer lacks. A header that is
// worked out at run time lacks nothing that could be known here. credentials tells that
// calls carry them, and "*" is a name then.
func Missing(have Headers, header string, need []string, credentials bool) []string {
	h, ok := have.Get(header)
	value, static := h.Static()
	if ok && !static {
		return nil
	}
	listed := List(strings.ToLower(value))
	return slices.DeleteFunc(slices.Clone(need), func(name string) bool {
		return slices.Contains(listed, strings.ToLower(name)) || StarCovers(listed, name, credentials)
	})
}

// StarCovers reports whether a list has "*" and that stands for a name. In requests with
// credentials "*" is a name itself, and it never stands for Authorization (Fetch standard,
// CORS non-wildcard request-header name).
func StarCovers(list []string, name string, credentials bool) bool {
	return !credentials && slices.Contains(list, "*") && !strings.EqualFold(name, "Authorization")
}

// MissingMethods returns the methods that the answer to a preflight lacks. GET, HEAD and
// POST pass without being listed (Fetch standard, CORS-safelisted method); nobody
// preflights in order to send OPTIONS.
func MissingMethods(have Headers, need []string, credentials bool) []string {
	return slices.DeleteFunc(Missing(have, AllowMethods, need, credentials), func(name string) bool {
		return slices.Contains([]string{"GET", "HEAD", "POST", "OPTIONS"}, name)
	})
}
