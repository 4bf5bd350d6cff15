package testkit

import (
	"bufio"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// Provider is a real sign-in service in a process of its own (provider/provider.mjs), behind a listener through which a test may change what
// it answers: a real service issues no wrong tokens.
type Provider struct {
	Issuer, Client, Secret string

	settings []byte
	behind   string // host:port of the process
	process  *exec.Cmd
	alive    io.Closer // the process ends with it
	end      func()

	mu     sync.Mutex
	tamper func(*http.Response)
	asked  []string
}

// NewProvider starts the service for a client that is answered at redirects and signed out at signedOut; without Node.js or the package the
// test is skipped aloud, and fails where CI=true.
func NewProvider(t testing.TB, redirects, signedOut []string) *Provider {
	t.Helper()
	p := startProvider(t, redirects, signedOut)
	t.Cleanup(p.end)
	return p
}

var keptProvider *Provider

// KeptProvider is a service started once for all tests of a package that ask for the same; what a test kills or changes, it mends. Main ends it.
func KeptProvider(t testing.TB, redirects, signedOut []string) *Provider {
	t.Helper()
	if keptProvider == nil {
		keptProvider = startProvider(t, redirects, signedOut)
	}
	t.Cleanup(func() { keptProvider.Tamper(nil) })
	keptProvider.Asked()
	return keptProvider
}

func startProvider(t testing.TB, redirects, signedOut []string) *Provider {
	t.Helper()
	_, err := exec.LookPath("node")
	if err == nil {
		_, err = os.Stat(filepath.Join(Root(), "node_modules", "oidc-provider"))
	}
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatal("no Node.js or no oidc-provider on this machine: sign-in must be tried where CI=true: ", err)
	} else if err != nil {
		t.Skip("SKIPPED ALOUD: no Node.js or no oidc-provider on this machine, so nobody signed in by a service (make setup): ", err)
	}
	p := &Provider{Client: "taizhang", Secret: "a secret that only tests know"}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.behind = free.Addr().String()
	_ = free.Close()
	inner := &url.URL{Scheme: "http", Host: p.behind}
	front := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(inner)
			r.Out.Host = r.In.Host
			r.Out.Header.Del("Accept-Encoding")
		},
		ModifyResponse: p.pass,
		ErrorHandler:   func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) }, // as if nobody listened
	})
	p.Issuer, p.end = front.URL, func() { p.Kill(); front.Close() }
	port, _ := strconv.Atoi(inner.Port())
	p.settings, err = json.Marshal(map[string]any{"issuer": p.Issuer, "port": port, "client": p.Client, "secret": p.Secret, "redirects": redirects, "signedOut": signedOut})
	if err != nil {
		t.Fatal(err)
	}
	p.Start(t)
	return p
}

// Start starts the process, with keys of its own and nobody signed in.
func (p *Provider) Start(t testing.TB) {
	t.Helper()
	p.process = exec.Command("node", filepath.Join(Root(), "internal", "testkit", "provider", "provider.mjs"), string(p.settings))
	var said strings.Builder
	p.process.Stderr = &said
	alive, err := p.process.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.alive = alive
	out, err := p.process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.process.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if lines.Text() == "ready" {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return
		}
	}
	_ = p.process.Wait()
	t.Fatal("the sign-in service did not start: ", said.String())
}

// Kill ends the process at once.
func (p *Provider) Kill() {
	if p.process != nil {
		_ = p.process.Process.Kill()
		_ = p.alive.Close()
		_ = p.process.Wait()
		p.process = nil
	}
}

// Tamper changes the service's answers from now on; nil leaves them alone.
func (p *Provider) Tamper(change func(*http.Response)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tamper = change
}

// Asked gives the paths that were asked for since it was called last.
func (p *Provider) Asked() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	list := p.asked
	p.asked = nil
	return list
}

func (p *Provider) pass(answer *http.Response) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, answer.Request.URL.Path)
	if p.tamper != nil {
		p.tamper(answer)
	}
	return nil
}
