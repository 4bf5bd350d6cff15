package server

import (
	"bytes"
	"context"
	"crypto/subtle"
	"strconv"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/common/expfmt"

	"taizhang/internal/access"
	"taizhang/internal/text"
	"taizhang/ledger"
	"taizhang/ledger/backup"
)

// metrics are what a Prometheus server is told.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	imports  *prometheus.CounterVec
}

func newMetrics(a *app) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "taizhang_http_requests_total",
			Help: "Requests answered, by route, method and status."}, []string{"route", "method", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "taizhang_http_request_seconds",
			Help: "Time to answer a request, by route.", Buckets: []float64{.005, .02, .05, .1, .2, .5, 1, 2, 5, 20, 60}}, []string{"route"}),
		imports: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "taizhang_import_jobs_total",
			Help: "Jobs of the import queue that ended, by kind (read, load) and end."}, []string{"kind", "state"}),
	}
	m.registry.MustRegister(m.requests, m.seconds, m.imports, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), &scraped{a})
	return m
}

// count measures a request; its route is known when it was answered.
func (m *metrics) count(route, method string, status int, took time.Duration) {
	m.requests.WithLabelValues(route, method, strconv.Itoa(status)).Inc()
	m.seconds.WithLabelValues(route).Observe(took.Seconds())
}

// scraped tells at each scrape how the record, the engine, the queue and the backups stand.
type scraped struct{ app *app }

var (
	engineEvents = prometheus.NewDesc("taizhang_engine_queries_total", "Statements the engine ran, by kind: all, select, insert, failed.", []string{"kind"}, nil)
	engineMemory = prometheus.NewDesc("taizhang_engine_memory_bytes", "Memory that the engine has in use.", nil, nil)
	engineUp     = prometheus.NewDesc("taizhang_engine_up", "Whether the engine answered this scrape.", nil, nil)
	recordAt     = prometheus.NewDesc("taizhang_record_version", "Commits and undos in the record.", nil, nil)
	jobsBy       = prometheus.NewDesc("taizhang_import_jobs", "Jobs of the import queue that are remembered, by state.", []string{"state"}, nil)
	backupAge    = prometheus.NewDesc("taizhang_backup_timestamp_seconds", "When the newest backup was taken; 0: there is none.", nil, nil)
	backupGood   = prometheus.NewDesc("taizhang_backup_verified", "Whether the newest backup was verified.", nil, nil)
)

// Describe implements prometheus.Collector.
func (s *scraped) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{engineEvents, engineMemory, engineUp, recordAt, jobsBy, backupAge, backupGood} {
		to <- d
	}
}

// scrapeLimit keeps a busy engine from holding a scrape up.
const scrapeLimit = 5 * time.Second

// engineFigures are the engine's own counters by the name they are told under.
const engineFigures = `SELECT multiIf(event = 'SelectQuery', 'select', event = 'InsertQuery', 'insert', event = 'FailedQuery', 'failed', 'all'), toFloat64(value)
	FROM system.events WHERE event IN ('Query', 'SelectQuery', 'InsertQuery', 'FailedQuery')
	UNION ALL SELECT 'memory', toFloat64(value) FROM system.metrics WHERE metric = 'MemoryTracking'`

// Collect implements prometheus.Collector.
func (s *scraped) Collect(to chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	ctx, cancel := context.WithTimeout(context.Background(), scrapeLimit)
	defer cancel()
	up := 1.0
	if version, err := s.app.ledger.Version(ctx); err == nil {
		gauge(recordAt, float64(version))
	} else {
		up = 0
	}
	// A server's user may not be let into its system tables: what is not told is left out.
	_ = eachFigure(ctx, s.app.ledger.Conn(), func(name string, value float64) {
		if name == "memory" {
			gauge(engineMemory, value)
			return
		}
		to <- prometheus.MustNewConstMetric(engineEvents, prometheus.CounterValue, value, name)
	})
	gauge(engineUp, up)
	states := map[taskState]int{taskWaiting: 0, taskReading: 0, taskLoading: 0}
	for _, t := range s.app.queue.list() {
		states[t.look().State]++
	}
	for state, n := range states {
		gauge(jobsBy, float64(n), string(state))
	}
	s.backups(gauge)
}

