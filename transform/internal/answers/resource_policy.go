package answers

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// PolicyPointer leads to the resource policy of a REST API.
var PolicyPointer = source.Pointer("").Child(extensions.NamePolicy)

// DeniedPreflights says in a sentence which of some paths the resource policy lets no preflight
// reach, and what to do; empty: none.
func DeniedPreflights(d *model.Document, paths []string) (message, hint string) {
	n := d.Root.Get(extensions.NamePolicy)
	if n == nil {
		return "", ""
	}
	text, _ := model.JSON(n) // what exceeds its bounds cannot be read
	policy := extensions.ReadResourcePolicy([]byte(text))
	var denied []string
	for _, path := range paths {
		if policy.Allows("OPTIONS", path) == extensions.No {
			denied = append(denied, path)
		}
	}
	if len(denied) == 0 {
		return "", ""
	}
	const named = 3
	which := strings.Join(denied[:min(named, len(denied))], ", ")
	if more := len(denied) - named; more > 0 {
		which += fmt.Sprintf(" and %d more", more)
	}
	return fmt.Sprintf("the resource policy refuses the preflights of %s: it lets nobody call OPTIONS without a signature, and they have none", which),
		`allow them to everybody: {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*/OPTIONS/*"}`
}
