package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// The exit codes of every command.
const (
	exitDone    = 0
	exitWrong   = 1 // wrong usage, or the record could not be read or written
	exitRefused = 2 // a file was refused
)

// Program is one run of the command line.
type Program struct {
	Engine  Engine
	Inspect Inspector
	Out     io.Writer
	Err     io.Writer
}

// job is a command ready to be carried out, here or by the process that holds the folder.
type job struct {
	Lang   text.Lang  `json:"lang"`
	By     string     `json:"by"`
	Area   string     `json:"area,omitempty"` // empty: the own of whoever carries it out
	Import *importJob `json:"import,omitempty"`
	Report *reportJob `json:"report,omitempty"`
	Export *exportJob `json:"export,omitempty"`
	Undo   *undoJob   `json:"undo,omitempty"`
	Backup *backupJob `json:"backup,omitempty"`
	Copy   *copyJob   `json:"copy,omitempty"`
	User   *userJob   `json:"user,omitempty"`

	elsewhere string // the sub-district when it is not that of whoever carries it out
}

// commands names what can be asked for; each parses its own words.
var commands = map[string]func(p Program, ctx context.Context, args []string) (int, error){
	"serve":    Program.serve,
	"import":   Program.importFiles,
	"report":   Program.report,
	"export":   Program.export,
	"template": Program.template,
	"undo":     Program.undo,
	"backup":   Program.backup,
	"restore":  Program.restore,
	"copy":     Program.copy,
	"doctor":   Program.doctor,
	"engine":   Program.engine,
	"schema":   Program.schema,
	"user":     Program.user,
	"version":  Program.version,
	"help":     Program.help,
}

// Run carries out one command line (without the program's name) and gives the exit code.
func (p Program) Run(ctx context.Context, args []string) int {
	lang := langOf(args)
	if len(args) == 0 {
		_, _ = p.help(ctx, nil)
		return exitWrong
	}
	name := args[0]
	if slices.Contains([]string{"-h", "--help", "-help"}, name) {
		name = "help"
	}
	command, known := commands[name]
	if !known {
		p.tell(lang, ledger.Fail(ledger.Invalid, text.T("command.unknown", name)))
		return exitWrong
	}
	code, err := command(p, ctx, args[1:])
	if errors.Is(err, errHelp) {
		fmt.Fprintln(p.Out, text.T("command.help."+name).In(lang))
		return exitDone
	}
	if err != nil {
		p.tell(lang, err)
		return exitWrong
	}
	return code
}

// tell says on one line what went wrong.
func (p Program) tell(lang text.Lang, err error) {
	fmt.Fprintln(p.Err, "taizhang: "+sentence(lang, p.Engine.explain(err)))
}

// sentence is the line a person reads; a failure without words of its own is told with its cause.
func sentence(lang text.Lang, err error) string {
	if errors.Is(err, context.Canceled) {
		return text.T("command.cancelled").In(lang)
	}
	var e *ledger.Error
	if errors.As(err, &e) {
		return e.Message.In(lang)
	}
	return text.T("command.failed", err.Error()).In(lang)
}

// carryOut runs a job on the record: through the server that holds the folder, or by opening it here.
func (p Program) carryOut(ctx context.Context, cfg Config, j job, out io.Writer) (int, error) {
	j.Area = cfg.Area
	if dir := cfg.embedded(); dir != "" {
		if socket, held := p.Engine.Holder(dir); held && socket != "" {
			code, err := sendJob(ctx, socket, j, out, p.Err)
			if err == nil || !errors.Is(err, errNobodyAnswers) {
				return code, err
			}
		}
	}
	l, done, err := p.Engine.Open(ctx, cfg, "")
	if err != nil {
		return exitWrong, err
	}
	code, err := j.run(ctx, l, p.Engine, out, p.Err)
	if closing := done(); err == nil {
		err = closing
	}
	return code, err
}

