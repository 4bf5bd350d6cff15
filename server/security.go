package server

import (
	"net"
	"net/netip"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// policy allows what comes from our own origin and nothing else. There is no
// inline script and no inline style: charts draw their tooltips on the canvas,
// and what ECharts sets through element.style is no inline style to a browser.
const policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; " +
	"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// smallBody is the limit of every request body but an upload's.
const smallBody = 64 << 10

var securityHeaders = [][2]string{
	{"Content-Security-Policy", policy},
	{"X-Content-Type-Options", "nosniff"},
	{"X-Frame-Options", "DENY"},
	{"Referrer-Policy", "same-origin"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
}

// guard sets the headers that confine a page and refuses requests another site's page could have made.
func (a *app) guard(c *fiber.Ctx) error {
	for _, h := range securityHeaders {
		c.Set(h[0], h[1])
	}
	if !strings.HasPrefix(c.Path(), "/assets/") {
		c.Set(fiber.HeaderCacheControl, "no-store")
	}
	if err := a.checkWay(c); err != nil {
		return err
	}
	if a.secure(c) {
		c.Set(fiber.HeaderStrictTransportSecurity, "max-age=31536000")
	}
	switch c.Method() {
	case fiber.MethodGet, fiber.MethodHead:
		return c.Next()
	case fiber.MethodPost:
	default:
		return fiber.ErrMethodNotAllowed
	}
	if !sameSite(c) {
		return ledger.Fail(ledger.Refused, text.T("error.foreign_origin"))
	}
	if !a.takesFiles(c) {
		if n := c.Request().Header.ContentLength(); n < 0 || n > smallBody {
			c.Response().SetConnectionClose()
			return fiber.ErrRequestEntityTooLarge
		}
	}
	return c.Next()
}

// inParts reports a form that comes in parts, files among them.
func inParts(c *fiber.Ctx) bool {
	return strings.HasPrefix(c.Get(fiber.HeaderContentType), fiber.MIMEMultipartForm)
}

// takesFiles reports whether a POST is to one of the few addresses that take files; their handlers read them under limits of their own.
func (a *app) takesFiles(c *fiber.Ctx) bool {
	path := strings.TrimSuffix(c.Path(), "/")
	return path == "/imports" || inParts(c) && (path == "/patrols" || fiber.RoutePatternMatch(path, "/patrols/:id/move"))
}

// localHost reports whether a request was meant for this machine; a name that a
// foreign site points here (DNS rebinding) is not one of ours.
func localHost(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(host, "[]")
	if strings.EqualFold(host, "localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.Unmap().IsLoopback()
}

// sameSite reports whether a POST comes from our own page, or from no page at all, such as curl.
func sameSite(c *fiber.Ctx) bool {
	if site := c.Get("Sec-Fetch-Site"); site != "" {
		return site == "same-origin" || site == "none"
	}
	origin := c.Get(fiber.HeaderOrigin)
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && strings.EqualFold(u.Host, c.Hostname())
}
