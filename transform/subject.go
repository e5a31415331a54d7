package transform

import (
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// subject is what a finding says of what.
type subject struct {
	rule *rules.Rule
	at   source.Pointer
}

func subjectOf(f rules.Finding) subject { return subject{f.Rule, f.At.Pointer} }

func subjects(found []rules.Finding) map[subject]bool {
	set := map[subject]bool{}
	for _, f := range found {
		set[subjectOf(f)] = true
	}
	return set
}
