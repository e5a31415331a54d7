package report_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/apigw-cors/apigw-cors/internal/documents"
	"github.com/apigw-cors/apigw-cors/transform"
	"github.com/apigw-cors/apigw-cors/transform/report"
)

// schemaNamed returns one of the schemas that describe the reports.
func schemaNamed(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile(filepath.Join("schemas", name+".schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// keeps holds that a report keeps to its schema.
func keeps(t *testing.T, schema *jsonschema.Schema, text []byte) {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(value); err != nil {
		t.Errorf("%v\n%s", err, text)
	}
}

// TestReportsKeepToTheirSchemas holds for the project's documents what is said of the
// reports in JSON.
func TestReportsKeepToTheirSchemas(t *testing.T) {
	answers, changes := schemaNamed(t, "report"), schemaNamed(t, "changes")
	older := parsed(t, "old.yaml", verdicts)
	for _, one := range documents.Own(t) {
		d, err := transform.Parse(one.Path, one.Src)
		if err != nil {
			continue
		}
		for _, kind := range []transform.APIType{transform.REST, transform.HTTP} {
			api, err := report.Read(d, kind)
			if err != nil {
				continue
			}
			var text bytes.Buffer
			if err := api.Write(&text, report.APIJSON); err != nil {
				t.Fatal(err)
			}
			keeps(t, answers, text.Bytes())
		}
		list, err := report.Since(older, d, transform.REST)
		if err != nil {
			continue
		}
		var text bytes.Buffer
		if err := report.WriteChanges(&text, list, report.APIJSON); err != nil {
			t.Fatal(err)
		}
		keeps(t, changes, text.Bytes())
	}
	var text bytes.Buffer
	if err := report.WriteChanges(&text, nil, report.APIJSON); err != nil {
		t.Fatal(err)
	}
	keeps(t, changes, text.Bytes())
	for _, f := range []report.Findings{odd, {}} {
		keeps(t, schemaNamed(t, "findings"), []byte(written(t, f, report.JSON)))
	}
	for name, wrong := range map[string]string{"report": `{"version": 2}`, "findings": `{"version": 1, "files": []}`, "changes": `{"version": 1, "changes": [{"effect": "worse", "text": ""}]}`} {
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(wrong))
		if err != nil {
			t.Fatal(err)
		}
		if schemaNamed(t, name).Validate(value) == nil {
			t.Errorf("%s takes %s", name, wrong)
		}
	}
}
