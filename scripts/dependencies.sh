#!/usr/bin/env bash
# Asks the databases of known vulnerabilities about the Go modules and the npm packages of a folder (this one when none is named).
# A finding fails. A database that cannot be asked does not: it is said in one line which check did not run, and why.
# VULNDB and NPM_CONFIG_REGISTRY name other databases, such as a mirror inside a closed network.
set -uo pipefail
cd "$(dirname "$0")/.."
tool=$(go tool -n govulncheck) || exit 1
cd "${1:-.}"
failed=0

said=$("$tool" -db "${VULNDB:-https://vuln.go.dev}" ./... 2>&1)
case $? in
  0) echo "dependencies: no known vulnerability of a Go module reaches this program (govulncheck)" ;;
  3) echo "$said"; failed=1 ;;
  *) why=$(grep -m1 -E 'fetching vulnerabilit|unrecognized vulndb format|dial tcp|no such host|connection refused|Client.Timeout|unexpected status|lookup ' <<<"$said")
     if [ -n "$why" ]; then echo "NOT CHECKED: govulncheck did not run, its database cannot be reached: $why" >&2
     else echo "$said" >&2; failed=1; fi ;;
esac

report=$(npm audit --package-lock-only --json 2>/dev/null)
if [ $? = 0 ]; then echo "dependencies: no known vulnerability in the npm packages of the lock (npm audit)"
elif grep -q '"auditReportVersion"' <<<"$report"; then npm audit --package-lock-only; failed=1
else echo "NOT CHECKED: npm audit did not run, its registry does not answer it: $(grep -m1 -E '"(message|summary)": "[^"]' <<<"$report" | sed -E 's/^ *"[a-z]+": *"//; s/",?$//')" >&2; fi
exit $failed