// run carries the job out on an open record.
func (j job) run(ctx context.Context, l *ledger.Ledger, engine Engine, out, errs io.Writer) (int, error) {
	own := l.Area()
	l, err := l.Known(ctx, j.Area)
	if err != nil {
		return exitWrong, err
	}
	if l.Area() != own {
		j.elsewhere = l.Area()
	}
	code, err := j.carry(ctx, l, engine, out, errs)
	if did := j.deed(); did != "" {
		line := ledger.Audited{Person: j.By, Address: commandAddress, Action: did, Route: "command", Subject: j.subject(), Status: 200, Area: l.Area()}
		if err != nil {
			line.Status = uint16(statusOf[ledger.AsError(err).Kind])
		} else if code != exitDone {
			line.Status = uint16(statusOf[ledger.Invalid])
		}
		if failed := l.Audit(ctx, line); failed != nil && err == nil {
			return exitWrong, failed
		}
	}
	return code, err
}

// deed is what a job did, in the audit's words; empty for what only reads, and for accounts, which put their own lines there.
func (j job) deed() string {
	switch {
	case j.Import != nil && !j.Import.DryRun:
		return ledger.DidImport
	case j.Undo != nil:
		return ledger.DidUndo
	case j.Export != nil, j.Copy != nil:
		return ledger.DidExport
	case j.Backup != nil:
		return ledger.DidBackup
	}
	return ""
}

// subject is what a job was about.
func (j job) subject() string {
	switch {
	case j.Import != nil:
		names := make([]string, len(j.Import.Files))
		for i, path := range j.Import.Files {
			names[i] = filepath.Base(path)
		}
		return strings.Join(names, ", ")
	case j.Undo != nil:
		return "batch " + strconv.FormatUint(j.Undo.Batch, 10)
	case j.Export != nil:
		return j.Export.Dataset
	case j.Backup != nil:
		return filepath.Base(j.Backup.Dir)
	}
	return ""
}

func (j job) carry(ctx context.Context, l *ledger.Ledger, engine Engine, out, errs io.Writer) (int, error) {
	switch {
	case j.Import != nil:
		return j.Import.run(ctx, l, j, out, errs)
	case j.User != nil:
		return j.User.run(ctx, l, j, out)
	case j.Report != nil:
		return j.Report.run(ctx, l, j, out)
	case j.Export != nil:
		return j.Export.run(ctx, l, j, out)
	case j.Undo != nil:
		return j.Undo.run(ctx, l, j, out)
	case j.Backup != nil:
		return j.Backup.run(ctx, l, engine, j, out)
	case j.Copy != nil:
		return j.Copy.run(ctx, l, engine, j, out)
	}
	return exitWrong, ledger.Fail(ledger.Invalid, text.T("command.unknown", "?"))
}

func (p Program) help(_ context.Context, args []string) (int, error) {
	key := "command.help"
	if len(args) > 0 && text.Known(key+"."+args[0]) {
		key += "." + args[0]
	}
	fmt.Fprintln(p.Out, text.T(key).In(langOf(args)))
	return exitDone, nil
}

func (p Program) version(context.Context, []string) (int, error) {
	fmt.Fprintln(p.Out, "taizhang "+Version())
	return exitDone, nil
}

// Version is what this program was built from: its module version, or the commit and its day.
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	setting := func(key string) string {
		for _, s := range info.Settings {
			if s.Key == key {
				return s.Value
			}
		}
		return ""
	}
	version := info.Main.Version
	if revision := setting("vcs.revision"); (version == "" || version == "(devel)") && len(revision) >= 12 {
		version = "devel " + revision[:12]
		if at, err := time.Parse(time.RFC3339, setting("vcs.time")); err == nil {
			version += " " + at.Format(time.DateOnly)
		}
	}
	return version
}

// langOf finds the language before anything is parsed, so that a wrong flag is told in it too.
func langOf(args []string) text.Lang {
	tag := os.Getenv("LANG")
	if own := os.Getenv("TAIZHANG_LANG"); own != "" {
		tag = own
	}
	for i, arg := range args {
		for _, name := range []string{"-lang", "--lang"} {
			if arg == name && i+1 < len(args) {
				tag = args[i+1]
			} else if len(arg) > len(name) && arg[:len(name)+1] == name+"=" {
				tag = arg[len(name)+1:]
			}
		}
	}
	return text.Parse(tag)
}
