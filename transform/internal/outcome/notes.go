package outcome

import (
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Notes are what there is to say of a plan.
type Notes struct {
	Found   []rules.Finding
	Refused []error
	Left    []source.Pointer // existing parts that stay as they are: rules may have something to say of them
}

// Found returns notes that are findings.
func Found(list ...rules.Finding) Notes { return Notes{Found: list} }

// Refused returns notes that are errors.
func Refused(errs ...error) Notes { return Notes{Refused: errs} }

// LeftAt returns notes of existing parts that stay.
func LeftAt(places ...source.Pointer) Notes { return Notes{Left: places} }

// Add adds other notes.
func (n *Notes) Add(more Notes) {
	n.Found = append(n.Found, more.Found...)
	n.Refused = append(n.Refused, more.Refused...)
	n.Left = append(n.Left, more.Left...)
}

// With returns notes with a finding more.
func (n Notes) With(f rules.Finding) Notes {
	n.Found = append(n.Found, f)
	return n
}
