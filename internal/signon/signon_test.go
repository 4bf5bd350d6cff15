package signon

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"taizhang/internal/testkit"
)

const (
	callback  = "http://127.0.0.1:8080/back"
	signedOut = "http://127.0.0.1:8080/sign-in"
)

// service is the one provider of the tests, alive and left alone.
func service(t *testing.T) *testkit.Provider {
	t.Helper()
	return testkit.KeptProvider(t, []string{callback}, []string{signedOut})
}

func TestMain(m *testing.M) { testkit.Main(m) }

// client is a client of the service; settings may be changed before it is made.
func client(t *testing.T, p *testkit.Provider, changes ...func(*Settings)) *Service {
	t.Helper()
	set := Settings{Issuer: p.Issuer, Client: p.Client, Secret: p.Secret, Claim: "preferred_username", Redirect: callback, Fresh: time.Hour}
	for _, change := range changes {
		change(&set)
	}
	s, err := New(set)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// begin begins a sign-in and walks it to the service's answer.
func begin(t *testing.T, s *Service, name string) (sealed string, answer url.Values) {
	t.Helper()
	address, sealed, err := s.Begin(t.Context(), "/tax", false)
	if err != nil {
		t.Fatal(err)
	}
	back := testkit.NewVisitor(name).Go(t, address)
	if !strings.HasPrefix(back.String(), callback+"?") {
		t.Fatal(back)
	}
	return sealed, back.Query()
}

func TestThePersonIsToldByTheService(t *testing.T) {
	p := service(t)
	for claim, want := range map[string]string{"preferred_username": "zhang", "sub": "s1~zhang", "email": "zhang@example.org", "nothing": ""} {
		s := client(t, p, func(set *Settings) { set.Claim = claim })
		sealed, answer := begin(t, s, "s1~zhang")
		who, back, err := s.Finish(t.Context(), sealed, answer)
		if err != nil || back != "/tax" || who != (Identity{p.Issuer, "s1~zhang", want}) {
			t.Errorf("%s: %+v %s %v", claim, who, back, err)
		}
	}
	s := client(t, p, func(set *Settings) { set.Claim = "email" })
	sealed, answer := begin(t, s, "unsure")
	if who, _, err := s.Finish(t.Context(), sealed, answer); err != nil || who.Name != "" || who.Subject != "unsure" {
		t.Errorf("an address of mail that nobody verified: %+v %v", who, err)
	}
}

// TestWhatIsAskedOfTheService reads the address a browser is sent to.
func TestWhatIsAskedOfTheService(t *testing.T) {
	p := service(t)
	s := client(t, p)
	seen := map[string]bool{}
	for range 2 {
		address, sealed, err := s.Begin(t.Context(), "/tax", true)
		if err != nil {
			t.Fatal(err)
		}
		u, _ := url.Parse(address)
		words := u.Query()
		for name, want := range map[string]string{"response_type": "code", "client_id": p.Client, "redirect_uri": callback, "scope": "openid profile",
			"code_challenge_method": "S256", "max_age": "3600", "prompt": "login"} {
			if words.Get(name) != want {
				t.Errorf("%s is %q, want %q", name, words.Get(name), want)
			}
		}
		for _, secret := range []string{words.Get("state"), words.Get("nonce"), words.Get("code_challenge"), sealed} {
			if len(secret) < 43 || seen[secret] {
				t.Errorf("%q is short or was used before", secret)
			}
			seen[secret] = true
		}
		if strings.Contains(address, p.Secret) || strings.Contains(sealed, words.Get("state")) {
			t.Error("a secret stands in the clear")
		}
		b, err := s.unseal(sealed)
		if err != nil || b.Back != "/tax" || strings.Contains(address, b.Verifier) {
			t.Error(b, err)
		}
	}
}

// TestASignInIsOneBrowsersOwn brings answers back that are not of the sign-in that was begun.
func TestASignInIsOneBrowsersOwn(t *testing.T) {
	p := service(t)
	s := client(t, p)
	sealed, answer := begin(t, s, "zhang")
	other, _ := begin(t, s, "zhang")
	with := func(change func(url.Values)) url.Values {
		words := url.Values{}
		for name := range answer {
			words.Set(name, answer.Get(name))
		}
		change(words)
		return words
	}
	damaged := sealed[:len(sealed)-4] + "AAAA"
	foreign := client(t, p, func(set *Settings) { set.Secret = "of another deployment" })
	_, notOurs, err := foreign.Begin(t.Context(), "/tax", false)
	if err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		sealed string
		answer url.Values
		want   Reason
	}{
		"no cookie":           {"", answer, Lost},
		"another's cookie":    {other, answer, Lost},
		"a changed cookie":    {damaged, answer, Lost},
		"a foreign cookie":    {notOurs, answer, Lost},
		"a wrong state":       {sealed, with(func(w url.Values) { w.Set("state", "x") }), Lost},
		"no state":            {sealed, with(func(w url.Values) { w.Del("state") }), Lost},
		"a state said twice":  {sealed, with(func(w url.Values) { w.Add("state", w.Get("state")) }), Lost},
		"no code":             {sealed, with(func(w url.Values) { w.Del("code") }), Lost},
		"another issuer":      {sealed, with(func(w url.Values) { w.Set("iss", "https://evil.example") }), Mixed},
		"no issuer":           {sealed, with(func(w url.Values) { w.Del("iss") }), Mixed},
		"an error":            {sealed, with(func(w url.Values) { w.Set("error", "server_error<script>") }), Failed},
		"broken off":          {sealed, with(func(w url.Values) { w.Set("error", "access_denied") }), Denied},
		"an error of another": {sealed, with(func(w url.Values) { w.Set("error", "access_denied"); w.Set("iss", "https://evil.example") }), Mixed},
		"an invented code":    {sealed, with(func(w url.Values) { w.Set("code", "invented") }), Code},
	} {
		who, _, err := s.Finish(t.Context(), c.sealed, c.answer)
		if got := ReasonOf(err); err == nil || got != c.want || who != (Identity{}) {
			t.Errorf("%s: %v, want %s", what, err, c.want)
		}
		if err != nil && (strings.Contains(err.Error(), p.Secret) || strings.Contains(err.Error(), "<") || strings.Contains(err.Error(), answer.Get("code"))) {
			t.Errorf("%s: the error says too much: %v", what, err)
		}
	}
	if _, _, err := s.Finish(t.Context(), sealed, answer); err != nil {
		t.Fatal("what was tried before spoilt the sign-in:", err)
	}
	if _, _, err := s.Finish(t.Context(), sealed, answer); ReasonOf(err) != Code {
		t.Errorf("the code was taken twice: %v", err)
	}
	sealed, answer = begin(t, s, "zhang")
	s.Now = func() time.Time { return time.Now().Add(BegunTime + time.Second) }
	if _, _, err := s.Finish(t.Context(), sealed, answer); ReasonOf(err) != Late {
		t.Errorf("ten minutes later: %v", err)
	}
}

