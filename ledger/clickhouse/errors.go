package clickhouse

import (
	"fmt"
	"syscall"
)

// Kind says which case an Error is.
type Kind string

// The cases that callers tell apart.
const (
	KindMissingLibrary    Kind = "missing_library"     // libchdb is not where it was looked for, or cannot be loaded
	KindFolderLocked      Kind = "folder_locked"       // another process holds the folder
	KindFolderNotWritable Kind = "folder_not_writable" // the folder cannot be created or written
	KindSecondFolder      Kind = "second_folder"       // this process already has another folder open
	KindNewerFolder       Kind = "newer_folder"        // the folder was written by a newer engine
	KindDiskFull          Kind = "disk_full"           // no space left for the data
	KindServerTooOld      Kind = "server_too_old"      // the server is older than MinServerVersion
	KindUnreachable       Kind = "unreachable"         // nobody answers at the server's address
	KindAuthentication    Kind = "authentication"      // user or password refused
	KindAccess            Kind = "access"              // the database user lacks a right
	KindAddress           Kind = "address"             // the DSN cannot be read
	KindUnknownDatabase   Kind = "unknown_database"    // the database does not exist
	KindTimeout           Kind = "timeout"             // the statement took longer than it may
	KindMemory            Kind = "memory"              // the statement needed more memory than it may
	KindCancelled         Kind = "cancelled"           // the statement was cancelled
	KindBusy              Kind = "busy"                // all connections were in use for too long
	KindStart             Kind = "start"               // the database did not start, for none of the reasons above
)

// Error is a failure told to a person in one sentence, in English and in Chinese, apart from its cause.
type Error struct {
	Kind      Kind
	Message   string
	MessageZh string
	Cause     error
}

// Error returns the English sentence with the cause for the log.
func (e Error) Error() string {
	if e.Cause == nil {
		return e.Message
	}
	return e.Message + " (" + e.Cause.Error() + ")"
}

// Unwrap returns the cause.
func (e Error) Unwrap() error { return e.Cause }

func newError(kind Kind, cause error, message, messageZh string) *Error {
	return &Error{Kind: kind, Message: message, MessageZh: messageZh, Cause: cause}
}

func secondFolderError(wanted, open string) *Error {
	return newError(KindSecondFolder, nil,
		fmt.Sprintf("This process already has the data folder %s open and can hold only one, so %s cannot be opened; start another process for it.", open, wanted),
		fmt.Sprintf("本进程已打开数据目录 %s,同一进程只能打开一个数据目录,无法再打开 %s;请另启进程。", open, wanted))
}

func newerFolderError(dir, folder, engine string) *Error {
	return newError(KindNewerFolder, nil,
		fmt.Sprintf("The data folder %s was written by engine %s, newer than this program's %s; install the newer program again.", dir, folder, engine),
		fmt.Sprintf("数据目录 %s 由较新的引擎 %s 写入,本程序引擎为 %s;请改用较新的程序版本。", dir, folder, engine))
}

func notWritableError(dir string, cause error) *Error {
	return newError(KindFolderNotWritable, cause,
		fmt.Sprintf("The data folder %s cannot be written; give this user the right to write there or choose another folder.", dir),
		fmt.Sprintf("数据目录 %s 无法写入;请授予当前用户写权限,或更换目录。", dir))
}

func diskFullError(cause error) *Error {
	e, _ := Explain(syscall.ENOSPC)
	e.Cause = cause
	return &e
}

// startError gives an error at Open its sentence.
func startError(err error) *Error {
	if e, ok := Explain(err); ok {
		return &e
	}
	return newError(KindStart, err,
		"The database did not start; the log tells the cause.",
		"数据库未能启动,原因见日志。")
}

func stillRunningError() *Error {
	return newError(KindBusy, nil,
		"The database did not stop, because statements are still running; end the process.",
		"数据库未能停止,仍有语句在执行;请结束进程。")
}

// serverError is startError for a server: whatever waits too long there is a server that does not answer.
func serverError(err error) *Error {
	e := startError(err)
	if e.Kind == KindTimeout || e.Kind == KindBusy {
		unreachable := *e
		unreachable.Kind, unreachable.Message, unreachable.MessageZh = KindUnreachable, unreachableEn, unreachableZh
		return &unreachable
	}
	return e
}
