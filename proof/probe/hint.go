package probe

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/proof"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// missingToken is the message of a REST API where it has no such method.
const missingToken = "Missing Authentication Token"

// hint says what to do about a row that is not as it should be.
func (r *Row) hint() string {
	switch location := values(r.response.header, "Location"); {
	case r.Outcome == Same || r.Outcome == NotComparable && r.Unknown.Reason == ReasonBackend:
		return ""
	case r.Outcome == NotComparable:
		return remedy(r.Unknown)
	case r.Status >= 300 && r.Status < 400 && len(location) > 0:
		return fmt.Sprintf("browsers do not follow the redirect of a preflight: write where it leads in --url, or undo it; it leads to %q", location[0])
	case r.Status == 429:
		return "the stage throttles: ask one at a time with --concurrency 1"
	case r.isPage() && len(r.Differences) > 0:
		return "a page of HTML answers in place of API Gateway: look for what stands before the stage, such as a firewall"
	case len(r.Differences) > 0:
		return "import the document and deploy the API again, or probe the document that is deployed"
	case r.Unknown != nil && r.Unknown.Reason == ReasonBackend:
		return "a backend answers the preflight: let it answer as apigw-cors report says, or let API Gateway answer with apigw-cors enable --existing replace-any"
	case r.Unknown != nil:
		return remedy(r.Unknown)
	}
	return fmt.Sprintf("the stage does what the document says, which apigw-cors preflight --origin %s --method %s --path %s explains", r.Request.Origin, r.Verdict.Method, r.Operation.Path)
}

// remedy says what to do where something is not known. Of a template that cannot be
// rendered, the stage has just shown the response.
func remedy(u *gateway.Unknown) string {
	if u.Reason == gateway.ReasonTemplate {
		return ""
	}
	return proof.Remedy(u)
}

// isPage reports whether a response is HTML, which API Gateway does not make.
func (r *Row) isPage() bool {
	media := values(r.response.header, "Content-Type")
	return len(media) > 0 && strings.HasPrefix(strings.ToLower(media[0]), "text/html")
}

// conclude says what all rows say together. A REST API without OPTIONS answers as one that is not
// there at all.
func (res *Result) conclude() {
	var said string
	for _, r := range res.Rows {
		switch {
		case r.response == nil:
			continue
		case r.response.message == "" || said != "" && said != r.response.message:
			return
		case r.Unknown == nil && len(r.Differences) == 0: // so says the document
			return
		}
		said = r.response.message
	}
	switch said {
	case missingToken:
		res.Hint = "the stage has nothing where it was looked for: import the document and deploy the API; or look at the stage and the base path in --url (and --basepath)"
	case "Forbidden", "Not Found":
		res.Hint = "every answer is the same refusal: look at the stage and the base path in --url (and --basepath)"
	}
}
