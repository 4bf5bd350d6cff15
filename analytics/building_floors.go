package analytics

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// stack groups what is let and what stands empty by floor, the top floor first; a floor that is no number comes last.
func (ans *BuildingAnswer) stack(units []BuildingUnit, vacant []VacantRoom) {
	for _, u := range units {
		f := ans.floor(u.Floor)
		f.Units, f.AreaM2 = append(f.Units, u), plus(f.AreaM2, u.AreaM2)
	}
	for _, r := range vacant {
		f := ans.floor(r.Floor)
		f.Vacant, f.VacantM2 = append(f.Vacant, r), plus(f.VacantM2, r.AreaM2)
		v := &ans.Vacancy
		v.Rooms, v.ListedM2 = v.Rooms+1, plus(v.ListedM2, r.AreaM2)
		if r.ToldOn.After(v.ToldOn) {
			v.ToldOn = r.ToldOn
		}
		if !r.AreaM2.Valid() {
			v.Unmeasured++
		}
	}
	slices.SortStableFunc(ans.Floors, func(x, y Floor) int { return cmp.Compare(floorNumber(y.Floor), floorNumber(x.Floor)) })
	// What no list names is shown for the building alone; where a room's area is missing, nothing can be left over.
	if rest := ans.Line.VacantAreaM2.Sub(ans.Vacancy.ListedM2.OrZero()); rest.Sign() > 0 && ans.Vacancy.Unmeasured == 0 {
		ans.Vacancy.UnplacedM2 = rest
	}
}

// floor finds a floor of the plan or begins one.
func (ans *BuildingAnswer) floor(name string) *Floor {
	name = narrowFloor(name)
	at := slices.IndexFunc(ans.Floors, func(f Floor) bool { return f.Floor == name })
	if at < 0 {
		at = len(ans.Floors)
		ans.Floors = append(ans.Floors, Floor{Floor: name, Units: []BuildingUnit{}, Vacant: []VacantRoom{}})
	}
	return &ans.Floors[at]
}

// floorNumber reads 12, 12层, 12F, F12, 3-5层 (its first) and B1 or 负一 as below ground.
func floorNumber(floor string) int {
	floor = narrowFloor(floor)
	start := strings.IndexAny(floor, "0123456789")
	if start < 0 {
		return noFloor
	}
	end := start
	for end < len(floor) && floor[end] >= '0' && floor[end] <= '9' {
		end++
	}
	n, err := strconv.Atoi(floor[start:end])
	if err != nil {
		return noFloor
	}
	if strings.ContainsAny(floor[:start], "-Bb") || strings.Contains(floor[:start], "负") || strings.Contains(floor[:start], "地下") {
		return -n
	}
	return n
}

// narrowFloor writes １０层 and 10 F as 10, so that one floor is one row of the stack.
func narrowFloor(floor string) string {
	narrow := strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - 0xFEE0
		case r == ' ' || r == '　':
			return -1
		}
		return r
	}, floor)
	for _, suffix := range []string{"层", "楼", "F", "f"} {
		if rest, cut := strings.CutSuffix(narrow, suffix); cut && rest != "" {
			return rest
		}
	}
	return narrow
}

// noFloor sorts what is no number below every floor.
const noFloor = -1000
