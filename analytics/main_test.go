package analytics_test

import (
	"testing"

	"taizhang/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }
