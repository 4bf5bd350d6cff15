# Taizhang: `make run` to use it, `make test` to trust it. Everything else is in `make help`.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

BIN     := bin/taizhang
VENDOR  := server/assets/vendor
ASSETS  := $(addprefix $(VENDOR)/,echarts.min.js jszip.min.js pptxgen.min.js)
PACKAGE_echarts := echarts
PACKAGE_jszip   := jszip
PACKAGE_pptxgen := pptxgenjs
LISTEN  ?= 127.0.0.1:8080
DATA    ?= data
SAMPLES ?= samples
ADMIN   ?= admin
STEPS   ?= 100000

.PHONY: help setup build run test soak check bench load browser clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: node_modules/.fetched $(ASSETS) $(VENDOR)/docx.iife.js ## fetch the pinned engine and browser assets (npm ci, integrity-checked) and the Go modules
	@go mod download

node_modules/.fetched: package.json package-lock.json .npmrc
	npm ci --no-audit --no-fund
	@touch $@

# Browser libraries, each copied from the package of its own name.
$(ASSETS): $(VENDOR)/%.min.js: node_modules/.fetched
	@mkdir -p $(VENDOR)
	cp node_modules/$(PACKAGE_$*)/dist/$*.min.js $@

$(VENDOR)/docx.iife.js: node_modules/.fetched
	@mkdir -p $(VENDOR)
	cp node_modules/docx/dist/index.iife.js $@

build: setup ## build bin/taizhang, pages and assets inside, the engine library beside it
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o $(BIN) .
	@scripts/engine-beside.sh bin

run: build ## start on $(LISTEN) with the record in ./data; the first start loads samples/ and makes an administrator (ADMIN= for none)
	exec $(BIN) serve --listen $(LISTEN) --data $(DATA) --samples $(SAMPLES) --admin "$(ADMIN)"

check: setup ## vet, staticcheck, formatting, known vulnerabilities of what is built upon
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); echo "not gofmt-ed"; exit 1; }
	go vet ./...
	go tool staticcheck ./...
	@scripts/dependencies.sh

browser: ## install what the tests need on Debian as root: a C compiler for -race, Chromium, rsvg-convert, Chinese fonts, LibreOffice, an old ClickHouse server
	@scripts/test-tools.sh

# Packages in which nothing happens side by side but what the server's tests walk under the race detector; all others are raced.
UNRACED := taizhang taizhang/analytics taizhang/internal/access taizhang/internal/text taizhang/internal/wording

# Tests that say testkit.Unraced are left out under the race detector, which makes them several times slower and finds no more in them, and
# run without it. Vet has seen all in check.
test: browser check ## set-up, vet, staticcheck, all tests, browser tests; with -race those in which things happen side by side
	go test -race -short -vet=off -timeout 30m $$(go list ./... | grep -vxF "$$(printf '%s\n' $(UNRACED))")
	go test -short -vet=off -timeout 20m $(UNRACED)
	go test -short -vet=off -run "$$(scripts/unraced.sh)" -timeout 20m $$(go list ./... | grep -vxF "$$(printf '%s\n' $(UNRACED))")

soak: browser setup ## every test in full, with -race, then STEPS simulated steps (0: without end), 20 rounds of kills, 200 readers for five minutes; two hours
	go test -race -timeout 90m ./...
	TAIZHANG_KILL_SEEDS=20 go test -run TestKilledLoadsAreWholeOrAbsent -timeout 60m ./ledger
	TAIZHANG_READERS=200 TAIZHANG_READ_FOR=5m go test -run TestReadersBesideAnImporter -v -timeout 20m ./server
	TAIZHANG_STEPS=$(STEPS) go test -run TestSimulation -v -timeout 0 ./ingest

bench: setup ## benchmarks; each prints its ratio to a limit measured in the same run
	go test -run '^$$' -bench . -benchtime 1x -timeout 60m ./ledger/clickhouse ./ingest ./charts ./server

load: build ## load on the built program over the samples: requests a second, p50 and p99, against a static file in the same run
	@scripts/load.sh

clean: ## remove what was built (never the record in ./data)
	rm -rf bin $(VENDOR)
