"""Transitive closure on arrays: components where there are cycles, then propagation level by level."""

import numpy as np

from citykg.reason.arrays import Column, Mask, distinct, expand, pack, ranges, unpack
from citykg.reason.reachability import components

__all__ = ["reachable"]


def reachable(links: Column) -> Column:
    """Every pair (x, y) with a path of one link or more from x to y, packed and sorted.

    Args:
        links: packed pairs, sorted, each once.
    """
    nodes, compact = np.unique(np.concatenate(unpack(links)), return_inverse=True)
    source, target = compact[: len(links)], compact[len(links) :]
    groups = _groups(source, target, len(nodes))
    if groups is None:
        left, right = unpack(_propagate(source, target, np.zeros(len(nodes), dtype=np.bool_)))
        return pack(nodes[left], nodes[right])
    count = int(groups.max()) + 1
    sizes = np.bincount(groups, minlength=count)
    cyclic = sizes > 1
    cyclic[groups[source[source == target]]] = True
    inner = groups[source] == groups[target]
    edges = distinct(pack(groups[source[~inner]], groups[target[~inner]]))
    pairs = _propagate(*unpack(edges), cyclic)
    members = nodes[np.argsort(groups, kind="stable")]
    return np.sort(expand(pairs, np.cumsum(sizes) - sizes, sizes, members))


def _groups(source: Column, target: Column, count: int) -> Column | None:
    """The number of every node's strongly connected component; None when there is no cycle."""
    remaining = np.ones(count, dtype=np.bool_)
    for left, right in ((source, target), (target, source)):
        levels = _levels(left, right, count, remaining)
        remaining &= levels < 0
        if not remaining.any():
            return None
    kept = remaining[source] & remaining[target]
    graph: dict[int, list[int]] = {}
    for left_node, right_node in zip(source[kept].tolist(), target[kept].tolist(), strict=True):
        graph.setdefault(left_node, []).append(right_node)
    groups = np.arange(count, dtype=np.int64)
    for component in components(graph):
        groups[component] = component[0]
    return np.unique(groups, return_inverse=True)[1].astype(np.int64)


def _levels(source: Column, target: Column, count: int, among: Mask) -> Column:
    """The longest path from every node to a node without links; -1 for nodes that reach a cycle."""
    kept = among[source] & among[target]
    source, target = source[kept], target[kept]
    order = np.argsort(target, kind="stable")
    sources = source[order]
    starts = np.searchsorted(target[order], np.arange(count + 1, dtype=np.int64))
    open_links = np.bincount(source, minlength=count)
    levels = np.full(count, -1, dtype=np.int64)
    frontier = np.flatnonzero((open_links == 0) & among)
    level = 0
    while len(frontier):
        levels[frontier] = level
        level += 1
        before = sources[ranges(starts[frontier], starts[frontier + 1] - starts[frontier])]
        np.subtract.at(open_links, before, 1)
        before = distinct(before)
        frontier = before[open_links[before] == 0]
    return levels


def _propagate(source: Column, target: Column, cyclic: Mask) -> Column:
    """Reachability in a graph without cycles; cyclic nodes reach themselves as well. Packed and sorted."""
    count = len(cyclic)
    levels = _levels(source, target, count, np.ones(count, dtype=np.bool_))
    order = np.lexsort((source, levels[source]))
    source, target = source[order], target[order]
    depth = int(levels.max()) if count else 0
    borders = np.searchsorted(levels[source], np.arange(depth + 2, dtype=np.int64))
    loops = np.flatnonzero(cyclic)
    loops = loops[np.argsort(levels[loops], kind="stable")]
    loop_borders = np.searchsorted(levels[loops], np.arange(depth + 2, dtype=np.int64))
    starts = np.zeros(count, dtype=np.int64)
    counts = np.zeros(count, dtype=np.int64)
    blocks: list[Column] = []
    reached = np.empty(1024, dtype=np.int64)
    filled = 0
    for level in range(depth + 1):
        low, high = borders[level], borders[level + 1]
        left, right = source[low:high], target[low:high]
        inherited = reached[ranges(starts[right], counts[right])]
        own = loops[loop_borders[level] : loop_borders[level + 1]]
        found = distinct(
            np.concatenate(
                (pack(left, right), pack(np.repeat(left, counts[right]), inherited), pack(own, own))
            )
        )
        if not len(found):
            continue
        blocks.append(found)
        heads, tails = unpack(found)
        if filled + len(tails) > len(reached):
            grown = np.empty(max(2 * len(reached), filled + len(tails)), dtype=np.int64)
            grown[:filled] = reached[:filled]
            reached = grown
        reached[filled : filled + len(tails)] = tails
        first = np.flatnonzero(np.concatenate((np.ones(1, dtype=np.bool_), heads[1:] != heads[:-1])))
        starts[heads[first]] = filled + first
        counts[heads[first]] = np.diff(np.append(first, len(heads)))
        filled += len(tails)
    return np.sort(np.concatenate(blocks)) if blocks else np.empty(0, dtype=np.int64)
