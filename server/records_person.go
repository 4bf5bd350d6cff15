package server

import (
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/gofiber/fiber/v2"
)

const (
	whoKey      = "who"
	longestName = 30
)

// who names the person who acts: whoever signed in. While no account exists it is what they typed, else what they typed last time (a
// cookie), else the account the program runs under; that is what people say of themselves and proves nothing.
func who(c *fiber.Ctx, typed string) string {
	if v := visitorOf(c); v.SignedIn() {
		return v.Name
	}
	if name := plainName(typed); name != "" {
		return name
	}
	if name := rememberedWho(c); name != "" {
		return name
	}
	return person()
}

// actor is who for what has no box for a name: whoever signed in, else the account the program runs under.
func actor(c *fiber.Ctx) string {
	if v := visitorOf(c); v.SignedIn() {
		return v.Name
	}
	return person()
}

// rememberedWho is the name a person typed last, empty when they never did.
func rememberedWho(c *fiber.Ctx) string {
	name, err := url.QueryUnescape(c.Cookies(whoKey))
	if err != nil {
		return ""
	}
	return plainName(name)
}

// rememberWho keeps a typed name for the next form.
func rememberWho(c *fiber.Ctx, typed string) {
	if name := plainName(typed); name != "" {
		c.Cookie(&fiber.Cookie{Name: whoKey, Value: url.QueryEscape(name), Path: "/", HTTPOnly: true,
			SameSite: fiber.CookieSameSiteLaxMode, MaxAge: int((365 * 24 * time.Hour).Seconds())})
	}
}

// plainName keeps a name to one short line of visible signs.
func plainName(s string) string {
	s = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, s)), " ")
	if r := []rune(s); len(r) > longestName {
		s = string(r[:longestName])
	}
	return s
}

// backAddress keeps an address to return to only when it lies in our own pages.
func backAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(s, "/") || strings.HasPrefix(s, "//") || strings.ContainsAny(s, "\\\r\n\t") {
		return ""
	}
	return s
}
