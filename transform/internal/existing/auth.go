package existing

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
	"github.com/apigw-cors/apigw-cors/transform/internal/rules"
)

// AsksForCredentials returns a finding where an OPTIONS asks for credentials: preflights
// never carry any (Fetch standard, CORS-preflight fetch).
func AsksForCredentials(d *model.Document, o *model.Method) []rules.Finding {
	s := d.SecurityOf(o)
	if s == nil || strings.EqualFold(o.Node.Get(extensions.NameAuth).Get("type").Text(), "NONE") {
		return nil
	}
	return []rules.Finding{{
		Rule: rules.PreflightAuth, At: rules.At(o.Key, o.Pointer),
		Message: fmt.Sprintf("OPTIONS %s asks for %q, and preflights carry no credentials", o.Path, strings.Join(s.Schemes, ", ")),
		Hint:    "write security: [] on it",
	}}
}
