package signon

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strconv"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// BegunTime is how long somebody may take at the service.
const BegunTime = 10 * time.Minute

// longestBack is how much of an address to go on to is carried along: what begins a sign-in has to fit into a cookie.
const longestBack = 1500

// begun is what a sign-in has begun with. It is sealed and kept by the browser that began it, and nowhere else.
type begun struct {
	State    string `json:"s"`
	Nonce    string `json:"n"`
	Verifier string `json:"v"` // of PKCE
	Back     string `json:"b"`
	Until    int64  `json:"u"` // seconds since 1970
}

// newSeal makes the seal under which a browser keeps what its sign-in has begun with. Its key is made of the client's secret, which every
// process that answers for this client has, and nobody else: no key has to be kept, and one process finishes what another began.
func newSeal(set Settings) (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, []byte(set.Secret), nil, "taizhang begun sign-in\x00"+set.Issuer+"\x00"+set.Client, 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

func chance() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// Begin gives the address of the service where a person signs in, and what the browser has to bring back, sealed. again asks the service for
// the password though the browser is signed in there.
func (s *Service) Begin(ctx context.Context, back string, again bool) (address, sealed string, err error) {
	d, err := s.discover(ctx)
	if err != nil {
		return "", "", err
	}
	if len(back) > longestBack {
		back = ""
	}
	b := begun{State: chance(), Nonce: chance(), Verifier: oauth2.GenerateVerifier(), Back: back, Until: s.Now().Add(BegunTime).Unix()}
	plain, err := json.Marshal(b)
	if err != nil {
		return "", "", err
	}
	options := []oauth2.AuthCodeOption{oidc.Nonce(b.Nonce), oauth2.S256ChallengeOption(b.Verifier)}
	if s.set.Fresh > 0 {
		options = append(options, oauth2.SetAuthURLParam("max_age", strconv.Itoa(int(s.set.Fresh.Seconds()))))
	}
	if again {
		options = append(options, oauth2.SetAuthURLParam("prompt", "login"))
	}
	return d.oauth.AuthCodeURL(b.State, options...), base64.RawURLEncoding.EncodeToString(s.seal.Seal(nil, nil, plain, nil)), nil
}

// unseal gives what a sign-in has begun with, if this deployment sealed it.
func (s *Service) unseal(sealed string) (begun, error) {
	var b begun
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil {
		return b, err
	}
	plain, err := s.seal.Open(nil, nil, raw, nil)
	if err != nil {
		return b, err
	}
	return b, json.Unmarshal(plain, &b)
}
