// Package signon is the client of a sign-in service that speaks OpenID Connect: it sends a browser there, and tells from what comes back
// who the service vouches for. It knows no account, stores nothing and words nothing; the server asks it and decides who may enter.
// Nothing else imports go-oidc and oauth2.
package signon

import (
	"context"
	"crypto/cipher"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
	"golang.org/x/sync/singleflight"
)

// Settings are what a service has to be told about us, and we about it.
type Settings struct {
	Issuer   string        // exactly as the service names itself
	Client   string        // what the service calls us
	Secret   string        // what we prove that by
	Claim    string        // of its tokens, or of its userinfo: what names a person to an administrator
	Redirect string        // our address to which the service sends browsers back
	Fresh    time.Duration // how long ago a person may have signed in there; 0: at any time
}

// Identity is whom the service vouches for.
type Identity struct {
	Issuer, Subject string // together one person for good
	Name            string // by the claim; empty where the service does not say it, or not reliably
}

// Service is one sign-in service. What it says of itself is asked for when it is first needed, so that it may be down when the program starts.
type Service struct {
	set    Settings
	seal   cipher.AEAD
	Now    func() time.Time // a test moves it
	turns  chan struct{}    // of codes that are redeemed
	asking singleflight.Group
	mu     sync.Mutex // of known
	known  *discovered
}

// discovered is what the service said of itself, and what is built upon that.
type discovered struct {
	at       time.Time
	client   *http.Client
	provider *oidc.Provider
	tokens   *oidc.IDTokenVerifier
	oauth    oauth2.Config
	end      string // where a browser is signed out; empty: nowhere
	saysIss  bool   // its answers name it (RFC 9207), so that one that does not is not its own
}

const (
	askTime      = 10 * time.Second // one exchange with the service
	knownTime    = time.Hour        // how long what it said of itself is believed
	mostRedeemed = 16               // codes at a time
)

// New makes the client of a service without asking it anything.
func New(set Settings) (*Service, error) {
	seal, err := newSeal(set)
	if err != nil {
		return nil, err
	}
	return &Service{set: set, seal: seal, Now: time.Now, turns: make(chan struct{}, mostRedeemed)}, nil
}

// Look asks the service what it is; the error says why it cannot be used.
func (s *Service) Look(ctx context.Context) error {
	_, err := s.discover(ctx)
	return err
}

// discover gives what the service says of itself. Whoever asks at the same moment waits for one answer; a failure is not kept, and does not
// take away what was known before.
func (s *Service) discover(ctx context.Context) (*discovered, error) {
	s.mu.Lock()
	known := s.known
	s.mu.Unlock()
	if known != nil && s.Now().Sub(known.at) < knownTime {
		return known, nil
	}
	// Under a time of its own: the request that began it may be given up while others wait for the same answer.
	asked := s.asking.DoChan("", func() (any, error) {
		ctx, cancel := context.WithTimeout(context.Background(), askTime)
		defer cancel()
		d, err := s.ask(ctx)
		if err != nil {
			return nil, err
		}
		s.mu.Lock()
		s.known = d
		s.mu.Unlock()
		return d, nil
	})
	select {
	case <-ctx.Done():
		return nil, refuse(Unreachable, ctx.Err())
	case answer := <-asked:
		switch {
		case answer.Err == nil:
			return answer.Val.(*discovered), nil
		case known != nil:
			return known, nil
		}
		return nil, refuse(Unreachable, answer.Err)
	}
}

// metadata is what go-oidc leaves out of what a service says of itself.
type metadata struct {
	Algorithms  []string `json:"id_token_signing_alg_values_supported"`
	Proofs      []string `json:"token_endpoint_auth_methods_supported"`
	Keys        string   `json:"jwks_uri"`
	EndSession  string   `json:"end_session_endpoint"`
	IssInAnswer bool     `json:"authorization_response_iss_parameter_supported"`
}

