package analytics

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"taizhang/ledger"
)

// ExchangeRate is what one unit of a currency was in yuan from a day on.
type ExchangeRate struct {
	Currency    string         `json:"currency"`
	On          Date           `json:"on"`
	Yuan        ledger.Decimal `json:"yuan"` // for one unit
	PublishedBy string         `json:"published_by"`
}

// exchange holds the rates of each currency, the oldest first.
type exchange map[string][]ExchangeRate

// currencyNames are the other ways people write a currency; what is not listed stays as written.
var currencyNames = map[string]string{"": yuanCurrency, "元": yuanCurrency, "人民币": yuanCurrency, "美元": dollarCurrency, "港元": "HKD", "港币": "HKD", "欧元": "EUR", "日元": "JPY"}

// currencyCode is the code of a currency however it was written; nothing is yuan.
func currencyCode(written string) string {
	if code, known := currencyNames[written]; known {
		return code
	}
	return written
}

// exchange reads the rates of the record.
func (a *Analytics) exchange(ctx context.Context, q Question) (exchange, error) {
	list := exchange{}
	err := a.each(ctx, "Investment.Rates", q, nil, func(rows driver.Rows) error {
		var r ExchangeRate
		var day nullDay
		var per *int64
		if err := rows.Scan(&r.Currency, &day, &r.Yuan, &per, &r.PublishedBy); err != nil {
			return err
		}
		r.Currency, r.On = currencyCode(r.Currency), dateAt(day)
		if per != nil {
			r.Yuan = r.Yuan.Div(ledger.Int(*per))
		}
		list[r.Currency] = append(list[r.Currency], r)
		return nil
	})
	return list, err
}

// at is the rate of a currency that holds on a day: the newest that is no later. Without one there is none, and nothing is converted.
func (x exchange) at(currency string, day Date) (found ExchangeRate, ok bool) {
	for _, r := range x[currency] {
		if r.On.After(day) {
			break
		}
		found, ok = r, true
	}
	return found, ok && found.Yuan.Valid()
}
