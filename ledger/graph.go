package ledger

// FindCycle looks for a cycle in a graph given as node -> predecessors. It
// gives the nodes in the order of work (each precedes the next, the last
// precedes the first), beginning at the smallest, or nil.
func FindCycle(predecessors [][]int) []int {
	const (
		unseen = iota
		open
		done
	)
	state := make([]int, len(predecessors))
	type frame struct{ node, next int }
	for start := range predecessors {
		if state[start] != unseen {
			continue
		}
		stack := []frame{{start, 0}}
		state[start] = open
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			if top.next == len(predecessors[top.node]) {
				state[top.node] = done
				stack = stack[:len(stack)-1]
				continue
			}
			to := predecessors[top.node][top.next]
			top.next++
			switch state[to] {
			case unseen:
				state[to] = open
				stack = append(stack, frame{to, 0})
			case open:
				var cycle []int
				for i := len(stack) - 1; i >= 0; i-- {
					cycle = append(cycle, stack[i].node)
					if stack[i].node == to {
						break
					}
				}
				return fromSmallest(cycle)
			}
		}
	}
	return nil
}

// fromSmallest turns a cycle, collected from the last frame up, so that it begins at its smallest node.
//
// The stack runs from a node to its predecessors, so read from the top down
// each node precedes the next.
func fromSmallest(cycle []int) []int {
	at := 0
	for i, n := range cycle {
		if n < cycle[at] {
			at = i
		}
	}
	return append(append([]int{}, cycle[at:]...), cycle[:at]...)
}
