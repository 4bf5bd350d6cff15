#!/usr/bin/env bash
# Prints the pattern of the tests that `make test` runs without the race detector: those that say testkit.Unraced.
set -euo pipefail
cd "$(dirname "$0")/.."
git ls-files '*_test.go' | xargs awk '
	FNR == 1 { name = "" }
	/^func / { name = ""; if (match($0, /^func (Test|Fuzz)[A-Za-z0-9_]+/)) { name = substr($0, 6, RLENGTH - 5) } }
	name != "" && /^\ttestkit\.Unraced\(/ { print name }
' | sort -u | paste -sd '|' | sed 's/.*/^(&)$/'
