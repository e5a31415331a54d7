package model

import (
	"fmt"
	"strings"

	"github.com/apigw-cors/apigw-cors/transform/internal/source"
)

// Open reads a document whose paths can be read. What it does not look at yet may be
// broken all the same: File.Broken tells that once it was looked at.
func Open(name string, src []byte) (*source.File, error) {
	f, err := source.Parse(name, src)
	if err != nil {
		return nil, err
	}
	if _, _, err := Check(f.Root); err != nil {
		return nil, err
	}
	return f, nil
}

// Check returns the version of a document, or an error when the node is not an
// OpenAPI document whose paths can be read.
func Check(root *source.Node) (Version, *source.Node, error) {
	f := root.File
	if root.Kind != source.Map {
		return 0, nil, f.Fault(root.Start, "not an OpenAPI document: its root is not an object", "an OpenAPI document begins with openapi: 3.0.1 or swagger: \"2.0\"")
	}
	if Intrinsic(root) {
		return 0, nil, f.Fault(root.Start, "not an OpenAPI document: the whole body is a CloudFormation intrinsic", "run the tool on the document that it resolves to")
	}
	v, node, err := version(root)
	if err != nil {
		return 0, nil, err
	}
	return v, node, checkPaths(root, v)
}

func version(root *source.Node) (Version, *source.Node, error) {
	f := root.File
	for _, key := range []string{"openapi", "swagger"} {
		m, ok := root.Member(key)
		if !ok {
			continue
		}
		text := m.Value.Text()
		switch {
		case key == "swagger" && (text == "2" || strings.HasPrefix(text, "2.")):
			return Swagger2, m.Value, nil
		case key == "openapi" && (text == "3" || strings.HasPrefix(text, "3.0")):
			return OpenAPI30, m.Value, nil
		case key == "openapi" && strings.HasPrefix(text, "3."):
			return OpenAPI31, m.Value, nil
		}
		return 0, nil, f.Fault(m.Key.Start, fmt.Sprintf("%s %q is not a version that API Gateway imports", key, text), "write openapi: 3.0.1 or swagger: \"2.0\"")
	}
	return 0, nil, f.Fault(root.Start, "not an OpenAPI document: it has neither openapi nor swagger at its root", "is this the right file?")
}

func checkPaths(root *source.Node, v Version) error {
	f := root.File
	m, ok := root.Member("paths")
	switch {
	case !ok && v == OpenAPI31: // an OpenAPI 3.1 document may hold webhooks alone
		return nil
	case !ok:
		return f.Fault(root.Start, "the document has no paths", "is it only a part of a document?")
	case m.Value.Kind != source.Map && !m.Value.IsNull() && !Intrinsic(m.Value):
		return f.Fault(m.Key.Start, "paths is not an object", "write one member for each path, such as /pets")
	}
	if second, dup := root.Duplicate("paths"); dup {
		return f.Fault(second.Key.Start, "the key \"paths\" stands twice in one object, so its meaning depends on the reader", "keep one of them")
	}
	return nil
}

// Read returns the document below root as it is without the hidden nodes. The
// root must have passed Check.
func Read(root *source.Node, hidden Hidden) *Document {
	d := &Document{Root: root, Hidden: hidden}
	d.Version, d.VersionNode, _ = version(root)
	d.readResources()
	return d
}

func (d *Document) readResources() {
	paths := d.Root.Get("paths")
	if paths == nil || Intrinsic(paths) {
		return
	}
	index := map[string]*Resource{}
	for _, m := range d.Hidden.Members(paths) {
		if !strings.HasPrefix(m.Name(), "/") {
			if !strings.HasPrefix(m.Name(), "x-") {
				d.Strays = append(d.Strays, m)
			}
			continue
		}
		path := ResourcePath(m.Name())
		r := index[path]
		if r == nil {
			r = &Resource{Path: path}
			index[path] = r
			d.Resources = append(d.Resources, r)
		}
		r.Items = append(r.Items, d.readPathItem(m))
	}
}

// ResourcePath returns the path of the resource that a path item belongs to: API
// Gateway takes /x and /x/ for one (aws/serverless-application-model#3816).
func ResourcePath(key string) string {
	if trimmed := strings.TrimRight(key, "/"); trimmed != "" {
		return trimmed
	}
	return "/"
}
