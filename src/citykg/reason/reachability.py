"""Transitive closure without joins: strongly connected components, then propagation against the arrows."""

from collections.abc import Iterable, Iterator

__all__ = ["TooManyPairsError", "components", "reachable_pairs"]

_Graph = dict[int, list[int]]


class TooManyPairsError(Exception):
    """There are more pairs than sets are good for; arrays take over."""


def reachable_pairs(
    links: Iterable[tuple[int, ...]], *, limit: int | None = None
) -> Iterator[tuple[int, int]]:
    """Every pair (x, y) with a path of one link or more from x to y; each once.

    Args:
        links: pairs; duplicates are allowed.
        limit: how many pairs are wanted at most.

    Raises:
        TooManyPairsError: there are more.
    """
    count = 0
    graph: _Graph = {}
    for source, target in links:
        graph.setdefault(source, []).append(target)
    reached: dict[int, set[int]] = {}
    for component in components(graph):
        members = set(component)
        targets: set[int] = set()
        for node in component:
            for target in graph.get(node, ()):
                targets.add(target)
                if target not in members:
                    targets |= reached.get(target, targets)
        if len(component) > 1:
            targets |= members
        count += len(component) * len(targets)
        if limit is not None and count > limit:
            raise TooManyPairsError
        for node in component:
            if targets:
                reached[node] = targets
                yield from ((node, target) for target in targets)


def components(graph: _Graph) -> Iterator[list[int]]:
    """Strongly connected components, each after all that it reaches (Tarjan 1972, without recursion)."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    for root in graph:
        if root in index:
            continue
        work = [(root, iter(graph[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, targets = work[-1]
            for target in targets:
                if target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    on_stack.add(target)
                    work.append((target, iter(graph.get(target, ()))))
                    break
                if target in on_stack:
                    low[node] = min(low[node], index[target])
            else:
                work.pop()
                if work:
                    parent = work[-1][0]
                    low[parent] = min(low[parent], low[node])
                if low[node] == index[node]:
                    component = []
                    while True:
                        member = stack.pop()
                        on_stack.discard(member)
                        component.append(member)
                        if member == node:
                            break
                    yield component
