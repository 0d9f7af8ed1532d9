"""Prove that a triple store holds a dataset: counts per graph, and every statement, compared by value."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from .diff import Difference, Rewritten, compare
from .endpoints import Endpoint
from .export.selection import Graphs
from .export.sources import Source
from .literals import type_of
from .load import leftovers
from .load.plan import Plan

__all__ = ["Miscount", "Verification", "verify"]

_KEPT = 10_000
_OBJECT = re.compile(r'^(\S+ \S+) ".*"(?:\^\^<[^>]*>|@\S+)?((?: <[^>]*>)? \.)$')


@dataclass(frozen=True, slots=True)
class Miscount:
    """A graph that holds another number of triples there than here.

    Args:
        graph: its name; None is the closure.
        here: in the dataset.
        there: in the store.
    """

    graph: str | None
    here: int
    there: int


@dataclass(frozen=True, slots=True)
class Verification:
    """What a store holds of a dataset.

    Args:
        triples: of the dataset.
        graphs: of the dataset, the closure among them.
        miscounts: graphs with another number of triples.
        repeated: statements that the dataset has again, or in another form of the same value, and the store
            once.
        difference: from the dataset to the store, by value; its ``rewritten`` lists what has the same value.
        damaged: kind of literal to values that the store changed; they are among what is missing.
        stale: graphs of an earlier load.
        others: graphs of citykg that stand there and may be another project's.
        there: triples of each graph of the dataset in the store; None is the closure.
    """

    triples: int
    graphs: int
    miscounts: tuple[Miscount, ...]
    repeated: int
    difference: Difference
    damaged: dict[str, Rewritten]
    stale: tuple[str, ...]
    others: tuple[str, ...]
    there: Mapping[str | None, int]

    @property
    def whole(self) -> bool:
        """Whether everything arrived, and nothing else is there."""
        return self.difference.equal and not self.stale and not self.others


def verify(source: Source, endpoint: Endpoint, plan: Plan, *, recorded: Collection[str] = ()) -> Verification:
    """Compare what a store holds with what a plan sent there.

    Args:
        source: the dataset.
        endpoint: the store.
        plan: which graphs.
        recorded: as in `citykg.load.leftovers`.

    Raises:
        CannotRun: the server does not answer.
    """
    # One graph alone says nothing of others (see `leftovers`).
    there = endpoint.source(only=plan.counts if len(plan.counts) == 1 else None)
    names = [graph for graph in plan.counts if graph is not None]
    if None in plan.counts:
        names.insert(0, "closure")
    selection = Graphs(names, lenient=True)
    difference = compare(source, there, selection=selection, merge=False, keep=_KEPT)
    found = {graph: there.count(graph) for graph in plan.counts}
    miscounts = tuple(
        Miscount(graph, number, found[graph])
        for graph, number in plan.counts.items()
        if found[graph] != number
    )
    left = leftovers(plan, there, recorded)
    damaged = _damaged(difference.removed, difference.added)
    repeated = 0
    if difference.equal:  # nothing is missing: fewer are there because a store has each once
        repeated = sum(max(0, one.here - one.there) for one in miscounts)
        miscounts = tuple(one for one in miscounts if one.here < one.there)
    return Verification(
        plan.triples,
        len(plan.counts),
        miscounts,
        repeated,
        difference,
        damaged,
        left.stale,
        left.others,
        found,
    )


def _damaged(removed: Iterable[str], added: Iterable[str]) -> dict[str, Rewritten]:
    """Pair statements that differ in a literal only: the store kept them and changed the value."""
    arrived: dict[tuple[str, str], list[str]] = {}
    for line in added:
        if match := _OBJECT.match(line):
            arrived.setdefault((match[1], match[2]), []).append(line)
    damaged: dict[str, Rewritten] = {}
    for line in removed:
        match = _OBJECT.match(line)
        candidates = arrived.get((match[1], match[2])) if match else None
        if candidates:
            after = candidates.pop(0)
            known = damaged.get(type_of(line))
            if known is None:
                damaged[type_of(line)] = Rewritten(1, line, after)
            else:
                known.count += 1
    return damaged
