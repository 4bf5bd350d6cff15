package clickhouse

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"

	chgo "github.com/ClickHouse/clickhouse-go/v2"
)

const (
	unreachableEn = "The database server does not answer; check that it runs and that its address is right."
	unreachableZh = "数据库服务器无响应;请确认服务已启动且地址正确。"
)

type sentences struct {
	kind    Kind
	en, zh  string
	codes   []int32
	errnos  []syscall.Errno
	markers []error
}

// known lists what an operator or a user can do something about; everything else stays a fault of the program.
var known = []sentences{
	{kind: KindDiskFull, codes: []int32{243}, errnos: []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT},
		en: "There is no space left on the disk that holds the data; free some space and try again.",
		zh: "数据所在磁盘空间不足;请清理磁盘后重试。"},
	{kind: KindFolderNotWritable, errnos: []syscall.Errno{syscall.EACCES, syscall.EPERM, syscall.EROFS},
		en: "The data folder cannot be written; give this user the right to write there.",
		zh: "数据目录无法写入;请授予当前用户写权限。"},
	{kind: KindTimeout, codes: []int32{159, 160}, markers: []error{context.DeadlineExceeded},
		en: "The question took longer than it may; narrow it down or try again later.",
		zh: "查询超时;请缩小范围或稍后重试。"},
	{kind: KindMemory, codes: []int32{241},
		en: "The question needed more memory than it may use; narrow it down.",
		zh: "查询所需内存超出限额;请缩小范围。"},
	{kind: KindCancelled, codes: []int32{394, 734}, markers: []error{context.Canceled},
		en: "The question was cancelled.",
		zh: "查询已取消。"},
	{kind: KindBusy, codes: []int32{202}, markers: []error{chgo.ErrAcquireConnTimeout},
		en: "The database is busy with other questions; try again in a moment.",
		zh: "数据库繁忙;请稍后重试。"},
	{kind: KindAuthentication, codes: []int32{192, 193, 194, 516},
		en: "The database server refused the user name or the password; check them in the DSN.",
		zh: "数据库服务器拒绝了用户名或密码;请检查 DSN 中的用户名和密码。"},
	{kind: KindAccess, codes: []int32{497, 164},
		en: "The database user lacks a right that this program needs; grant it on the server.",
		zh: "数据库用户权限不足;请在服务器上授权。"},
	{kind: KindUnknownDatabase, codes: []int32{81},
		en: "The database does not exist; it may have been dropped while in use.",
		zh: "数据库不存在,可能已被删除。"},
	{kind: KindUnreachable, codes: []int32{209, 210, 279},
		errnos:  []syscall.Errno{syscall.ECONNREFUSED, syscall.EHOSTUNREACH, syscall.ENETUNREACH, syscall.ECONNRESET, syscall.EPIPE, syscall.ETIMEDOUT},
		markers: []error{io.EOF, io.ErrUnexpectedEOF},
		en:      unreachableEn,
		zh:      unreachableZh},
}

// Explain finds the sentence for an error of this package, of the driver or of the engine; false when there is none.
func Explain(err error) (Error, bool) {
	if err == nil {
		return Error{}, false
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return *e, true
	}
	if e, ok := errors.AsType[Error](err); ok {
		return e, true
	}
	for _, s := range known {
		if s.covers(err) {
			return Error{Kind: s.kind, Message: s.en, MessageZh: s.zh, Cause: err}, true
		}
	}
	return Error{}, false
}

func (s sentences) covers(err error) bool {
	if code, text, ok := exceptionOf(err); ok {
		for _, c := range s.codes {
			if c == code {
				return true
			}
		}
		// The engine wraps a failed write into general codes (74, 75, 76, 1001) and names the reason only in the text.
		return s.kind == KindDiskFull && strings.Contains(text, "No space left on device")
	}
	for _, e := range s.errnos {
		if errors.Is(err, e) {
			return true
		}
	}
	for _, m := range s.markers {
		if errors.Is(err, m) {
			return true
		}
	}
	if s.kind == KindUnreachable {
		netErr, isNet := errors.AsType[net.Error](err)
		return isNet && netErr != nil
	}
	return false
}

// exceptionOf reads the engine's code and text, whether they came through the driver or straight from the library.
func exceptionOf(err error) (int32, string, bool) {
	if e, ok := errors.AsType[*chgo.Exception](err); ok {
		return e.Code, e.Message, true
	}
	if e, ok := errors.AsType[engineFailure](err); ok {
		return e.code(), string(e), true
	}
	return 0, "", false
}
