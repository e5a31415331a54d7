package probe_test

import (
	"net/http/httptest"
	"net/url"
	"slices"
	"testing"

	"github.com/apigw-cors/apigw-cors/internal/documents"
	"github.com/apigw-cors/apigw-cors/proof/gateway"
	"github.com/apigw-cors/apigw-cors/proof/probe"
)

// goldenDocuments are the documents that commands of the project gave.
func goldenDocuments(t testing.TB) []documents.Document {
	t.Helper()
	return slices.DeleteFunc(slices.Clone(documents.Golden(t)), func(d documents.Document) bool {
		_, err := gateway.Read(d.Src, gateway.Options{})
		return err != nil
	})
}

// checkOwnServer holds that an API that is served by its own handler does what its document
// says: what is sent and compared is what is answered. It returns how many were compared.
func checkOwnServer(t *testing.T, src []byte, o gateway.Options, ask func(*testing.T, *gateway.API, string) *probe.Result) int {
	t.Helper()
	api, err := gateway.Read(src, o)
	if err != nil {
		return 0
	}
	s := httptest.NewUnstartedServer(api.Handler(nil))
	s.Config.ErrorLog = silent()
	s.Start()
	defer s.Close()
	res := ask(t, api, s.URL)
	for _, r := range res.Rows {
		if len(r.Differences) > 0 || r.Outcome == probe.Differs || r.Outcome == probe.Unreachable || r.Outcome == probe.NotSent {
			t.Errorf("%s: %s %q %+v", r.Request.URL, said(r), r.Failure, r.Preflight)
		}
	}
	return res.Count(probe.Same)
}

// TestOwnServer holds the law over the documents of the project, as either kind of API.
func TestOwnServer(t *testing.T) {
	same, documents := 0, goldenDocuments(t)
	for _, d := range documents {
		for _, kind := range []gateway.APIType{gateway.REST, gateway.HTTP} {
			t.Run(d.Name()+" "+string(kind), func(t *testing.T) {
				o := gateway.Options{APIType: kind, BasePath: gateway.BasePathPrepend, StageVariables: map[string]string{"origin": "https://staged.example.com"}}
				same += checkOwnServer(t, d.Src, o, func(t *testing.T, api *gateway.API, base string) *probe.Result {
					return ask(t, t.Context(), api, base, probe.Options{})
				})
			})
		}
	}
	t.Logf("%d preflights of %d documents are answered as promised", same, len(documents))
	if len(documents) < 100 || same < 500 {
		t.Error("that is too few")
	}
}

// FuzzOwnServer holds the law for whatever documents and origins.
func FuzzOwnServer(f *testing.F) {
	f.Add([]byte(pets), "https://app.example.com", true)
	for _, d := range goldenDocuments(f) {
		f.Add(d.Src, "", true)
		f.Add(d.Src, "null", false)
	}
	f.Fuzz(func(t *testing.T, src []byte, origin string, rest bool) {
		o := gateway.Options{APIType: gateway.HTTP}
		if rest {
			o.APIType = gateway.REST
		}
		checkOwnServer(t, src, o, func(t *testing.T, api *gateway.API, base string) *probe.Result {
			u, err := url.Parse(base)
			if err != nil {
				t.Fatal(err)
			}
			options := probe.Options{Base: u, Limit: 200}
			if origin != "" {
				options.Origins = []string{origin}
			}
			res, err := probe.Run(t.Context(), api, options)
			if err != nil { // there are more
				return &probe.Result{}
			}
			return res
		})
	})
}
