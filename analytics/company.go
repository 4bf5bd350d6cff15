package analytics

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// CompanyName is one name that a company of several names was written under, with the first and last day that says so.
// Code is the organisation part that all its codes share.
type CompanyName struct {
	Code  string `json:"code"`
	Name  string `json:"name"`
	First Date   `json:"first"`
	Last  Date   `json:"last"`
}

// Renamed lists the companies that stand in tenants and tax under more than one name, each name in the order it was borne.
func (a *Analytics) Renamed(ctx context.Context, q Question) ([]CompanyName, error) {
	names := []CompanyName{}
	err := a.each(ctx, "Company.Names", q, nil, func(rows driver.Rows) error {
		var n CompanyName
		var first, last nullDay
		if err := rows.Scan(&n.Code, &n.Name, &first, &last); err != nil {
			return err
		}
		n.First, n.Last = dateAt(first), dateAt(last)
		names = append(names, n)
		return nil
	})
	return names, err
}
