package gateway_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/proof/gateway"
)

// recording is what AWS was recorded to do with a document.
type recording struct {
	ID, Type, Document string
	API                gateway.APIType   `json:"api"`
	StageVariables     map[string]string `json:"stage_variables"`
	Request            struct {
		Method, Path   string
		Query, Headers [][2]string
		Body           string
	}
	Backend *struct {
		Status       int
		Headers      [][2]string
		Body         string
		ErrorMessage string `json:"error_message"`
	}
	Expected json.RawMessage
}

// recordedResponse is a response of AWS, as far as it was recorded.
type recordedResponse struct {
	Status    int
	Headers   map[string]string
	Absent    []string // names of headers
	Body      *string
	BodyJSON  json.RawMessage `json:"body_json"`
	ErrorType string          `json:"error_type"`
	Resource  string          // that handled the request
}

// otherwise are the recordings that this package judges in another way. The list may only shrink.
var otherwise = []string{
	"vtl-null", "vtl-null-equals-empty-decides-header", "vtl-undefined-in-mock-status", "vtl-stage-variable-missing",
	"vtl-empty-body-is-braces", "import-integration-type", "import-bad-selection-pattern",
	"gateway-response-status-form",
}

// TestRecordedResponses holds that an API responds as AWS was recorded to, where the recordings stand
// beside the project.
func TestRecordedResponses(t *testing.T) {
	agree, differ, open := 0, 0, 0
	for _, r := range recordings(t) {
		if r.Type != "answer" {
			continue
		}
		got := respond(t, r)
		switch difference := differs(t, r, got); {
		case got.Unknown != nil:
			open++
			t.Logf("%s cannot be told: %s (%s)", r.ID, got.Unknown.Message, got.Unknown.Reason)
		case slices.Contains(otherwise, r.ID) != (difference != ""):
			t.Errorf("%s: want a difference %t, got %q", r.ID, slices.Contains(otherwise, r.ID), difference)
		case difference != "":
			differ++
		default:
			agree++
		}
	}
	t.Logf("%d responses agree, %d differ, %d cannot be told", agree, differ, open)
	if 20*open > agree+differ+open {
		t.Errorf("of %d responses %d cannot be told", agree+open, open)
	}
}

// TestRecordedImports holds that a document is taken or refused as by AWS, where the recordings
// stand beside the project.
func TestRecordedImports(t *testing.T) {
	agree := 0
	for _, r := range recordings(t) {
		if r.Type != "import" {
			continue
		}
		var want struct {
			Accepted bool
			Error    string
		}
		if err := json.Unmarshal(r.Expected, &want); err != nil {
			t.Fatal(err)
		}
		api, err := gateway.Read([]byte(r.Document), gateway.Options{APIType: r.API})
		if err == nil {
			if u := api.Refused(); u != nil {
				err = errors.New(u.Message)
			}
		}
		if differs := (err == nil) != want.Accepted; differs != slices.Contains(otherwise, r.ID) {
			t.Errorf("%s: want accepted %t (%s), got %v", r.ID, want.Accepted, want.Error, err)
		} else if !differs {
			agree++
		}
	}
	t.Logf("%d imports agree", agree)
}

// recordings are those beside the project.
func recordings(t *testing.T) (list []recording) {
	t.Helper()
	text, err := os.ReadFile("../../../shared/conformance/recorded.jsonl")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the recordings are absent")
	}
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, len(text)+1)
	for lines.Scan() {
		var r recording
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		list = append(list, r)
	}
	return list
}

// respond is what the API of a recording responds.
func respond(t *testing.T, r recording) gateway.Response {
	t.Helper()
	api, err := gateway.Read([]byte(r.Document), gateway.Options{APIType: r.API, StageVariables: r.StageVariables})
	if err != nil {
		t.Fatalf("%s: %v", r.ID, err)
	}
	var backend gateway.Backend
	if r.Backend != nil {
		backend = func(context.Context, gateway.BackendRequest) (gateway.Reply, error) {
			return gateway.Reply{Status: r.Backend.Status, Header: recordedFields(r.Backend.Headers), Body: r.Backend.Body, ErrorMessage: r.Backend.ErrorMessage}, nil
		}
	}
	return api.Respond(t.Context(), gateway.Request{
		Method: r.Request.Method, Path: r.Request.Path, Query: recordedFields(r.Request.Query), Header: recordedFields(r.Request.Headers), Body: r.Request.Body,
	}, backend)
}

func recordedFields(pairs [][2]string) (list []gateway.Field) {
	for _, p := range pairs {
		list = append(list, gateway.Field{Name: p[0], Value: p[1]})
	}
	return list
}

// differs tells the first thing in which a response is another than the recorded one.
func differs(t *testing.T, r recording, got gateway.Response) string {
	t.Helper()
	var want recordedResponse
	if err := json.Unmarshal(r.Expected, &want); err != nil {
		t.Fatal(err)
	}
	if got.Unknown != nil {
		return ""
	}
	if got.Status != want.Status {
		return fmt.Sprintf("want status %d, got %d %s", want.Status, got.Status, got.Body)
	}
	for name, value := range want.Headers {
		if sent, ok := sentHeader(got, name); !ok || sent != value {
			return fmt.Sprintf("want %s: %q, got %q (%t)", name, value, sent, ok)
		}
	}
	for _, name := range want.Absent {
		if sent, ok := sentHeader(got, name); ok {
			return fmt.Sprintf("want no %s, got %q", name, sent)
		}
	}
	if sent, _ := sentHeader(got, "x-amzn-ErrorType"); want.ErrorType != "" && sent != want.ErrorType {
		return fmt.Sprintf("want the error type %s, got %q", want.ErrorType, sent)
	}
	if want.Resource != "" && !strings.HasPrefix(got.Method, "/paths/"+strings.ReplaceAll(want.Resource, "/", "~1")+"/") {
		return fmt.Sprintf("want the resource %s, got %s", want.Resource, got.Method)
	}
	return differsInBody(want, got.Body)
}

func differsInBody(want recordedResponse, got string) string {
	if want.Body != nil && got != *want.Body {
		return fmt.Sprintf("want the body %q, got %q", *want.Body, got)
	}
	if want.BodyJSON == nil {
		return ""
	}
	var a, b any
	if json.Unmarshal(want.BodyJSON, &a) != nil || json.Unmarshal([]byte(got), &b) != nil || !reflect.DeepEqual(a, b) {
		return fmt.Sprintf("want the body %s, got %s", want.BodyJSON, got)
	}
	return ""
}

func sentHeader(r gateway.Response, name string) (string, bool) {
	for _, f := range r.Header {
		if strings.EqualFold(f.Name, name) {
			return f.Value, true
		}
	}
	return "", false
}
