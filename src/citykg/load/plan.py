"""What a load will do: which graphs go by which way, in which order, and what to know before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

import pyoxigraph as ox

from ..endpoints import Endpoint
from ..errors import CannotRun
from ..export.selection import CATALOG, CLOSURE, pattern
from ..export.sources import Source

__all__ = ["Plan", "Step", "Way", "graph_counts", "make_plan", "refuse_known"]

_GRAPHS_AT_ONCE = 200


class Way(Enum):
    """How graphs are sent, in words with a place for what they are called."""

    PUT = "one request replaces {them}"
    UPDATE = "one update replaces {them}"
    PARTS = "one request replaces {them}, more requests fill it"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, whole or again.

    Args:
        way: how.
        graphs: names of graphs in the source; None is the closure.
        triples: how many they hold.
        atomic: whether the store keeps the old graphs when this fails.
    """

    way: Way
    graphs: tuple[str | None, ...]
    triples: int
    atomic: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """A load, step by step.

    Args:
        steps: in their order.
        counts: triples of each graph; None is the closure.
        notes: what a person should know before.
        empty_first: whether the graphs are removed before anything is sent.
        aside: graphs of the dataset that are not loaded this time; they may well stand in the store.
        part: whether the dataset is known to be a part of one, which says nothing of other graphs.
    """

    steps: tuple[Step, ...]
    counts: Mapping[str | None, int]
    notes: tuple[str, ...]
    empty_first: bool = False
    aside: frozenset[str | None] = frozenset()
    part: bool = False

    @property
    def triples(self) -> int:
        """All triples."""
        return sum(self.counts.values())


def graph_counts(source: Source) -> dict[str | None, int]:
    """Return how many triples each graph holds; None is the closure."""
    counts: dict[str | None, int] = {}
    for (number,) in source.rows("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"):
        counts[None] = _number(number)
    found = {}
    for graph, number in source.rows(pattern("endpoint-counts")):
        if isinstance(graph, ox.NamedNode) and graph.value != CLOSURE:
            found[graph.value] = _number(number)
    for name in source.graphs():
        if name not in found and name != CLOSURE:  # not in the store, like a catalog made for the occasion
            found[name] = sum(block.count(b"\n") for block in source.read(name))
    counts.update((name, found[name]) for name in sorted(found))
    return {graph: number for graph, number in counts.items() if number}


def make_plan(
    counts: Mapping[str | None, int],
    endpoint: Endpoint,
    *,
    atomic: bool = False,
    empty_first: bool = False,
    aside: Iterable[str | None] = (),
    part: bool = False,
) -> Plan:
    """Plan how graphs reach a store.

    Passages go first, many in one update, then large graphs, then the closure, and the catalog last: who
    reads the catalog finds what it describes.

    Args:
        counts: triples of each graph to load; None is the closure.
        endpoint: where to.
        atomic: prefer a slow way that keeps the old graph when it fails.
        empty_first: remove all graphs of the dataset before anything is sent; then no step keeps an old one.
        aside: graphs of the dataset that are not loaded this time.
        part: as in `Plan`.

    Raises:
        CannotRun: ``no-way-to-write`` when the store has neither updates nor a graph store.
    """
    kind = endpoint.kind
    if not endpoint.addresses.update:
        raise CannotRun(
            "no-way-to-write", f"{endpoint.url} has no update endpoint", "see the store's page in docs/stores"
        )
    small = [
        name for name, n in counts.items() if name is not None and n <= kind.update_limit and name != CATALOG
    ]
    rest = [name for name in counts if name is not None and name not in set(small) and name != CATALOG]
    steps = [*_together(small, counts, kind.update_limit)]
    last = [name for name in (None, CATALOG) if name in counts]
    for name in (*rest, *last):
        steps.append(_alone(name, counts[name], endpoint, atomic=atomic))
    if empty_first:
        steps = [replace(step, atomic=False) for step in steps]
    notes = _notes(endpoint, steps, empty_first=empty_first)
    return Plan(tuple(steps), counts, notes, empty_first, frozenset(aside), part)


def refuse_known(source: Source, plan: Plan, endpoint: Endpoint) -> None:
    """Look for statements that a store is known to refuse, before anything is sent.

    Raises:
        CannotRun: ``store-refuses`` with the first of them.
    """
    refused = endpoint.kind.refused
    if refused is None:
        return
    for graph in plan.counts:
        for block in source.read(graph):
            if found := refused.search(block):
                start, end = block.rfind(b"\n", 0, found.start()) + 1, block.find(b"\n", found.start())
                line = block[start:end].decode("utf-8", errors="replace")
                raise CannotRun(
                    "store-refuses",
                    f"{endpoint.kind.title} refuses the whole request for: {line}",
                    "load into another store, or change the statement",
                )


def _together(names: Sequence[str], counts: Mapping[str | None, int], limit: int) -> Iterator[Step]:
    held: list[str | None] = []
    size = 0
    for name in names:
        if held and (size + counts[name] > limit or len(held) == _GRAPHS_AT_ONCE):
            yield Step(Way.UPDATE, tuple(held), size, atomic=True)
            held, size = [], 0
        held.append(name)
        size += counts[name]
    if held:
        yield Step(Way.UPDATE, tuple(held), size, atomic=True)


def _alone(name: str | None, triples: int, endpoint: Endpoint, *, atomic: bool) -> Step:
    kind = endpoint.kind
    if triples <= kind.update_limit:
        return Step(Way.UPDATE, (name,), triples, atomic=True)
    if endpoint.addresses.graphs:
        large = kind.large is not None and triples >= kind.large and not atomic
        if kind.put_limit is not None and triples > kind.put_limit:
            return Step(Way.PARTS, (name,), triples, atomic=False)
        return Step(Way.PUT, (name,), triples, atomic=kind.large_is_atomic or not large)
    return Step(Way.PARTS, (name,), triples, atomic=False)


def _notes(endpoint: Endpoint, steps: Sequence[Step], *, empty_first: bool) -> tuple[str, ...]:
    kind = endpoint.kind
    notes = [f"rewrites {what}" for what in kind.rewrites]
    notes += [f"refuses or damages {what}" for what in kind.refuses]
    loose = [step for step in steps if not step.atomic]
    if empty_first:
        notes.append("the graphs are removed first: the store is without them until the load has ended")
    elif loose:
        names = ", ".join(
            "the closure" if graph is None else f"<{graph}>" for step in loose for graph in step.graphs
        )
        notes.append(
            f"a failure would leave {names} partly written; running the same command again repairs it"
        )
    if endpoint.closure is not None:
        notes.append(f"the closure goes to <{endpoint.closure}>: this store has no default graph of its own")
    if not kind.tested:
        notes.append("nobody has run citykg against this store yet")
    return tuple(notes)


def _number(term: object) -> int:
    return int(term.value) if isinstance(term, ox.Literal) else 0
