package responses

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/apigw-cors/apigw-cors/extensions"
	"github.com/apigw-cors/apigw-cors/transform/internal/derive"
	"github.com/apigw-cors/apigw-cors/transform/internal/model"
)

// A Denial is how a resource policy keeps preflights out: callers without a signature. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
type Denial string

const (
	NotDenied    Denial = ""         // as far as the document tells
	DeniedByRule Denial = "denied"   // a statement denies everybody every OPTIONS
	NeverAllowed Denial = "unsigned" // no statement allows anybody who does not sign an OPTIONS
)

// Say says it, and what to do; nothing of what is not denied.
func (d Denial) Say() (message, hint string) {
	switch d {
	case DeniedByRule:
		return "the resource policy denies everybody every OPTIONS, and preflights are of this kind",
			"take OPTIONS out of the statement: name the methods that it denies"
	case NeverAllowed:
		return "the resource policy lets nobody call OPTIONS without a signature, and preflights have none",
			`add {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*/OPTIONS/*"} to its statements`
	}
	return "", ""
}

// PolicyStatement is a statement of a resource policy.
type PolicyStatement struct {
	Effect                      string
	Principal, Action, Resource any
	NotPrincipal, NotAction     any
	NotResource                 any
	Condition                   map[string]json.RawMessage
}

// DeniedPreflights tells whether a document's resource policy keeps every preflight out, and some
// method of the resources needs one.
func DeniedPreflights(d *model.Document, resources []*model.Resource) Denial {
	needsOne := func(r *model.Resource) bool {
		return slices.ContainsFunc(r.Methods(), func(m *model.Method) bool { return derive.PreflightReason(d, r, m) != "" })
	}
	denial := DenialOfPreflights(d)
	if denial == NotDenied || !slices.ContainsFunc(resources, needsOne) {
		return NotDenied
	}
	return denial
}

// DenialOfPreflights tells whether a document's resource policy keeps every preflight out. What it
// says of single paths, or under conditions, is not followed.
func DenialOfPreflights(d *model.Document) Denial {
	statements, ok := PolicyStatements(d)
	if !ok {
		return NotDenied
	}
	mayAllow := false
	for _, s := range statements {
		open := s.NotPrincipal != nil || s.NotAction != nil || s.NotResource != nil || s.Condition != nil
		switch {
		case s.Effect == "Deny" && !open && certain(s.Principal, isEverybody) && certain(s.Action, isInvoke) && certain(s.Resource, isEveryOptions):
			return DeniedByRule
		case s.Effect != "Deny":
			mayAllow = mayAllow || open || possible(s.Principal, isEverybody) && possible(s.Action, isInvoke) && possible(s.Resource, mayBeOptions)
		}
	}
	if mayAllow {
		return NotDenied
	}
	return NeverAllowed
}

// PolicyStatements reads the resource policy: an object, or a string with the JSON of one. ok is
// false where there is none, or where it cannot be read.
func PolicyStatements(d *model.Document) (statements []PolicyStatement, ok bool) {
	n := d.Root.Get(extensions.NamePolicy)
	if n == nil {
		return nil, false
	}
	text, _ := model.JSON(n) // what exceeds its bounds is not read
	var inner string
	if json.Unmarshal([]byte(text), &inner) == nil {
		text = inner
	}
	var whole struct {
		Statement json.RawMessage
		Transform json.RawMessage `json:"Fn::Transform"` // which may add statements
	}
	if json.Unmarshal([]byte(text), &whole) != nil || len(whole.Statement) == 0 || whole.Transform != nil {
		return nil, false
	}
	if json.Unmarshal(whole.Statement, &statements) == nil {
		return statements, true
	}
	var one PolicyStatement
	err := json.Unmarshal(whole.Statement, &one)
	return []PolicyStatement{one}, err == nil
}

// certain reports whether a text, or one of a list of texts, holds. possible counts what is known
// only when the document is deployed.
func certain(value any, holds func(string) bool) bool {
	for _, text := range textsOf(value) {
		if !model.HasPlaceholder(text) && holds(text) {
			return true
		}
	}
	return false
}

func possible(value any, holds func(string) bool) bool {
	for _, text := range textsOf(value) {
		if model.HasPlaceholder(text) || holds(text) {
			return true
		}
	}
	return false
}

// open stands for what is not known.
const open = "${}"

// textsOf are the texts of a member; of principals, those that are accounts and users of AWS.
func textsOf(value any) []string {
	switch value := value.(type) {
	case string:
		return []string{value}
	case []any:
		var all []string
		for _, one := range value {
			all = append(all, textsOf(one)...)
		}
		return all
	case map[string]any:
		if users, ok := value["AWS"]; ok {
			return textsOf(users)
		}
		if _, isService := value["Service"]; isService {
			return nil
		}
	}
	return []string{open}
}

func isEverybody(principal string) bool { return principal == "*" }

func isInvoke(action string) bool {
	pattern := strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(strings.ToLower(action)))
	matches, err := regexp.MatchString("^"+pattern+"$", "execute-api:invoke")
	return err != nil || matches
}

// isEveryOptions reports whether a resource is every OPTIONS of every stage.
func isEveryOptions(resource string) bool {
	return resource == "*" || slices.Contains([]string{"*", "*/*", "*/*/*", "*/OPTIONS/*"}, belowAPI(resource))
}

// mayBeOptions reports whether a resource is some OPTIONS, unless it plainly is another method.
func mayBeOptions(resource string) bool {
	parts := strings.Split(belowAPI(resource), "/")
	return len(parts) < 2 || !slices.Contains([]string{"GET", "PUT", "POST", "DELETE", "HEAD", "PATCH"}, parts[1])
}

// belowAPI is STAGE/METHOD/PATH of a resource, which is execute-api:/STAGE/METHOD/PATH or an ARN
// that ends so.
func belowAPI(resource string) string {
	if rest, ok := strings.CutPrefix(resource, "execute-api:/"); ok {
		return rest
	}
	if parts := strings.SplitN(resource, ":", 6); len(parts) == 6 {
		_, rest, _ := strings.Cut(parts[5], "/")
		return rest
	}
	return ""
}
