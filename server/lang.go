package server

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/text"
)

const langKey = "lang"

// chooseLang keeps the language a person chose with ?lang= in a cookie, and
// puts it into the question of later requests, so that handlers read ?lang= only.
func (a *app) chooseLang(c *fiber.Ctx) error {
	if wanted := c.Query(langKey); wanted != "" {
		c.Cookie(&fiber.Cookie{Name: langKey, Value: string(text.Parse(wanted)), Path: "/", HTTPOnly: true,
			SameSite: fiber.CookieSameSiteLaxMode, MaxAge: int((365 * 24 * time.Hour).Seconds())})
		return c.Next()
	}
	if text.Parse(c.Cookies(langKey)) == text.En {
		c.Context().QueryArgs().Set(langKey, string(text.En))
	}
	return c.Next()
}
