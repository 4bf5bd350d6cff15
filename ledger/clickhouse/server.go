package clickhouse

import (
	"context"
	"fmt"
	"maps"
	"sync"
	"time"

	chgo "github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// MinServerVersion is the oldest ClickHouse server that the product runs on.
const MinServerVersion = "24.8"

func openServer(ctx context.Context, cfg Config) (driver.Conn, func() error, error) {
	options, err := serverOptions(cfg)
	if err != nil {
		return nil, nil, err
	}
	if err := prepareServer(ctx, *options, cfg.Cluster); err != nil {
		return nil, nil, err
	}
	conn, err := chgo.Open(options)
	if err != nil {
		return nil, nil, serverError(err)
	}
	if err := conn.Ping(ctx); err != nil {
		_ = conn.Close()
		return nil, nil, serverError(err)
	}
	return conn, sync.OnceValue(conn.Close), nil
}

func serverOptions(cfg Config) (*chgo.Options, error) {
	options, err := chgo.ParseDSN(cfg.DSN)
	if err != nil {
		return nil, newError(KindAddress, err,
			"The database address cannot be read; write it as clickhouse://user:password@host:9000/database.",
			"数据库地址无法识别;请写成 clickhouse://用户:密码@主机:9000/数据库。")
	}
	if cfg.Database != "" {
		options.Auth.Database = cfg.Database
	}
	if options.Auth.Database == "" {
		options.Auth.Database = defaultDatabase
	}
	settings := cfg.settings()
	maps.Copy(settings, options.Settings)
	options.Settings = settings
	if options.DialTimeout == 0 {
		options.DialTimeout = 10 * time.Second
	}
	if options.MaxOpenConns == 0 {
		options.MaxOpenConns, options.MaxIdleConns = 32, 16
	}
	if options.Compression == nil && options.Protocol == chgo.Native {
		options.Compression = &chgo.Compression{Method: chgo.CompressionLZ4}
	}
	return options, nil
}

// prepareServer checks the version and creates the database, on a connection to the user's default database.
func prepareServer(ctx context.Context, options chgo.Options, cluster string) error {
	database := options.Auth.Database
	options.Auth.Database = ""
	conn, err := chgo.Open(&options)
	if err != nil {
		return serverError(err)
	}
	defer conn.Close()
	if err := conn.Ping(ctx); err != nil {
		return serverError(err)
	}
	version, err := conn.ServerVersion()
	if err != nil {
		return serverError(err)
	}
	if found := fmt.Sprintf("%d.%d", version.Version.Major, version.Version.Minor); compareVersions(found, MinServerVersion) < 0 {
		return newError(KindServerTooOld, nil,
			fmt.Sprintf("The ClickHouse server is version %s; this program needs %s or newer.", version.Version, MinServerVersion),
			fmt.Sprintf("ClickHouse 服务器版本为 %s,本程序要求 %s 或更新版本。", version.Version, MinServerVersion))
	}
	// Asked first, so that a user without the right to create databases can be given a finished one.
	var present uint64
	if err := conn.QueryRow(ctx, "SELECT count() FROM system.databases WHERE name = {name:String}", chgo.Named("name", database)).Scan(&present); err != nil {
		return serverError(err)
	}
	if present > 0 {
		return nil
	}
	create := "CREATE DATABASE IF NOT EXISTS " + quoteIdentifier(database)
	if cluster != "" {
		create += " ON CLUSTER " + quoteIdentifier(cluster)
	}
	if err := conn.Exec(ctx, create); err != nil {
		return serverError(err)
	}
	return nil
}
