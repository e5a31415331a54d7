package transform

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/policy"
)

// ErrNoOrigin tells that the policy names no origin. There is no default: an API
// is not opened because somebody forgot a flag.
var ErrNoOrigin = errors.New("no origin is allowed")

// OriginsError tells that a policy allows origins that one fixed header cannot
// say: several of them, or a pattern.
type OriginsError struct{ Origins []string }

func (e *OriginsError) Error() string {
	quoted := make([]string, len(e.Origins))
	for i, origin := range e.Origins {
		quoted[i] = strconv.Quote(origin)
	}
	return fmt.Sprintf("a REST API is given one fixed origin or \"*\", and not %s", strings.Join(quoted, ", "))
}

// checkOrigins refuses origins that one fixed header cannot say.
func checkOrigins(p policy.Policy) error {
	if !p.AllowOrigins.IsSet() {
		return ErrNoOrigin
	}
	origins, _ := p.AllowOrigins.Literal()
	if len(origins) != 1 {
		return &OriginsError{origins}
	}
	switch origin, err := policy.ParseOrigin(origins[0]); {
	case err != nil:
		return err
	case origin.Form != policy.OriginExact && origin.Form != policy.OriginAny:
		return &OriginsError{origins}
	}
	return nil
}
