package server

import (
	"net"
	"net/url"
	"os"
	"regexp"
	"strings"

	"taizhang/internal/signon"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// SSO are the settings of the unit's sign-in service (OpenID Connect); without an issuer there is none.
type SSO struct {
	Issuer     string // exactly as the service names itself
	Client     string // what it calls this program
	SecretFile string // file of the secret they share; a command line would show it to everybody on the machine
	Claim      string // what names a person there
	Label      string // of the button; empty: our own words
	Address    string // ours, as people open it; empty: made of the others where that leaves no choice
}

const defaultClaim = "preferred_username"

// shortestSecret is what the client's secret must have at least: the seal of begun sign-ins is made of it too, see internal/signon.
const shortestSecret = 16

// ssoSettings declares the sign-in service.
func (f *flags) ssoSettings(cfg *Config) {
	for name, target := range map[string]*string{"sso-issuer": &cfg.SSO.Issuer, "sso-client": &cfg.SSO.Client, "sso-secret-file": &cfg.SSO.SecretFile,
		"sso-claim": &cfg.SSO.Claim, "sso-label": &cfg.SSO.Label, "sso-address": &cfg.SSO.Address} {
		f.setting(target, name)
	}
}

var claimName = regexp.MustCompile(`^[A-Za-z0-9_.:/-]{1,100}$`)

// signOn makes the client of the sign-in service without asking it anything; nil without one.
func (c Config) signOn() (*signon.Service, error) {
	if c.SSO.Issuer == "" && c.SSO.Client == "" && c.SSO.SecretFile == "" {
		return nil, nil
	}
	if c.SSO.Issuer == "" || c.SSO.Client == "" || c.SSO.SecretFile == "" {
		return nil, ledger.Fail(ledger.Invalid, text.T("command.sso_all"))
	}
	issuer, err := url.Parse(c.SSO.Issuer)
	if err != nil || !confidential(issuer) || issuer.RawQuery != "" || issuer.Fragment != "" || issuer.User != nil {
		return nil, ledger.Fail(ledger.Refused, text.T("command.sso_issuer", c.SSO.Issuer))
	}
	if !claimName.MatchString(c.SSO.Claim) {
		return nil, ledger.Fail(ledger.Invalid, text.T("command.sso_claim", c.SSO.Claim))
	}
	content, err := os.ReadFile(c.SSO.SecretFile)
	if err != nil {
		return nil, &ledger.Error{Kind: ledger.Invalid, Message: text.T("command.sso_no_file", c.SSO.SecretFile), Cause: err}
	}
	secret := strings.TrimSpace(string(content))
	if len(secret) < shortestSecret {
		return nil, ledger.Fail(ledger.Refused, text.T("command.sso_secret", c.SSO.SecretFile, shortestSecret))
	}
	own, err := c.ownAddress()
	if err != nil {
		return nil, err
	}
	return signon.New(signon.Settings{Issuer: c.SSO.Issuer, Client: c.SSO.Client, Secret: secret, Claim: c.SSO.Claim, Redirect: own + ssoBack,
		// Somebody who has been away for as long as ends a session here says the password anew there too.
		Fresh: c.policy().Idle})
}

// confidential reports whether nobody on the way to an address can listen.
func confidential(u *url.URL) bool {
	return u.Host != "" && (u.Scheme == "https" || u.Scheme == "http" && localHost(u.Hostname()))
}

// ownAddress is where people open the program, by the settings: what a request says of it may be anybody's invention.
func (c Config) ownAddress() (string, error) {
	bad := ledger.Fail(ledger.Invalid, text.T("command.sso_address", or(c.SSO.Address, c.Hosts)))
	if c.SSO.Address != "" {
		u, err := url.Parse(strings.TrimSuffix(c.SSO.Address, "/"))
		if err != nil || !confidential(u) || u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
			return "", bad
		}
		if !localHost(u.Hostname()) && !c.named(u.Hostname()) {
			return "", bad
		}
		return u.Scheme + "://" + u.Host, nil
	}
	address, err := c.address()
	if err != nil {
		return "", err
	}
	host, port, err := net.SplitHostPort(address)
	hosts := listOf(c.Hosts)
	switch {
	case err != nil:
		return "", bad
	case !c.beyond() && port != "0":
		return c.scheme() + "://" + address, nil
	case len(hosts) != 1 || port == "0" || host == "" && c.Hosts == "":
		return "", bad
	}
	host = strings.Trim(hosts[0], "[]")
	if c.TLSCert != "" && port != "443" {
		return "https://" + net.JoinHostPort(host, port), nil
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	return "https://" + host, nil
}

// named reports whether a host is among those of the settings.
func (c Config) named(host string) bool {
	for _, name := range listOf(c.Hosts) {
		if strings.EqualFold(strings.Trim(name, "[]"), host) {
			return true
		}
	}
	return false
}