// TestAnotherProcessFinishes what one began, with the same settings and nothing else between them.
func TestAnotherProcessFinishes(t *testing.T) {
	p := service(t)
	sealed, answer := begin(t, client(t, p), "zhang")
	if who, _, err := client(t, p).Finish(t.Context(), sealed, answer); err != nil || who.Subject != "zhang" {
		t.Errorf("%+v %v", who, err)
	}
}

func TestBreakingOffIsToldApart(t *testing.T) {
	p := service(t)
	s := client(t, p)
	address, sealed, err := s.Begin(t.Context(), "/tax", false)
	if err != nil {
		t.Fatal(err)
	}
	back := testkit.NewVisitor("zhang").Break(t, address)
	if _, _, err := s.Finish(t.Context(), sealed, back.Query()); ReasonOf(err) != Denied {
		t.Errorf("%s: %v", back, err)
	}
}

// forger signs tokens of its own and has the listener before the service hand them and its key out.
type forger struct {
	t      *testing.T
	key    *rsa.PrivateKey
	claims func(map[string]any)
	raw    func(signed string) string
}

func body(answer *http.Response, change func([]byte) []byte) {
	was, _ := io.ReadAll(answer.Body)
	now := change(was)
	answer.Body = io.NopCloser(bytes.NewReader(now))
	answer.ContentLength = int64(len(now))
	answer.Header.Set("Content-Length", "")
	answer.Header.Del("Content-Length")
}

