package rules

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// networkCondition is a key of a resource policy that is about where callers are.
var networkCondition = regexp.MustCompile(`(?i)"aws:(?:sourceip|vpcsourceip|sourcevpce?)"`)

// privateSign returns what in the document says that callers are let in by their place in
// a network: interface endpoints, or the resource policy.
func privateSign(d *View) (Place, bool) {
	if where, ok := privateEndpoint(d); ok {
		return where, true
	}
	statements, ok := responses.PolicyStatements(d.Document)
	if !ok || !letsInByNetwork(statements) {
		return Place{}, false
	}
	return At(d.Root.Get(extensions.NamePolicy), source.Pointer("").Child(extensions.NamePolicy)), true
}

// letsInByNetwork reports whether a resource policy lets in nobody but those at a place in
// the network: it denies all others, or allows no one else.
func letsInByNetwork(statements []responses.PolicyStatement) bool {
	allows, byNetwork := 0, 0
	for _, s := range statements {
		isNetwork, isNot := false, false
		for operator, condition := range s.Condition {
			if networkCondition.Match(condition) {
				isNetwork, isNot = true, isNot || strings.Contains(operator, "Not")
			}
		}
		switch {
		case strings.EqualFold(s.Effect, "Deny") && isNetwork && isNot:
			return true
		case strings.EqualFold(s.Effect, "Allow"):
			allows++
			if isNetwork && !isNot {
				byNetwork++
			}
		}
	}
	return allows > 0 && allows == byNetwork
}

// privateEndpoint returns where the interface endpoints of a private API are named.
func privateEndpoint(d *View) (Place, bool) {
	const member = "vpcEndpointIds"
	if n := d.Root.Get(extensions.NameEndpointConfiguration).Get(member); n != nil {
		return At(n, source.Pointer("").Child(extensions.NameEndpointConfiguration, member)), true
	}
	for i, server := range d.Root.Get("servers").Items() {
		if n := server.Get(extensions.NameEndpointConfiguration).Get(member); n != nil {
			return At(n, source.Pointer("/servers").Child(strconv.Itoa(i), extensions.NameEndpointConfiguration, member)), true
		}
	}
	return Place{}, false
}
