// Package existing judges what a document has already that CORS concerns: what is
// replaced, what is kept, and what is refused.
package existing

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/responses"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// IsReplaced reports whether an existing OPTIONS is replaced by a generated one.
// One that goes to a backend is somebody's CORS on purpose. What cannot be read
// never is.
func IsReplaced(mode policy.Existing, o *model.Method) bool {
	switch responses.ResponderOf(o) {
	case responses.Unknown:
		return false
	case responses.Backend, responses.BackendMapped:
		return mode == policy.ExistingReplaceAny
	}
	return mode.Replaces()
}

// Refuse returns the error for something that exists where --existing error is asked
// for. leaveAlone is the option that leaves it alone, empty where there is none.
func Refuse(n *source.Node, message, leaveAlone string) error {
	hint := "use --existing keep, complete or replace"
	if leaveAlone != "" {
		hint += ", or leave it alone: " + leaveAlone
	}
	return n.File.Fault(n.Start, message+", and --existing error refuses that", hint)
}

// Kept returns the finding for an existing OPTIONS that stays.
func Kept(o *model.Method, why string) rules.Finding {
	return rules.Finding{Rule: rules.OptionsKept, At: rules.At(o.Key, o.Pointer), Message: fmt.Sprintf("OPTIONS %s is kept: %s", o.Path, why)}
}

// Shown returns the value of a header for a message.
func Shown(h responses.Header) string {
	switch {
	case h.IsComputed():
		return h.Say()
	case h.Intrinsic != "":
		return h.Intrinsic
	case h.Node != nil && h.Node.Kind != source.Scalar:
		return "from a CloudFormation intrinsic"
	}
	return strconv.Quote(h.Mapping)
}

// Spell writes headers as a person would: "Name: value".
func Spell(headers responses.Headers) string {
	parts := make([]string, len(headers))
	for i, h := range headers {
		parts[i] = h.Name + ": " + h.Say()
	}
	return strings.Join(parts, ", ")
}
