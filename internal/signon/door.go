package signon

import (
	"errors"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"time"
)

// mostBody is the greatest answer that is read of a service.
const mostBody = 1 << 20

var (
	errElsewhere = errors.New("signon: asked for an address that is not the service's")
	errTooLong   = errors.New("signon: the service's answer is too long")
)

// door lets requests out to the service alone, and its answers in up to a length.
type door struct {
	next    http.RoundTripper
	plain   bool // the service is on this machine, where nobody listens between
	mu      sync.Mutex
	origins map[string]bool
}

func newDoor(issuer string) *door {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.ResponseHeaderTimeout, transport.TLSHandshakeTimeout = askTime, askTime
	transport.MaxResponseHeaderBytes = 64 << 10
	transport.IdleConnTimeout = 30 * time.Second
	u, err := url.Parse(issuer)
	d := &door{next: transport, plain: err == nil && u.Scheme == "http" && loopback(u.Hostname()), origins: map[string]bool{}}
	d.open(issuer)
	return d
}

// loopback reports whether a host is this machine.
func loopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.Unmap().IsLoopback()
}

// closed reports whether nobody on the way can read what is sent to an address: it is https, or on this machine as the service itself.
func (d *door) closed(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http" && d.plain && loopback(u.Hostname()))
}

func origin(u *url.URL) string { return u.Scheme + "://" + u.Host }

// open lets requests out to the origins of addresses.
func (d *door) open(addresses ...string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, one := range addresses {
		if u, err := url.Parse(one); err == nil && d.closed(one) {
			d.origins[origin(u)] = true
		}
	}
}

// RoundTrip implements http.RoundTripper.
func (d *door) RoundTrip(r *http.Request) (*http.Response, error) {
	d.mu.Lock()
	open := d.origins[origin(r.URL)]
	d.mu.Unlock()
	if !open {
		return nil, errElsewhere
	}
	answer, err := d.next.RoundTrip(r)
	if err == nil {
		answer.Body = &bounded{answer.Body, mostBody}
	}
	return answer, err
}

// stay follows no redirect: a service answers where it said it would.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// bounded is a body that fails when it goes on for too long.
type bounded struct {
	io.ReadCloser
	left int
}

// Read implements io.Reader.
func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.left -= n; b.left < 0 {
		return 0, errTooLong
	}
	return n, err
}