func (f forger) tamper(answer *http.Response) {
	switch answer.Request.URL.Path {
	case "/jwks":
		body(answer, func([]byte) []byte {
			keys, _ := json.Marshal(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: &f.key.PublicKey, KeyID: "forged", Algorithm: "RS256", Use: "sig"}}})
			return keys
		})
	case "/token":
		body(answer, func(was []byte) []byte {
			var said map[string]any
			if err := json.Unmarshal(was, &said); err != nil || said["id_token"] == nil {
				return was
			}
			said["id_token"] = f.forge(said["id_token"].(string))
			now, _ := json.Marshal(said)
			return now
		})
	}
}

func (f forger) forge(real string) string {
	payload, err := base64.RawURLEncoding.DecodeString(strings.Split(real, ".")[1])
	claims := map[string]any{}
	if err == nil {
		err = json.Unmarshal(payload, &claims)
	}
	if err != nil {
		f.t.Error(err)
	}
	if f.claims != nil {
		f.claims(claims)
	}
	payload, _ = json.Marshal(claims)
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: f.key, KeyID: "forged"}}, nil)
	if err != nil {
		f.t.Error(err)
		return ""
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		f.t.Error(err)
		return ""
	}
	compact, _ := signed.CompactSerialize()
	if f.raw != nil {
		return f.raw(compact)
	}
	return compact
}

// unsigned gives a token another header and another signature.
func unsigned(header string, sign func(input string) string) func(string) string {
	return func(signed string) string {
		input := base64.RawURLEncoding.EncodeToString([]byte(header)) + "." + strings.Split(signed, ".")[1]
		return input + "." + sign(input)
	}
}

// TestTokensMustSayWhatTheyMust changes one thing at a time in what a real service issued. The first case changes nothing, so that it is the
// change that is refused and not the forging.
func TestTokensMustSayWhatTheyMust(t *testing.T) {
	p := service(t)
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	set := func(name string, value any) func(map[string]any) {
		return func(claims map[string]any) { claims[name] = value }
	}
	past := time.Now().Add(-48 * time.Hour).Unix()
	hmac := func(input string) string {
		signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.HS256, Key: []byte(p.Secret + strings.Repeat("x", 32))[:32]}, nil)
		if err != nil {
			t.Error(err)
			return ""
		}
		payload, _ := base64.RawURLEncoding.DecodeString(strings.Split(input, ".")[1])
		signed, _ := signer.Sign(payload)
		compact, _ := signed.CompactSerialize()
		return strings.Split(compact, ".")[2]
	}
	for what, c := range map[string]struct {
		claims func(map[string]any)
		raw    func(string) string
		want   Reason
	}{
		"nothing changed":       {nil, nil, ""},
		"another audience":      {set("aud", "somebody-else"), nil, Token},
		"several, not ours":     {set("aud", []string{"somebody-else", "another"}), nil, Token},
		"several, of no party":  {set("aud", []string{p.Client, "another"}), nil, Token},
		"made for another":      {set("azp", "another"), nil, Token},
		"another issuer":        {set("iss", "https://evil.example"), nil, Token},
		"over":                  {set("exp", past), nil, Token},
		"not yet":               {set("nbf", time.Now().Add(time.Hour).Unix()), nil, Token},
		"another nonce":         {set("nonce", "of another sign-in"), nil, Token},
		"no nonce":              {func(claims map[string]any) { delete(claims, "nonce") }, nil, Token},
		"nobody":                {set("sub", ""), nil, Token},
		"nobody that fits":      {set("sub", strings.Repeat("s", 256)), nil, Token},
		"a subject of signs":    {set("sub", "zhang\u202e\n"), nil, Token},
		"another access token":  {set("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"), nil, Token},
		"signed in days ago":    {set("auth_time", past), nil, Stale},
		"alg none":              {nil, unsigned(`{"alg":"none"}`, func(string) string { return "" }), Token},
		"alg NONE, kid kept":    {nil, unsigned(`{"alg":"None","kid":"forged"}`, func(string) string { return "" }), Token},
		"HMAC by the secret":    {nil, unsigned(`{"alg":"HS256"}`, hmac), Token},
		"a broken signature":    {nil, func(s string) string { return s[:len(s)-8] + "AAAAAAAA" }, Token},
		"no token at all":       {nil, func(string) string { return "" }, Token},
		"a key nobody told":     {nil, unsigned(`{"alg":"RS256","kid":"unknown"}`, func(string) string { return "AAAA" }), Token},
		"userinfo of the right": {func(claims map[string]any) { delete(claims, "preferred_username") }, nil, ""},
	} {
		p.Tamper(nil)
		s := client(t, p)
		sealed, answer := begin(t, s, "zhang")
		p.Tamper(forger{t: t, key: key, claims: c.claims, raw: c.raw}.tamper)
		who, _, err := s.Finish(t.Context(), sealed, answer)
		if c.want == "" && (err != nil || who.Name != "zhang") || c.want != "" && ReasonOf(err) != c.want || err != nil && who.Subject != "" {
			t.Errorf("%s: %+v %v, want %q", what, who, err, c.want)
		}
	}
}

