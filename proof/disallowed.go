package proof

import (
	"net/url"
	"slices"
)

// disallowedOrigins are origins that an allow-list does not allow: one that looks like none of it, and
// for each of its origins those that a careless comparison takes for it. Of a long list, the first
// origins are enough.
func disallowedOrigins(origins []string, allowed func(origin string) bool) []string {
	const most = 10
	list := []string{unrelatedOrigin, "null"}
	origins = origins[:min(len(origins), most)]
	for _, origin := range origins {
		u, err := url.Parse(origin)
		if err != nil || u.Host == "" {
			continue
		}
		list = append(list, lookalikes(u)...)
	}
	list = slices.DeleteFunc(list, func(origin string) bool { return allowed(origin) || CheckOrigin(origin) != nil })
	slices.Sort(list)
	return slices.Compact(list)
}

// lookalikes are those of one origin, by the mistake that allows them.
func lookalikes(u *url.URL) []string {
	with := func(scheme, host, port string) string {
		if port != "" {
			host += ":" + port
		}
		return scheme + "://" + host
	}
	host, port := u.Hostname(), u.Port()
	other := map[string]string{"https": "http", "http": "https"}[u.Scheme]
	list := []string{
		with(u.Scheme, host+".stranger.invalid", port), // only the beginning is compared
		with(u.Scheme, "evil"+host, port),              // only the end
		with(u.Scheme, "a."+host, port),                // a sub-domain is allowed
		with(other, host, port),                        // the scheme is not compared
		with(u.Scheme, host, "8443"),                   // the port is not compared
	}
	for i := range host {
		if host[i] == '.' { // which is any character in a pattern
			list = append(list, with(u.Scheme, host[:i]+"x"+host[i+1:], port))
		}
	}
	return list
}
