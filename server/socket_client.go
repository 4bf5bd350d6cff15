package server

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"syscall"
	"time"

	"taizhang/internal/text"
	"taizhang/ledger"
)

// startPause is how long a command waits for a server that holds the folder but does not answer yet.
const startPause = 5 * time.Second

// errNobodyAnswers says that the holder of the folder could not be reached.
var errNobodyAnswers = errors.New("nobody answers on the socket")

// sendJob has the process that holds the folder carry a job out, and passes on its output and exit code.
func sendJob(ctx context.Context, socket string, j job, out, errs io.Writer) (int, error) {
	body, err := json.Marshal(j)
	if err != nil {
		return exitWrong, err
	}
	answer, err := post(ctx, socket, body)
	if err != nil {
		return exitWrong, err
	}
	defer answer.Body.Close()
	for decode := json.NewDecoder(bufio.NewReaderSize(answer.Body, 64<<10)); ; {
		var one frame
		if err := decode.Decode(&one); err != nil {
			if ctx.Err() != nil {
				return exitWrong, ctx.Err()
			}
			return exitWrong, &ledger.Error{Kind: ledger.Internal, Message: text.T("command.server_gone"), Cause: err}
		}
		switch {
		case one.Error != nil:
			return exitWrong, ledger.Fail(ledger.Internal, text.T("error.engine", one.Error.Zh, one.Error.En))
		case one.Exit != nil:
			return *one.Exit, nil
		}
		to := out
		if one.Stream == 2 {
			to = errs
		}
		if _, err := to.Write(one.Data); err != nil {
			return exitWrong, err
		}
	}
}

// post asks, and asks again while a server that is starting does not listen yet.
func post(ctx context.Context, socket string, body []byte) (*http.Response, error) {
	client := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", socket)
	}}}
	for until := time.Now().Add(startPause); ; {
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://taizhang/job", bytes.NewReader(body))
		if err != nil {
			return nil, err
		}
		answer, err := client.Do(request)
		switch {
		case err == nil && answer.StatusCode == http.StatusOK:
			return answer, nil
		case err == nil:
			answer.Body.Close()
			return nil, fmt.Errorf("%w: %s", errNobodyAnswers, answer.Status)
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case !errors.Is(err, syscall.ECONNREFUSED) && !errors.Is(err, os.ErrNotExist) || time.Now().After(until):
			return nil, fmt.Errorf("%w: %w", errNobodyAnswers, err)
		}
		time.Sleep(100 * time.Millisecond)
	}
}
