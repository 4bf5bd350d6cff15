package server

import (
	"mime"
	"reflect"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/access"
	"taizhang/internal/text"
)

// apiRoutes is the address of the API's own description.
func (a *app) apiRoutes() []route {
	return []route{{Path: "/api/openapi", Name: "api.openapi", Needs: access.Own, Formats: "json", Handle: a.sendOpenAPI}}
}

// sendOpenAPI answers with the OpenAPI document, made of the route table and the types of the answers.
func (a *app) sendOpenAPI(c *fiber.Ctx) error {
	if format(c) != "json" {
		return c.Redirect("/api/openapi.json", fiber.StatusSeeOther)
	}
	return c.JSON(openAPI(a.routes(), lang(c), false))
}

// openAPI describes the routes that answer in other formats than a page, as OpenAPI 3.1 in a language.
func openAPI(table []route, lang text.Lang, strict bool) schema {
	d := &apiDocument{lang: lang, types: &schemas{named: map[string]schema{}, names: map[reflect.Type]string{}, strict: strict}}
	paths := schema{}
	for _, r := range table {
		about, known := api[r.Name]
		switch {
		case !known:
			continue
		case r.Method == fiber.MethodPost:
			paths[apiPath(r.Path)] = schema{"post": d.operation(r, about, "json")}
			continue
		}
		for _, f := range strings.Fields(r.Formats) {
			paths[apiPath(r.Path)+"."+f] = schema{"get": d.operation(r, about, f)}
		}
	}
	failure := d.types.of(reflect.TypeFor[errorAnswer]())
	return schema{
		"openapi": "3.1.0",
		"info":    schema{"title": d.T("page.product"), "version": Version(), "description": d.T("api.about"), "license": schema{"name": "Apache-2.0", "identifier": "Apache-2.0"}},
		"servers": []schema{{"url": "/"}},
		"paths":   paths,
		"components": schema{"schemas": d.types.named, "responses": schema{
			"Error":     schema{"description": d.T("api.error"), "content": schema{mediaTypes["json"]: schema{"schema": failure}}},
			"ErrorPage": schema{"description": d.T("api.error.page"), "content": schema{"text/html": schema{"schema": schema{"type": "string"}}, mediaTypes["json"]: schema{"schema": failure}}},
		}},
	}
}

// errorAnswer is what a request that failed is answered with as JSON.
type errorAnswer struct {
	Error errorBody `json:"error"`
}

type errorBody struct {
	Kind      string `json:"kind"`
	Message   string `json:"message"`
	RequestID string `json:"request_id"`
}

// apiDocument is an OpenAPI document on its way.
type apiDocument struct {
	lang  text.Lang
	types *schemas
}

// T is a phrase of the catalogue.
func (d *apiDocument) T(key string, args ...any) string { return text.T(key, args...).In(d.lang) }

// operation describes one address in one format.
func (d *apiDocument) operation(r route, about described, format string) schema {
	failure := "ErrorPage"
	if format == "json" {
		failure = "Error"
	}
	summary := d.T("api.of." + r.Name)
	if about.Fields {
		summary += d.T("api.fields")
	}
	responses, statuses := schema{"default": schema{"$ref": "#/components/responses/" + failure}}, about.Statuses
	if len(statuses) == 0 {
		statuses = []string{"200"}
	}
	for _, status := range statuses {
		responses[status] = schema{"description": d.T("api.format." + format), "content": d.content(about, format)}
	}
	if format == bookFormat {
		responses["202"] = schema{"description": d.T("api.later"), "content": schema{mediaTypes["json"]: schema{"schema": d.types.of(reflect.TypeFor[exportView]())}}}
		responses["303"] = schema{"description": d.T("api.later.page")}
	}
	op := schema{"operationId": r.Name + "." + format, "summary": summary, "tags": []string{tagOf(r.Name)}, "responses": responses}
	if about.Sends != "" {
		op["requestBody"] = d.form(about.Sends)
	}
	if list := d.parameters(r, about, format); len(list) > 0 {
		op["parameters"] = list
	}
	return op
}

// content is what an address answers in a format.
func (d *apiDocument) content(about described, format string) schema {
	kind := mediaTypes[format]
	if kind == "" {
		if kind = mime.TypeByExtension("." + format); kind == "" {
			kind = fiber.MIMEOctetStream
		}
	}
	if format != "json" {
		body := schema{"type": "string"}
		if !strings.HasPrefix(kind, "text/") {
			body = schema{}
		}
		return schema{kind: schema{"schema": body}}
	}
	var answers []schema
	for _, one := range about.Answers {
		answers = append(answers, d.types.of(reflect.TypeOf(one)))
	}
	body := answers[0]
	if len(answers) > 1 {
		body = schema{"anyOf": answers}
	}
	return schema{kind: schema{"schema": body}}
}

// form is what a POST sends: fields, or files with fields.
func (d *apiDocument) form(words string) schema {
	kind, fields := fiber.MIMEApplicationForm, schema{}
	for _, name := range strings.Fields(words) {
		field := schema{"type": queryWords[name].Type, "description": d.T("api.word." + name)}
		if name == "file" || name == photoPart {
			kind = fiber.MIMEMultipartForm
			field["contentMediaType"] = fiber.MIMEOctetStream
		}
		fields[name] = field
	}
	return schema{"required": true, "content": schema{kind: schema{"schema": schema{"type": "object", "properties": fields}}}}
}

// parameters are the parts of the path, then the words of the query.
func (d *apiDocument) parameters(r route, about described, format string) []schema {
	var list []schema
	for _, part := range strings.Split(r.Path, "/") {
		if name, is := strings.CutPrefix(part, ":"); is {
			list = append(list, schema{"name": name, "in": "path", "required": true, "description": d.T("api.part." + name), "schema": schema{"type": "string"}})
		}
	}
	for _, name := range append(strings.Fields(about.Takes), strings.Fields(formatWords[format])...) {
		word := queryWords[name]
		body := schema{"type": word.Type}
		if word.Format != "" {
			body["format"] = word.Format
		}
		if len(word.Enum) > 0 {
			body["enum"] = word.Enum
		}
		list = append(list, schema{"name": name, "in": "query", "description": d.T("api.word." + name), "schema": body})
	}
	return list
}

// apiPath is the path of a route as OpenAPI writes it; that of the cockpit is /index.
func apiPath(path string) string {
	if path == "/" {
		return "/index"
	}
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if name, is := strings.CutPrefix(part, ":"); is {
			parts[i] = "{" + name + "}"
		}
	}
	return strings.Join(parts, "/")
}

// tagOf groups addresses: figures, or what brings them in.
func tagOf(name string) string {
	first, _, _ := strings.Cut(name, ".")
	if slices.Contains([]string{"imports", "exports", "records", "source", "changes", "health", "api"}, first) {
		return first
	}
	return "figures"
}
