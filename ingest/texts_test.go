package ingest

import (
	"context"
	"testing"
)

// TestProblemCellsAreKeptRowByRow reads a file without holding it: what stands in the cells that problems name is there all the same.
func TestProblemCellsAreKeptRowByRow(t *testing.T) {
	content := []byte("楼宇名称,楼层,房号,企业名称,面积(㎡)\n一号楼,1,101,甲公司,约定\n一号楼,1,102,乙公司,250\n")
	f := Read(context.Background(), "入驻企业.csv", content, Options{Now: readMoment})
	if len(f.Problems) != 1 || f.Problems[0].Cell != "E2" {
		t.Fatalf("%+v", f.Problems)
	}
	if said, ok := f.Text("", "E2"); !ok || said != "约定" {
		t.Errorf("%q %v", said, ok)
	}
}
