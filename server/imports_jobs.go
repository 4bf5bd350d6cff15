package server

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"taizhang/internal/access"
)

// jobRoutes are the addresses of imports on their way.
func (a *app) jobRoutes() []route {
	return []route{
		{Path: "/imports/jobs", Name: "imports.jobs", Needs: access.Import, Formats: "json", Handle: a.listJobs},
		{Path: "/imports/jobs/:job", Name: "imports.job", Needs: access.Import, Formats: "json", Handle: a.showJob},
		{Path: "/imports/jobs/:job/events", Name: "imports.job.events", Needs: access.Import, Handle: a.tellJob},
		{Method: fiber.MethodPost, Path: "/imports/jobs/:job/cancel", Name: "imports.job.cancel", Needs: access.Import, Handle: a.cancelJob},
	}
}

func jobPath(t *task) string { return "/imports/jobs/" + t.id }

// waits is how long a request waits for its job: a program that asks for JSON wants the outcome, a person wants to see how far it is.
func (a *app) waits(c *fiber.Ctx) time.Duration {
	if !wantsJSON(c) {
		return a.patience
	}
	if c.Method() == fiber.MethodPost {
		return a.cfg.LoadLimit
	}
	return a.cfg.AskLimit
}

// answerJob leads to a job that goes on after the request.
func (a *app) answerJob(c *fiber.Ctx, t *task) error {
	if wantsJSON(c) {
		c.Set(fiber.HeaderLocation, jobPath(t)+".json")
		return c.Status(fiber.StatusAccepted).JSON(a.lookAt(c, t))
	}
	return c.Redirect(jobPath(t), fiber.StatusSeeOther)
}

// listJobs answers with what is on its way, for the page of imports; a person is sent to that page.
func (a *app) listJobs(c *fiber.Ctx) error {
	if format(c) != "json" {
		return c.Redirect("/imports", fiber.StatusSeeOther)
	}
	return c.JSON(jobsAnswer{a.jobsUnderWay(c)})
}

// jobsAnswer is /imports/jobs.json.
type jobsAnswer struct {
	Jobs []taskView `json:"jobs"`
}

// jobsUnderWay looks at the jobs that have not ended, and those that ended badly a short while ago.
func (a *app) jobsUnderWay(c *fiber.Ctx) []taskView {
	list := []taskView{}
	for _, t := range a.queue.list() {
		if t.wish.Area != elsewhere(c) {
			continue
		}
		v := a.lookAt(c, t)
		if !v.Over || v.State == taskFailed && time.Since(*v.Ended) < badNews {
			list = append(list, v)
		}
	}
	return list
}

// showJob says how far a job is; one that has ended leads on to what it was for.
func (a *app) showJob(c *fiber.Ctx) error {
	t, err := a.queue.find(param(c, "job"))
	if err != nil {
		return err
	}
	v := a.lookAt(c, t)
	switch {
	case format(c) == "json":
		return c.JSON(v)
	case v.Over && v.State != taskFailed && v.State != taskCancelled:
		return c.Redirect(v.Next, fiber.StatusSeeOther)
	}
	return a.render(c, "imports_job", a.newJobPage(c, t, v))
}

// cancelJob ends a job. One that has ended already stays as it is.
func (a *app) cancelJob(c *fiber.Ctx) error {
	t, err := a.queue.find(param(c, "job"))
	if err != nil {
		return err
	}
	t.cancel()
	await(c.UserContext(), t, a.patience)
	if wantsJSON(c) {
		return c.JSON(a.lookAt(c, t))
	}
	return c.Redirect(jobPath(t), fiber.StatusSeeOther)
}

// lookAt looks at a job in the reader's language, with its place in the queue.
func (a *app) lookAt(c *fiber.Ctx, t *task) taskView {
	return a.lookIn(a.newPage(c, "imports"), t)
}

func (a *app) lookIn(p page, t *task) taskView {
	v := t.look()
	if !v.Over {
		v.Position = a.queue.ahead(t)
	}
	if v.State == taskFailed {
		e, _ := a.failure(t.err)
		v.Error = p.Say(e.Message)
	}
	v.say(p)
	return v
}

// jobPage is /imports/jobs/:job.
type jobPage struct {
	page
	Job     taskView
	Heading string
	Events  string // where the job tells how it goes on
	Waits   bool   // the file can be previewed again
	Again   string
}

func (a *app) newJobPage(c *fiber.Ctx, t *task, v taskView) jobPage {
	p := jobPage{page: a.newPage(c, "imports"), Job: v, Again: address("/imports/preview/"+t.Hash, t.wish.words())}
	p.Crumb, p.Title = &link{Text: p.Title, Href: p.Link("/imports")}, v.File
	p.Events = p.Link(jobPath(t) + "/events")
	p.Heading = p.T("import.job.title." + v.Kind)
	if v.Over {
		p.Heading = p.T("import.job.title.ended")
		_, err := a.uploads.find(t.Hash)
		p.Waits = err == nil
	} else {
		p.Refresh = refreshAfter
	}
	return p
}
