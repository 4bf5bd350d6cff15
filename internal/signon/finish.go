package signon

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

const emailClaim = "email"

// The longest name of a person that is taken, and the longest subject, which OpenID Connect allows.
const (
	longestName    = 200
	longestSubject = 255
)

// Finish tells whom the service vouches for, by what the browser kept and the words it came back with, and where to go on to. An error is
// a *Refusal; where to go on to is told with it as far as it is known.
func (s *Service) Finish(ctx context.Context, sealed string, answer url.Values) (who Identity, back string, err error) {
	b, err := s.unseal(sealed)
	if err != nil {
		return who, "", refuse(Lost, err)
	}
	for _, word := range []string{"state", "code", "iss", "error"} {
		if len(answer[word]) > 1 {
			return who, b.Back, refuse(Lost, errors.New("signon: "+word+" was said twice"))
		}
	}
	if subtle.ConstantTimeCompare([]byte(answer.Get("state")), []byte(b.State)) != 1 {
		return who, b.Back, refuse(Lost, errors.New("signon: the state is of another sign-in"))
	}
	if !s.Now().Before(time.Unix(b.Until, 0)) {
		return who, b.Back, refuse(Late, nil)
	}
	d, err := s.discover(ctx)
	if err != nil {
		return who, b.Back, err
	}
	if err := s.answered(d, answer); err != nil {
		return who, b.Back, err
	}
	who, err = s.redeem(ctx, d, answer.Get("code"), b)
	return who, b.Back, err
}

// answered holds the words of an answer against who must have said them (RFC 9207), and against a refusal.
func (s *Service) answered(d *discovered, answer url.Values) error {
	if iss := answer.Get("iss"); iss != s.set.Issuer && (iss != "" || d.saysIss) {
		return refuse(Mixed, fmt.Errorf("signon: the answer is of %q", iss))
	}
	switch code := answer.Get("error"); {
	case code == "access_denied":
		return refuse(Denied, nil)
	case code != "":
		return refuse(Failed, errors.New("signon: the service answered "+errorWord(code)))
	case answer.Get("code") == "":
		return refuse(Lost, errors.New("signon: neither a code nor an error"))
	}
	return nil
}

// redeem exchanges the code for a token and holds the token against all that it must say.
func (s *Service) redeem(ctx context.Context, d *discovered, code string, b begun) (Identity, error) {
	ctx, cancel := context.WithTimeout(oidc.ClientContext(ctx, d.client), 2*askTime)
	defer cancel()
	select { // anybody can bring an invented code; the service is not asked about all of them at once
	case s.turns <- struct{}{}:
		defer func() { <-s.turns }()
	case <-ctx.Done():
		return Identity{}, refuse(Unreachable, ctx.Err())
	}
	token, err := d.oauth.Exchange(ctx, code, oauth2.VerifierOption(b.Verifier))
	if said := (*oauth2.RetrieveError)(nil); errors.As(err, &said) && said.Response.StatusCode < 500 {
		// Its body is left out: nobody knows what stands there.
		return Identity{}, refuse(Code, errors.New("signon: the token endpoint answered "+said.Response.Status+" "+errorWord(said.ErrorCode)))
	} else if err != nil {
		return Identity{}, refuse(Unreachable, withoutBody(err))
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := d.tokens.Verify(ctx, raw)
	if err != nil && strings.Contains(err.Error(), "fetching keys") { // go-oidc says it in words only
		return Identity{}, refuse(Unreachable, err)
	} else if err != nil {
		return Identity{}, refuse(Token, err)
	}
	if err := s.examine(id, token, b); err != nil {
		return Identity{}, err
	}
	name, err := s.name(ctx, d, id, token)
	return Identity{Issuer: s.set.Issuer, Subject: id.Subject, Name: name}, err
}

// withoutBody shortens an error of an answer, which would else bring the whole answer into the log.
func withoutBody(err error) error {
	if said := (*oauth2.RetrieveError)(nil); errors.As(err, &said) {
		return errors.New("signon: the token endpoint answered " + said.Response.Status)
	}
	return err
}

// examine holds a token whose signature, issuer, audience and term are right against this very sign-in.
func (s *Service) examine(id *oidc.IDToken, token *oauth2.Token, b begun) error {
	var says struct {
		Party    string `json:"azp"`
		SignedIn *int64 `json:"auth_time"`
	}
	if err := id.Claims(&says); err != nil {
		return refuse(Token, err)
	}
	switch {
	case id.Subject == "" || len(id.Subject) > longestSubject || !visible(id.Subject):
		return refuse(Token, errors.New("signon: the token names nobody, or in no way that can be kept"))
	case subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(b.Nonce)) != 1:
		return refuse(Token, errors.New("signon: the nonce is of another sign-in"))
	case says.Party != "" && says.Party != s.set.Client || says.Party == "" && len(id.Audience) > 1:
		return refuse(Token, errors.New("signon: the token was made for somebody else"))
	case id.AccessTokenHash != "" && id.VerifyAccessToken(token.AccessToken) != nil:
		return refuse(Token, errors.New("signon: the two tokens do not belong together"))
	}
	// A service that was asked how long ago, and does not say, is believed to have seen to it.
	if s.set.Fresh > 0 && says.SignedIn != nil && s.Now().Sub(time.Unix(*says.SignedIn, 0)) > s.set.Fresh+BegunTime {
		return refuse(Stale, nil)
	}
	return nil
}

// name reads what names the person: of the token, else of the service's userinfo. It is empty where nobody says it, and where an address of
// mail is not said to be the person's own.
func (s *Service) name(ctx context.Context, d *discovered, id *oidc.IDToken, token *oauth2.Token) (string, error) {
	if s.set.Claim == "sub" {
		return id.Subject, nil
	}
	claims := map[string]any{}
	if err := id.Claims(&claims); err != nil {
		return "", refuse(Token, err)
	}
	if _, said := claims[s.set.Claim]; !said && d.provider.UserInfoEndpoint() != "" {
		info, err := d.provider.UserInfo(ctx, oauth2.StaticTokenSource(token))
		if err != nil {
			return "", refuse(Unreachable, err)
		}
		claims = map[string]any{}
		if err := info.Claims(&claims); err != nil || info.Subject != id.Subject {
			return "", refuse(Token, errors.Join(err, errors.New("signon: userinfo is of somebody else")))
		}
	}
	name, _ := claims[s.set.Claim].(string)
	if s.set.Claim == emailClaim && claims["email_verified"] != true && claims["email_verified"] != "true" {
		return "", nil
	}
	return PlainName(name), nil
}

// PlainName is a name at the service as an administrator can type it, without blanks around it; empty for anything else.
func PlainName(name string) string {
	name = strings.TrimSpace(name)
	if utf8.RuneCountInString(name) > longestName || !visible(name) {
		return ""
	}
	return name
}

// visible reports whether every sign of a text is one that is seen.
func visible(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsGraphic(r) })
}

// errorWord is a code of an error as RFC 6749 writes them, with anything else taken out.
func errorWord(code string) string {
	word := strings.Map(func(r rune) rune {
		if slices.Contains([]rune("_-"), r) || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
			return r
		}
		return -1
	}, code)
	return word[:min(len(word), 60)]
}
