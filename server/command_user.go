package server

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"text/tabwriter"
	"time"

	"taizhang/internal/access"
	"taizhang/internal/text"
	"taizhang/ledger"
)

// userJob is `taizhang user add|list|disable|enable|password|unbind`.
type userJob struct {
	Do      string   `json:"do"`
	Account string   `json:"account,omitempty"`
	Person  string   `json:"person,omitempty"`
	Roles   []string `json:"roles,omitempty"`
	Areas   []string `json:"areas,omitempty"`
	OwnOnly bool     `json:"own_only,omitempty"`
	SSOName string   `json:"sso_name,omitempty"`
	SSOOnly bool     `json:"sso_only,omitempty"`
	Profile string   `json:"profile"`
	JSON    bool     `json:"json,omitempty"`
}

func (p Program) user(ctx context.Context, args []string) (int, error) {
	cfg, j := DefaultConfig(), userJob{}
	var roles, areas string
	f := newFlags("user", &cfg)
	f.setting(&cfg.Profile, "profile")
	f.StringVar(&j.Person, "name", "", "")
	f.StringVar(&roles, "roles", "", "")
	f.StringVar(&areas, "only", "", "")
	f.BoolVar(&j.OwnOnly, "own", false, "")
	f.StringVar(&j.SSOName, "sso", "", "")
	f.BoolVar(&j.SSOOnly, "sso-only", false, "")
	f.BoolVar(&j.JSON, "json", false, "")
	words, err := f.parse(&cfg, args)
	if err != nil {
		return exitWrong, err
	}
	if err := cfg.Validate(); err != nil {
		return exitWrong, err
	}
	j.Roles, j.Areas, j.Profile = listOf(roles), listOf(areas), cfg.Profile
	switch {
	case len(words) == 1 && words[0] == "list":
		j.Do = "list"
	case len(words) == 2 && strings.Contains(" add disable enable password unbind ", " "+words[0]+" "):
		j.Do, j.Account = words[0], words[1]
	default:
		return exitWrong, ledger.Fail(ledger.Invalid, text.T("user.usage"))
	}
	return p.carryOut(ctx, cfg, job{Lang: cfg.Lang, By: person(), User: &j}, p.Out)
}

// run carries the command out and puts it into the audit.
func (j *userJob) run(ctx context.Context, l *ledger.Ledger, in job, out io.Writer) (int, error) {
	if j.Do == "list" {
		return exitDone, j.list(ctx, l, in.Lang, out)
	}
	cfg := DefaultConfig()
	cfg.Profile = or(j.Profile, cfg.Profile)
	if _, known := access.Policies[cfg.Profile]; !known {
		return exitWrong, ledger.Fail(ledger.Invalid, text.T("command.bad_profile", cfg.Profile))
	}
	name, _ := access.AccountName(j.Account)
	password, err := j.change(ctx, l, cfg, name, in.By)
	line := ledger.Audited{Person: in.By, Address: commandAddress, Action: ledger.DidSetting, Route: "user." + j.Do, Subject: name, Status: 200,
		Detail: strings.Join(j.Roles, ", ")}
	if j.Do == "password" {
		line.Action = ledger.DidPassword
	}
	if err != nil {
		line.Status = uint16(statusOf[ledger.AsError(err).Kind])
	}
	if failed := l.Audit(ctx, line); failed != nil && err == nil {
		err = failed
	}
	if err != nil {
		return exitWrong, err
	}
	if j.JSON {
		return exitDone, json.NewEncoder(out).Encode(map[string]string{"account": name, "password": password})
	}
	fmt.Fprintln(out, text.T("user.done."+j.Do, name).In(in.Lang))
	if password != "" {
		fmt.Fprintln(out, text.T("user.once", password, int(cfg.policy().OneTime.Hours())).In(in.Lang))
	}
	return exitDone, nil
}

// change does what was asked for; a new password is given back.
func (j *userJob) change(ctx context.Context, l *ledger.Ledger, cfg Config, name, by string) (password string, err error) {
	switch j.Do {
	case "add":
		f := personForm{Account: j.Account, Person: or(plainName(j.Person), name), Areas: j.Areas, OwnOnly: j.OwnOnly,
			SSO: ssoForm{Asked: true, Name: strings.TrimSpace(j.SSOName), Only: j.SSOOnly}}
		for _, r := range j.Roles {
			f.Roles = append(f.Roles, access.Role(r))
		}
		return addAccount(ctx, l, cfg, f, by)
	case "password":
		return newPassword(ctx, l, cfg, name, by)
	case "unbind":
		_, err = unbind(ctx, l, name, by)
		return "", err
	}
	err = l.ChangeAccount(ctx, name, func(one *ledger.Account) error {
		one.Disabled, one.By = j.Do == "disable", by
		return nil
	})
	if err == nil && j.Do == "disable" {
		_, err = l.EndSessions(ctx, name, "")
	}
	return "", err
}

func (j *userJob) list(ctx context.Context, l *ledger.Ledger, lang text.Lang, out io.Writer) error {
	accounts, err := l.Accounts(ctx)
	if err != nil {
		return err
	}
	list := sorted(accounts)
	if j.JSON {
		return json.NewEncoder(out).Encode(list)
	}
	if len(list) == 0 {
		fmt.Fprintln(out, text.T("user.none").In(lang))
		return nil
	}
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	for _, one := range list {
		state := "open"
		switch {
		case one.Disabled:
			state = "disabled"
		case one.Once:
			state = "once"
		case one.SSO.Only:
			state = "sso"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", one.Name, one.Person, ledger.RoleNames(one.Roles), text.T("access.state."+state).In(lang))
	}
	return w.Flush()
}

// commandAddress stands in the audit where a command line acted, on this machine or by the socket.
const commandAddress = "command line"

// letIn makes the first administrator when settings name one and there is no account, and refuses to be reached by others without accounts.
func (p Program) letIn(ctx context.Context, cfg Config, l *ledger.Ledger) error {
	accounts, err := l.Accounts(ctx)
	if err != nil {
		return err
	}
	if len(accounts) == 0 && cfg.Admin != "" {
		j := job{Lang: cfg.Lang, By: person(), User: &userJob{Do: "add", Account: cfg.Admin, Roles: []string{string(access.Administrator)}, Profile: cfg.Profile}}
		if _, err := j.User.run(ctx, l, j, p.Out); err != nil {
			return err
		}
		return p.forgetAudit(ctx, cfg, l)
	}
	if len(accounts) == 0 && cfg.beyond() {
		return ledger.Fail(ledger.Refused, text.T("command.not_loopback", cfg.Listen))
	}
	return p.forgetAudit(ctx, cfg, l)
}

// forgetAudit takes away what is older than the days the audit is kept.
func (p Program) forgetAudit(ctx context.Context, cfg Config, l *ledger.Ledger) error {
	if cfg.AuditDays == 0 {
		return nil
	}
	return l.ForgetAudit(ctx, cfg.AuditDays)
}

// forgetDaily does so once a day while the server runs.
func (p Program) forgetDaily(ctx context.Context, cfg Config, l *ledger.Ledger, log *slog.Logger) {
	for day := time.NewTicker(24 * time.Hour); ; {
		select {
		case <-ctx.Done():
			day.Stop()
			return
		case <-day.C:
			if err := p.forgetAudit(ctx, cfg, l); err != nil {
				log.Error("the audit could not be shortened", "cause", err)
			}
		}
	}
}

// scheme is how the pages are reached.
func (c Config) scheme() string {
	if c.TLSCert != "" {
		return "https"
	}
	return "http"
}