// TestUserinfoIsOfTheSamePerson has userinfo tell of somebody else.
func TestUserinfoIsOfTheSamePerson(t *testing.T) {
	p := service(t)
	s := client(t, p)
	sealed, answer := begin(t, s, "zhang")
	p.Tamper(func(answer *http.Response) {
		if answer.Request.URL.Path == "/me" {
			body(answer, func([]byte) []byte { return []byte(`{"sub":"li","preferred_username":"li"}`) })
		}
	})
	if who, _, err := s.Finish(t.Context(), sealed, answer); ReasonOf(err) != Token || err == nil {
		t.Errorf("%+v %v", who, err)
	}
}

// TestTheServiceMayBeDown kills it before the first question, and between the two halves of a sign-in, and gives it new keys.
func TestTheServiceMayBeDown(t *testing.T) {
	p := service(t)
	t.Cleanup(func() { p.Kill(); p.Start(t) })
	s := client(t, p)
	p.Kill()
	if _, _, err := s.Begin(t.Context(), "/", false); ReasonOf(err) != Unreachable || err == nil {
		t.Errorf("down at the start: %v", err)
	}
	if err := s.Look(t.Context()); ReasonOf(err) != Unreachable || err == nil {
		t.Errorf("looked at: %v", err)
	}
	p.Start(t)
	sealed, answer := begin(t, s, "zhang")
	p.Kill()
	if _, back, err := s.Finish(t.Context(), sealed, answer); ReasonOf(err) != Unreachable || err == nil || back != "/tax" {
		t.Errorf("down in the middle: %v, on to %q", err, back)
	}
	p.Start(t) // with keys of its own
	for range 2 {
		sealed, answer = begin(t, s, "zhang")
		if who, _, err := s.Finish(t.Context(), sealed, answer); err != nil || who.Subject != "zhang" {
			t.Fatalf("up again: %+v %v", who, err)
		}
		p.Kill() // with new keys, while what it said of itself is still believed
		p.Start(t)
	}
}

