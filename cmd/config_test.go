package cmd

import (
	"regexp"
	"strings"
	"testing"

	"github.com/apigw-cors/apigw-cors/transform"
)

// commented finds settings that are commented out.
var commented = regexp.MustCompile(`(?m)^( *)# ( +\S|[a-zA-Z]+:)`)

// TestStarter holds that what config init writes is a policy file, also with all of
// its settings uncommented, and that it names every key.
func TestStarter(t *testing.T) {
	for name, text := range map[string]string{"as written": string(starter), "uncommented": commented.ReplaceAllString(string(starter), "$1$2")} {
		config, err := transform.ReadConfig(name, []byte(text))
		if err != nil {
			t.Error(err)
		} else if name == "uncommented" && (len(config.File.Resources) != 2 || len(config.File.Profiles) != 1 || len(config.File.Emit) != 8 || config.File.Existing == "") {
			t.Errorf("uncommented, it has %+v", config.File)
		}
	}
	for _, key := range transform.EmitKeys() {
		if !strings.Contains(string(starter), key+":") {
			t.Errorf("it does not name emit.%s", key)
		}
	}
}
