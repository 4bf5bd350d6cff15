package charts

import (
	"bytes"
	"context"
	"errors"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"taizhang/internal/text"
)

// raster turns SVG into PNG with a program of the machine, a few at a time.
type raster struct {
	slots chan struct{}
	path  string // the folders that are searched for programs; empty: those of the environment
}

// rasterLimit is how long a program may take; a browser that starts cold is the slow one.
const rasterLimit = 30 * time.Second

// browsers are the names Chromium goes by.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

// PNG draws a picture as pixels, scale of them to one of the picture's; it needs rsvg-convert or Chromium on the machine.
func (r *Renderer) PNG(ctx context.Context, p Picture, scale int) ([]byte, error) {
	convert, err := r.raster.program()
	if err != nil {
		return nil, err
	}
	svg, err := r.SVG(ctx, p)
	if err != nil {
		return nil, err
	}
	select {
	case r.raster.slots <- struct{}{}:
		defer func() { <-r.raster.slots }()
	case <-ctx.Done():
		return nil, unavailable(text.T("picture.busy"), ctx.Err())
	}
	ctx, cancel := context.WithTimeout(ctx, rasterLimit)
	defer cancel()
	body, err := convert(ctx, svg, p, scale)
	if err != nil {
		return nil, unavailable(text.T("picture.not_converted"), err)
	}
	// A program that was not up to it must not pass for a picture.
	head, err := png.DecodeConfig(bytes.NewReader(body))
	if err == nil && (head.Width != p.Width*scale || head.Height != p.Height*scale) {
		err = errors.New("asked for " + resolution(p.Width*scale, p.Height*scale) + ", got " + resolution(head.Width, head.Height))
	}
	if err != nil {
		return nil, unavailable(text.T("picture.not_converted"), err)
	}
	return body, nil
}

// converter makes PNG of SVG.
type converter func(ctx context.Context, svg []byte, p Picture, scale int) ([]byte, error)

// program finds what the machine has; rsvg-convert is ten times as quick as a browser.
func (r raster) program() (converter, error) {
	if at := r.find("rsvg-convert"); at != "" {
		return func(ctx context.Context, svg []byte, p Picture, scale int) ([]byte, error) {
			return withRsvg(ctx, at, svg, p, scale)
		}, nil
	}
	for _, name := range browsers {
		if at := r.find(name); at != "" {
			return func(ctx context.Context, svg []byte, p Picture, scale int) ([]byte, error) {
				return withBrowser(ctx, at, svg, p, scale)
			}, nil
		}
	}
	return nil, unavailable(text.T("picture.no_converter"), nil)
}

func (r raster) find(name string) string { return findProgram(r.path, name) }

// findProgram looks for a program in folders, or in those of the environment when none are given.
func findProgram(folders, name string) string {
	if folders == "" {
		at, err := exec.LookPath(name)
		if err != nil {
			return ""
		}
		return at
	}
	for _, dir := range filepath.SplitList(folders) {
		if at, err := exec.LookPath(filepath.Join(dir, name)); err == nil {
			return at
		}
	}
	return ""
}

func withRsvg(ctx context.Context, program string, svg []byte, p Picture, scale int) ([]byte, error) {
	cmd := exec.CommandContext(ctx, program, "--format=png", "--width="+strconv.Itoa(p.Width*scale), "--height="+strconv.Itoa(p.Height*scale))
	cmd.Stdin = bytes.NewReader(svg)
	return output(cmd)
}

// withBrowser takes a screenshot of the file in a profile of its own.
func withBrowser(ctx context.Context, program string, svg []byte, p Picture, scale int) ([]byte, error) {
	dir, err := os.MkdirTemp("", "taizhang-picture-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	from, to := filepath.Join(dir, "picture.svg"), filepath.Join(dir, "picture.png")
	if err := os.WriteFile(from, svg, 0o600); err != nil {
		return nil, err
	}
	args := append(browserArgs(dir), "--force-device-scale-factor="+strconv.Itoa(scale), "--window-size="+strconv.Itoa(p.Width)+","+strconv.Itoa(p.Height), "--screenshot="+to)
	cmd := exec.CommandContext(ctx, program, append(args, "file://"+from)...)
	if _, err := output(cmd); err != nil {
		return nil, err
	}
	return os.ReadFile(to)
}

// browserArgs start Chromium without a window, a network or a profile that stays.
func browserArgs(dir string) []string {
	args := []string{"--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
		"--disable-sync", "--hide-scrollbars", "--user-data-dir=" + filepath.Join(dir, "profile")}
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox") // it refuses to start as root otherwise; the file is our own and holds no script
	}
	return args
}

// output runs a program to its end; what it complains of becomes the cause.
func output(cmd *exec.Cmd) ([]byte, error) {
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = &out, &complaint, time.Second
	if err := cmd.Run(); err != nil {
		said := strings.TrimSpace(complaint.String())
		return nil, errors.Join(err, errors.New(said[:min(len(said), 500)]))
	}
	return out.Bytes(), nil
}

func resolution(width, height int) string { return strconv.Itoa(width) + "x" + strconv.Itoa(height) }

// Browsers are the names of the programs that can take rsvg-convert's place, in the order they are tried.
func Browsers() []string { return slices.Clone(browsers) }
