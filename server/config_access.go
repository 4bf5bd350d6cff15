package server

import (
	"crypto/tls"
	"net"
	"net/netip"
	"strings"

	"taizhang/internal/access"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// validateAccess refuses settings under which others could reach the program unprotected.
func (c Config) validateAccess() error {
	if _, known := access.Policies[c.Profile]; !known {
		return ledger.Fail(ledger.Invalid, text.T("command.bad_profile", c.Profile))
	}
	if !access.MayForget(c.AuditDays) {
		return ledger.Fail(ledger.Refused, text.T("audit.too_short", access.SmallestRetention))
	}
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return ledger.Fail(ledger.Invalid, text.T("command.tls_both"))
	}
	if _, err := c.trustedProxies(); err != nil {
		return err
	}
	if _, err := c.certificate(); err != nil {
		return err
	}
	if _, err := c.address(); err != nil {
		return err
	}
	if _, err := c.signOn(); err != nil {
		return err
	}
	switch {
	case !c.beyond():
		return nil
	case c.TLSCert == "" && c.Proxies == "":
		return ledger.Fail(ledger.Refused, text.T("command.not_secure", c.Listen))
	case c.Hosts == "":
		return ledger.Fail(ledger.Invalid, text.T("command.no_hosts"))
	}
	return nil
}

// address gives the address to listen on.
func (c Config) address() (string, error) {
	host, port, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return "", ledger.Fail(ledger.Invalid, text.T("command.bad_listen", c.Listen))
	}
	// Written out, because a hosts file may send the name elsewhere.
	if host == "localhost" {
		host = "127.0.0.1"
	}
	if _, err := netip.ParseAddr(host); err != nil && host != "" {
		return "", ledger.Fail(ledger.Invalid, text.T("command.bad_listen", c.Listen))
	}
	return net.JoinHostPort(host, port), nil
}

// beyond reports whether other machines reach the pages, straight or by a proxy.
func (c Config) beyond() bool {
	if c.Proxies != "" {
		return true
	}
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return true
	}
	address, err := netip.ParseAddr(host)
	return host != "localhost" && (err != nil || !address.Unmap().IsLoopback())
}

// trustedProxies reads the addresses of the proxies that are believed.
func (c Config) trustedProxies() ([]netip.Prefix, error) {
	var list []netip.Prefix
	for _, one := range listOf(c.Proxies) {
		prefix, err := netip.ParsePrefix(one)
		if address, failed := netip.ParseAddr(one); err != nil && failed == nil {
			prefix, err = netip.PrefixFrom(address.Unmap(), address.Unmap().BitLen()), nil
		}
		if err != nil {
			return nil, ledger.Fail(ledger.Invalid, text.T("command.bad_proxy", one))
		}
		list = append(list, prefix.Masked())
	}
	return list, nil
}

// certificate reads the files of TLS, nil without them.
func (c Config) certificate() (*tls.Config, error) {
	if c.TLSCert == "" {
		return nil, nil
	}
	pair, err := tls.LoadX509KeyPair(c.TLSCert, c.TLSKey)
	if err != nil {
		return nil, &ledger.Error{Kind: ledger.Invalid, Message: text.T("command.bad_certificate", strings.Join([]string{c.TLSCert, c.TLSKey}, ", ")), Cause: err}
	}
	return &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}, nil
}

// policy is what this deployment's sign-in demands.
func (c Config) policy() access.Policy { return access.Policies[c.Profile] }
