// Package chromium starts a browser for tests.
package chromium

import (
	"context"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// Start returns the context of a headless Chromium that is started with options, and that ends with
// the test or after some minutes. Where no browser is installed the test is skipped.
func Start(t *testing.T, options ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	path := find()
	if path == "" {
		t.Skip("there is no Chromium here to try this in")
	}
	const patience = 5 * time.Minute
	ctx, stop := context.WithTimeout(context.Background(), patience)
	t.Cleanup(stop)
	all := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox)
	ctx, stop = chromedp.NewExecAllocator(ctx, append(all, options...)...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	return ctx
}

// find returns the path of a browser; empty: there is none.
func find() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			return found
		}
	}
	return ""
}

// WidthOnTelephone returns how many pixels the page is wide that a browser shows, as on a
// telephone and with everything on it opened, and how many there are.
func WidthOnTelephone(t *testing.T, ctx context.Context) (page, screen int) {
	t.Helper()
	const width, height = 360, 640
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, height, chromedp.EmulateMobile)); err != nil {
		t.Fatal(err)
	}
	const opened = `(() => { for (const d of document.querySelectorAll("details")) d.open = true; return document.documentElement.scrollWidth })()`
	page, err := chromedp.Run(ctx, chromedp.Evaluate[int](opened))
	if err != nil {
		t.Fatal(err)
	}
	return page, width
}
