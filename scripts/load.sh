#!/usr/bin/env bash
# Puts load on the built program over the samples, with vegeta, and prints requests a second and times against those of a static file from the
# same server in the same run. SECONDS_EACH, WORKERS and PORT may be set.
set -euo pipefail
cd "$(dirname "$0")/.."
each=${SECONDS_EACH:-8} workers=${WORKERS:-4} port=${PORT:-8089}
at=http://127.0.0.1:$port day=asof=2016-06-27
work=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null && wait "$server" 2>/dev/null; rm -rf "$work"' EXIT
vegeta=$(go tool -n vegeta)
bin/taizhang serve --listen "127.0.0.1:$port" --data "$work/data" --samples samples >"$work/log" 2>&1 &
server=$!
for i in $(seq 300); do
  curl -fs "$at/readyz" >/dev/null && break
  kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
  sleep 0.2
done
curl -fs "$at/readyz" >/dev/null || { echo "the program did not become ready" >&2; cat "$work/log" >&2; exit 1; }
static=$(curl -fs "$at/" | grep -o '/assets/app.js?[0-9a-f]*' | head -n 1)
project=$(curl -fs "$at/projects.json?$day" | node -e 'let s="";process.stdin.on("data",d=>s+=d).on("end",()=>console.log(encodeURIComponent(JSON.parse(s).items[0].key)))')

# attack NAME ADDRESS: the same address again and again. With a third word each request has an address of its own, so that nothing is kept.
attack() {
  local name=$1 address=$2 list="$work/targets"
  if [ $# -gt 2 ]; then seq 100000 | sed "s|.*|GET $at$address\&n=$3&|" >"$list"
  else curl -fs -o /dev/null "$at$address"; echo "GET $at$address" >"$list"; fi
  "$vegeta" attack -targets "$list" -rate 0 -max-workers "$workers" -workers "$workers" -duration "${each}s" -timeout 60s |
    "$vegeta" report -type json >"$work/report"
  node -e '
    const [report, name, first] = process.argv.slice(1), fs = require("fs"), r = JSON.parse(fs.readFileSync(report));
    if (!(r.success === 1)) { console.error(`${name}: ${JSON.stringify(r.status_codes)} ${r.errors}`); process.exit(1); }
    const ms = n => (n / 1e6).toFixed(n < 1e7 ? 2 : 0);
    let base = r.throughput;
    try { base = +fs.readFileSync(first); } catch { fs.writeFileSync(first, String(base)); }
    const ratio = r.throughput / base;
    console.log(`| ${name} | ${r.throughput.toFixed(r.throughput < 100 ? 1 : 0)} | ${ms(r.latencies["50th"])} | ${ms(r.latencies["99th"])} | ${Math.round(r.bytes_in.mean / 1024)} | ${ratio < 0.1 ? ratio.toPrecision(1) : ratio.toFixed(2)} x |`);
  ' "$work/report" "$name" "$work/base"
}
echo "$workers askers, $each s each, $(date -u +%F), load average before: $(cut -d ' ' -f 1 /proc/loadavg 2>/dev/null || echo unknown)"
echo
echo '| what | requests/s | p50 ms | p99 ms | KiB sent | against the static file |'
echo '|---|---|---|---|---|---|'
attack 'static file (app.js)' "$static"
attack 'cockpit, kept' "/?$day"
attack 'cockpit as JSON, kept' "/index.json?$day"
attack 'project, kept' "/projects/$project?$day"
attack 'cockpit, made anew' "/?$day" cockpit
attack 'project, made anew' "/projects/$project?$day" project
attack 'tax as JSON, made anew' "/tax.json?$day" tax
