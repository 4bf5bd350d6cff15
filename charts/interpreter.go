package charts

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/dop251/goja"

	"taizhang/internal/text"
)

// shim is what ECharts expects of the place it runs in; nothing of it moves by itself when it draws for a file.
const shim = `var self = this, window = undefined, console = { log: function () {}, warn: function () {}, error: function () {} };
function setTimeout() { return 0; }
function clearTimeout() {}`

// draw is called with a picture as JSON and gives the SVG.
const draw = `(function () {
  echarts.setPlatformAPI({ measureText: function (text, font) { return { width: textWidth(text || "", font || "") }; } });
  var themes = JSON.parse(themesJSON);
  Object.keys(themes).forEach(function (name) { echarts.registerTheme(name, themes[name]); });
  return function (json) {
    var p = JSON.parse(json);
    return picture.file(p.option, p.what, themes[p.setup.theme], p.setup);
  };
}())`

// interpreter is a script engine with ECharts loaded; one goroutine uses it at a time.
type interpreter struct {
	vm   *goja.Runtime
	call goja.Callable
}

func newInterpreter(programs []*goja.Program) (*interpreter, error) {
	vm := goja.New()
	if err := errors.Join(vm.Set("textWidth", textWidth), vm.Set("themesJSON", string(Themes()))); err != nil {
		return nil, err
	}
	var last goja.Value
	for _, program := range programs {
		var err error
		if last, err = vm.RunProgram(program); err != nil {
			return nil, err
		}
	}
	call, ok := goja.AssertFunction(last)
	if !ok {
		return nil, errors.New("the drawing script gives no function")
	}
	return &interpreter{vm, call}, nil
}

// draw runs the script over a picture until limit or the end of ctx.
func (in *interpreter) draw(ctx context.Context, limit time.Duration, asked []byte) (drawn []byte, err error) {
	defer func() {
		if failed := recover(); failed != nil {
			err = fmt.Errorf("the interpreter of charts panicked: %v", failed)
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	// The end of ctx stops the script; what came too late to stop this one must not stop the next.
	stopped := make(chan struct{})
	watch := context.AfterFunc(ctx, func() {
		defer close(stopped)
		in.vm.Interrupt(ctx.Err())
	})
	out, err := in.call(goja.Undefined(), in.vm.ToValue(string(asked)))
	if !watch() {
		<-stopped
		in.vm.ClearInterrupt()
	}
	var interrupted *goja.InterruptedError
	if errors.As(err, &interrupted) {
		return nil, unavailable(text.T("picture.too_slow", int(limit.Seconds())), err)
	}
	if err != nil {
		return nil, err
	}
	return []byte(out.String()), nil
}