func (s *scraped) backups(gauge func(*prometheus.Desc, float64, ...string)) {
	list, err := backup.List(s.app.cfg.backupFolder())
	if err != nil {
		return
	}
	at, good := 0.0, 0.0
	for _, one := range list {
		if one.Trouble != nil {
			continue
		}
		at = float64(one.TakenAt.Unix())
		if v := verdictOf(one.Path); v != nil && v.Trouble == nil {
			good = 1
		}
		break
	}
	gauge(backupAge, at)
	gauge(backupGood, good)
}

func eachFigure(ctx context.Context, conn driver.Conn, tell func(string, float64)) error {
	rows, err := conn.Query(ctx, engineFigures)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		var value float64
		if err := rows.Scan(&name, &value); err != nil {
			return err
		}
		tell(name, value)
	}
	return rows.Err()
}

// operationRoutes are what machines ask: whether the program lives, whether it can work, what it counts.
func (a *app) operationRoutes() []route {
	return []route{
		{Path: "/healthz", Name: "healthz", Needs: access.Open, Handle: a.alive},
		{Path: "/readyz", Name: "readyz", Needs: access.Open, Handle: a.ready},
		{Path: metricsPath, Name: "metrics", Needs: access.Open, Handle: a.tellMetrics},
	}
}

const metricsPath = "/metrics"

// machineAsked are the paths that are about the program and no sub-district.
func machineAsked(path string) bool {
	return path == "/health" || path == "/healthz" || path == "/readyz" || path == metricsPath
}

// alive says that the process answers, whatever the database does: a restart is of use only when it does not.
func (a *app) alive(c *fiber.Ctx) error { return c.SendString("ok\n") }

// readyLimit is how long the record may take to be read.
const readyLimit = 5 * time.Second

// ready says whether the record can be read and the program is not about to stop: whether pages can be sent here.
func (a *app) ready(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), readyLimit)
	defer cancel()
	if a.queue.ctx.Err() != nil {
		return c.Status(fiber.StatusServiceUnavailable).SendString("stopping\n")
	}
	// Not the version that is remembered between writes: the engine itself is asked.
	if _, err := a.ledger.LastMoment(ctx); err != nil {
		a.log.Error("not ready", "request", requestID(c), "cause", err)
		return c.Status(fiber.StatusServiceUnavailable).SendString("the record cannot be read\n")
	}
	return c.SendString("ready\n")
}

func (a *app) tellMetrics(c *fiber.Ctx) error {
	if !a.mayScrape(c) {
		return ledger.Fail(ledger.Refused, text.T("metrics.refused"))
	}
	families, err := a.metrics.registry.Gather()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	kind := expfmt.NewFormat(expfmt.TypeTextPlain)
	encode := expfmt.NewEncoder(&b, kind)
	for _, family := range families {
		if err := encode.Encode(family); err != nil {
			return err
		}
	}
	c.Set(fiber.HeaderContentType, string(kind))
	return c.Send(b.Bytes())
}

// mayScrape lets in whoever has the token; without one, programs of this machine that ask by themselves and not for somebody else.
func (a *app) mayScrape(c *fiber.Ctx) bool {
	if a.cfg.MetricsToken != "" {
		given, found := strings.CutPrefix(c.Get(fiber.HeaderAuthorization), "Bearer ")
		return found && subtle.ConstantTimeCompare([]byte(given), []byte(a.cfg.MetricsToken)) == 1
	}
	if c.Get(fiber.HeaderXForwardedFor) != "" || c.Get("Forwarded") != "" {
		return false
	}
	// No address: a test without a network.
	peer := c.Context().RemoteIP()
	return peer.IsLoopback() || peer.IsUnspecified()
}
