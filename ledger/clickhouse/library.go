package clickhouse

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

const (
	libraryName     = "libchdb.so" // on macOS too
	libraryVariable = "TAIZHANG_CHDB_LIB"
)

// loadLibrary finds libchdb and binds it.
func loadLibrary(configured string) (*capi, error) {
	places := libraryPlaces(configured)
	for _, path := range places {
		if info, err := os.Stat(path); err != nil || info.IsDir() {
			continue
		}
		api, err := loadCAPI(path)
		if err != nil {
			return nil, newError(KindMissingLibrary, err,
				fmt.Sprintf("The database engine %s cannot be loaded on this machine; run `make setup` to fetch the right one.", path),
				fmt.Sprintf("数据库引擎 %s 无法在本机加载;请运行 make setup 重新获取。", path))
		}
		return api, nil
	}
	looked := strings.Join(places, ", ")
	return nil, newError(KindMissingLibrary, errors.New("no such file"),
		fmt.Sprintf("The database engine libchdb was not found (looked for %s); run `make setup` to fetch it.", looked),
		fmt.Sprintf("未找到数据库引擎 libchdb(已查找:%s);请运行 make setup 获取。", looked))
}

// libraryPlaces lists the files to try, in order. A place that was named explicitly is the only one.
func libraryPlaces(configured string) []string {
	if configured == "" {
		configured = os.Getenv(libraryVariable)
	}
	if configured != "" {
		if info, err := os.Stat(configured); err == nil && info.IsDir() {
			configured = filepath.Join(configured, libraryName)
		}
		return []string{configured}
	}
	var places []string
	seen := map[string]bool{}
	add := func(path string) {
		if !seen[path] {
			seen[path] = true
			places = append(places, path)
		}
	}
	var starts []string
	if exe, err := os.Executable(); err == nil {
		if resolved, err := filepath.EvalSymlinks(exe); err == nil {
			exe = resolved
		}
		starts = append(starts, filepath.Dir(exe))
		add(filepath.Join(filepath.Dir(exe), libraryName))
	}
	if wd, err := os.Getwd(); err == nil {
		starts = append(starts, wd)
	}
	inModules := filepath.Join("node_modules", "@chdb", libraryPackage(), libraryName)
	for _, dir := range starts {
		for {
			add(filepath.Join(dir, inModules))
			parent := filepath.Dir(dir)
			if parent == dir {
				break
			}
			dir = parent
		}
	}
	return places
}

// libraryPackage is the npm package that carries the library for this machine.
func libraryPackage() string {
	arch := map[string]string{"amd64": "x64", "arm64": "arm64"}[runtime.GOARCH]
	if arch == "" {
		arch = runtime.GOARCH
	}
	if runtime.GOOS == "linux" {
		return "lib-linux-" + arch + "-gnu"
	}
	return "lib-" + runtime.GOOS + "-" + arch
}
