package gateway

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/apigw-cors/apigw-cors/extensions"
)

// Unknown is why a document does not determine how API Gateway responds.
type Unknown struct {
	Reason    Reason
	Message   string    // lower case, with the offending value
	Pointer   string    // a JSON Pointer to the place in the document
	Behaviour Behaviour // by which the import refuses the document; zero where it does not
}

// A Reason is a kind of [Unknown]. It is stable, to be counted by.
type Reason string

const (
	ReasonIntrinsic      Reason = "intrinsic"       // a deployment by CloudFormation resolves it
	ReasonPlaceholder    Reason = "placeholder"     // ${…}, which something fills in before the import
	ReasonStageVariable  Reason = "stage-variable"  // whose value was not given
	ReasonElsewhere      Reason = "elsewhere"       // a reference to another document
	ReasonUnreadable     Reason = "unreadable"      // it is not what belongs there
	ReasonNoIntegration  Reason = "no-integration"  // a deployment fails
	ReasonImport         Reason = "import-refused"  // the import fails
	ReasonAmbiguous      Reason = "ambiguous"       // it defines two things, and AWS does not say which holds
	ReasonNoPolicy       Reason = "no-policy"       // no policy defines who may request it
	ReasonBackend        Reason = "backend"         // the headers are the backend's to send, and no policy requires them
	ReasonResourcePolicy Reason = "resource-policy" // it refuses the path that was tried, and may allow others of its resource
	ReasonTemplate       Reason = "template"        // it does what package velocity does not know, or what makes it fail
)

func unknown(reason Reason, pointer, format string, args ...any) *Unknown {
	return &Unknown{Reason: reason, Message: fmt.Sprintf(format, args...), Pointer: pointer}
}

// Reasons returns all of them.
func Reasons() []Reason {
	return []Reason{
		ReasonIntrinsic, ReasonPlaceholder, ReasonStageVariable, ReasonElsewhere, ReasonUnreadable, ReasonNoIntegration,
		ReasonImport, ReasonAmbiguous, ReasonNoPolicy, ReasonBackend, ReasonResourcePolicy, ReasonTemplate,
	}
}

// misread tells which of the members of an object could not be read, as package extensions keeps
// them: what is an intrinsic, or of another kind than belongs there. null is as good as absent.
func misread(members map[string]json.RawMessage, at string, names ...string) *Unknown {
	for _, name := range names {
		raw, ok := members[name]
		if !ok || string(raw) == "null" {
			continue
		}
		reason := reasonOfString(extensions.Raw(raw))
		if reason == ReasonUnreadable {
			return unknown(reason, at+pointer(name), "%s is %s, which does not belong there", name, shortened(string(raw)))
		}
		return unknown(reason, at+pointer(name), "%s is %s, which is not known before the document is deployed", name, shortened(string(raw)))
	}
	return transformed(members, at)
}

// twice tells which key stands twice in an object.
func twice(object map[string]any, at string) *Unknown {
	if keys := duplicatesIn(object); len(keys) > 0 {
		return unknown(ReasonAmbiguous, at+pointer(keys[0]), "the key %q stands twice, and which of the two API Gateway reads is not known", keys[0])
	}
	return nil
}

// transformed tells which key of a map stands for others that only a deployment gives.
func transformed[K ~string, V any](members map[K]V, at string) *Unknown {
	for _, key := range slices.Sorted(maps.Keys(members)) {
		if extensions.IsIntrinsicName(string(key)) && key != "Ref" && key != "Condition" {
			return unknown(ReasonIntrinsic, at+pointer(string(key)), "%s stands for members that are known only when the document is deployed", key)
		}
	}
	return nil
}