// asymmetric are the algorithms of signatures that only the service can make; none, and HMAC by a secret of two, are not among them.
var asymmetric = []string{oidc.RS256, oidc.RS384, oidc.RS512, oidc.ES256, oidc.ES384, oidc.ES512, oidc.PS256, oidc.PS384, oidc.PS512, oidc.EdDSA}

var (
	errNoAlgorithm = errors.New("signon: the service signs by no algorithm that is taken here")
	errNoProof     = errors.New("signon: the service takes neither client_secret_basic nor client_secret_post")
	errOpenAddress = errors.New("signon: the service names an address that is not https")
)

func (s *Service) ask(ctx context.Context) (*discovered, error) {
	door := newDoor(s.set.Issuer)
	d := &discovered{at: s.Now(), client: &http.Client{Transport: door, Timeout: askTime, CheckRedirect: stay}}
	var err error
	if d.provider, err = oidc.NewProvider(oidc.ClientContext(ctx, d.client), s.set.Issuer); err != nil {
		return nil, err
	}
	var says metadata
	if err := d.provider.Claims(&says); err != nil {
		return nil, err
	}
	endpoint := d.provider.Endpoint()
	for _, address := range []string{endpoint.AuthURL, endpoint.TokenURL, says.Keys} {
		if !door.closed(address) {
			return nil, errOpenAddress
		}
	}
	// Only these are ever asked; the others are for browsers.
	door.open(endpoint.TokenURL, says.Keys, d.provider.UserInfoEndpoint())
	if door.closed(says.EndSession) {
		d.end = says.EndSession
	}
	if endpoint.AuthStyle, err = proof(says.Proofs); err != nil {
		return nil, err
	}
	algorithms := slices.DeleteFunc(says.Algorithms, func(one string) bool { return !slices.Contains(asymmetric, one) })
	if len(algorithms) == 0 {
		return nil, errNoAlgorithm
	}
	d.tokens = d.provider.Verifier(&oidc.Config{ClientID: s.set.Client, SupportedSigningAlgs: algorithms, Now: s.Now})
	d.oauth = oauth2.Config{ClientID: s.set.Client, ClientSecret: s.set.Secret, Endpoint: endpoint, RedirectURL: s.set.Redirect, Scopes: s.scopes()}
	d.saysIss = says.IssInAnswer
	return d, nil
}

// proof is how we prove who we are at the token endpoint. It is settled beforehand, because oauth2 would find out by sending the code twice,
// which a service may take for theft.
func proof(offered []string) (oauth2.AuthStyle, error) {
	switch {
	case len(offered) == 0 || slices.Contains(offered, "client_secret_basic"):
		return oauth2.AuthStyleInHeader, nil
	case slices.Contains(offered, "client_secret_post"):
		return oauth2.AuthStyleInParams, nil
	}
	return 0, errNoProof
}

// scopes asks for no more than the claim needs.
func (s *Service) scopes() []string {
	switch s.set.Claim {
	case "sub":
		return []string{oidc.ScopeOpenID}
	case emailClaim:
		return []string{oidc.ScopeOpenID, "email"}
	}
	return []string{oidc.ScopeOpenID, "profile"}
}

// EndAddress is where a browser is signed out of the service as well, and from where it is sent back to an address of ours; empty where the
// service has no such place.
func (s *Service) EndAddress(ctx context.Context, back string) (string, error) {
	d, err := s.discover(ctx)
	if err != nil || d.end == "" {
		return "", err
	}
	u, err := url.Parse(d.end)
	if err != nil {
		return "", refuse(Unreachable, err)
	}
	// By the client's name and not by the token of the sign-in, which would have to be kept for as long as the session lasts.
	words := u.Query()
	words.Set("client_id", s.set.Client)
	words.Set("post_logout_redirect_uri", back)
	u.RawQuery = words.Encode()
	return u.String(), nil
}