// TestTheServiceIsHeldToItsBounds has it answer what no service should.
func TestTheServiceIsHeldToItsBounds(t *testing.T) {
	p := service(t)
	discovery := func(change func(map[string]any)) func(*http.Response) {
		return func(answer *http.Response) {
			if strings.HasSuffix(answer.Request.URL.Path, "/openid-configuration") {
				body(answer, func(was []byte) []byte {
					says := map[string]any{}
					if err := json.Unmarshal(was, &says); err != nil {
						t.Error(err)
					}
					change(says)
					now, _ := json.Marshal(says)
					return now
				})
			}
		}
	}
	set := func(name string, value any) func(*http.Response) {
		return discovery(func(says map[string]any) { says[name] = value })
	}
	for what, tamper := range map[string]func(*http.Response){
		"another issuer":          set("issuer", "https://evil.example"),
		"only symmetric":          set("id_token_signing_alg_values_supported", []string{"none", "HS256"}),
		"no algorithm":            set("id_token_signing_alg_values_supported", []string{}),
		"only proofs not known":   set("token_endpoint_auth_methods_supported", []string{"tls_client_auth"}),
		"tokens in the clear":     set("token_endpoint", "http://id.example/token"),
		"keys in the clear":       set("jwks_uri", "http://id.example/keys"),
		"a page that is a script": set("authorization_endpoint", "javascript:alert(1)"),
		"a redirect": func(answer *http.Response) {
			answer.StatusCode = http.StatusFound
			answer.Header.Set("Location", p.Issuer+"/elsewhere")
		},
		"without end": func(answer *http.Response) {
			body(answer, func(was []byte) []byte { return append(was, bytes.Repeat([]byte(" "), 2*mostBody)...) })
		},
		"a page": func(answer *http.Response) {
			body(answer, func([]byte) []byte { return []byte("<html>maintenance</html>") })
		},
	} {
		p.Tamper(tamper)
		p.Asked()
		if err := client(t, p).Look(t.Context()); ReasonOf(err) != Unreachable || err == nil || len(err.Error()) > 400 {
			t.Errorf("%s: %v", what, err)
		}
		if asked := p.Asked(); len(asked) != 1 {
			t.Errorf("%s: asked for %q", what, asked)
		}
	}
	p.Tamper(discovery(func(says map[string]any) { delete(says, "authorization_response_iss_parameter_supported") }))
	s := client(t, p)
	sealed, answer := begin(t, s, "zhang")
	answer.Del("iss")
	if _, _, err := s.Finish(t.Context(), sealed, answer); err != nil {
		t.Errorf("a service that does not name itself in its answers is refused: %v", err)
	}
	p.Tamper(set("token_endpoint_auth_methods_supported", []string{"client_secret_post"}))
	s = client(t, p)
	sealed, answer = begin(t, s, "zhang")
	if _, _, err := s.Finish(t.Context(), sealed, answer); err != nil {
		t.Errorf("by client_secret_post: %v", err)
	}
}

func TestSigningOutOfTheServiceToo(t *testing.T) {
	p := service(t)
	s := client(t, p)
	address, sealed, err := s.Begin(t.Context(), "/", false)
	if err != nil {
		t.Fatal(err)
	}
	v := testkit.NewVisitor("zhang")
	answer := v.Go(t, address)
	if _, _, err := s.Finish(t.Context(), sealed, answer.Query()); err != nil {
		t.Fatal(err)
	}
	again := func() int {
		v.Forms = 0
		address, _, err := s.Begin(t.Context(), "/", false)
		if err != nil {
			t.Fatal(err)
		}
		v.Go(t, address)
		return v.Forms
	}
	if forms := again(); forms != 0 {
		t.Errorf("signed in there, %d forms are asked", forms)
	}
	out, err := s.EndAddress(t.Context(), signedOut)
	if err != nil {
		t.Fatal(err)
	}
	if to := v.Go(t, out); to.String() != signedOut {
		t.Errorf("signed out there, the browser is sent to %s", to)
	}
	if forms := again(); forms == 0 {
		t.Error("signed out there, nothing is asked")
	}
	address, _, err = s.Begin(t.Context(), "/", true)
	if v.Forms = 0; err != nil || v.Go(t, address) == nil || v.Forms == 0 {
		t.Error("asked for again, the service asks nothing", err)
	}
	p.Tamper(func(answer *http.Response) {
		if strings.HasSuffix(answer.Request.URL.Path, "/openid-configuration") {
			body(answer, func(was []byte) []byte { return bytes.ReplaceAll(was, []byte("end_session_endpoint"), []byte("other")) })
		}
	})
	if out, err := client(t, p).EndAddress(t.Context(), signedOut); err != nil || out != "" {
		t.Errorf("a service without such a place: %q %v", out, err)
	}
}
