package lint

import (
	"regexp"
	"strconv"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// networkCondition is a key of a resource policy that lets callers in by where they are.
var networkCondition = regexp.MustCompile(`(?i)aws:(source-?ip|vpcsourceip|sourcevpce?)\b`)

// privateSign returns what in the document says that callers are let in by their place in
// a network: interface endpoints, or a condition of the resource policy.
func (p *pass) privateSign() (place, bool) {
	if where, ok := p.privateEndpoint(); ok {
		return where, true
	}
	n := p.Root.Get(extensions.NamePolicy)
	if n == nil || !networkCondition.Match(n.Raw()) {
		return place{}, false
	}
	return at(n, source.Pointer("").Child(extensions.NamePolicy)), true
}

// privateEndpoint returns where the interface endpoints of a private API are named.
func (p *pass) privateEndpoint() (place, bool) {
	const member = "vpcEndpointIds"
	if n := p.Root.Get(extensions.NameEndpointConfiguration).Get(member); n != nil {
		return at(n, source.Pointer("").Child(extensions.NameEndpointConfiguration, member)), true
	}
	for i, server := range p.Root.Get("servers").Items() {
		if n := server.Get(extensions.NameEndpointConfiguration).Get(member); n != nil {
			return at(n, source.Pointer("/servers").Child(strconv.Itoa(i), extensions.NameEndpointConfiguration, member)), true
		}
	}
	return place{}, false
}
