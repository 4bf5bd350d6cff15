package server

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// trusted reports whether a request was handed on by a proxy that the settings name; nobody else is believed what a header says of the way.
func (a *app) trusted(c *fiber.Ctx) bool {
	from, ok := netip.AddrFromSlice(c.Context().RemoteIP())
	return ok && a.proxy(from.Unmap())
}

func (a *app) proxy(address netip.Addr) bool {
	return slices.ContainsFunc(a.proxies, func(p netip.Prefix) bool { return p.Contains(address) })
}

// secure reports whether the request came over TLS, to us or to a proxy of ours.
func (a *app) secure(c *fiber.Ctx) bool {
	return c.Context().IsTLS() || a.trusted(c) && c.Get(fiber.HeaderXForwardedProto) == "https"
}

// from is the address a request came from. Behind proxies it is the last one that none of ours wrote: what stands before it may be anybody's invention.
func (a *app) from(c *fiber.Ctx) string {
	address, ok := netip.AddrFromSlice(c.Context().RemoteIP())
	if !ok {
		return ""
	}
	address = address.Unmap()
	told := strings.Split(c.Get(fiber.HeaderXForwardedFor), ",")
	for i := len(told) - 1; i >= 0 && a.proxy(address); i-- {
		next, err := netip.ParseAddr(strings.TrimSpace(told[i]))
		if err != nil {
			break
		}
		address = next.Unmap()
	}
	return address.String()
}

// checkWay refuses a request for a name that is not ours, and one that came in the clear from another machine.
func (a *app) checkWay(c *fiber.Ctx) error {
	if !localHost(c.Hostname()) && !a.known(c.Hostname()) {
		if a.cfg.beyond() {
			return ledger.Fail(ledger.Refused, text.T("error.unknown_host"))
		}
		return ledger.Fail(ledger.Refused, text.T("error.foreign_host"))
	}
	address, ok := netip.AddrFromSlice(c.Context().RemoteIP())
	handedOn := a.trusted(c) && c.Get(fiber.HeaderXForwardedFor) != ""
	if a.cfg.beyond() && !a.secure(c) && (handedOn || ok && !address.Unmap().IsLoopback() && !address.IsUnspecified()) {
		return ledger.Fail(ledger.Refused, text.T("error.not_secure"))
	}
	return nil
}

// known reports whether a request's host is one of the names this deployment is reached by.
func (a *app) known(host string) bool {
	if i := strings.LastIndexByte(host, ':'); i > 0 && !strings.HasSuffix(host, "]") {
		host = host[:i]
	}
	return a.cfg.named(strings.Trim(host, "[]"))
}
