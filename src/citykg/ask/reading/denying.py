"""What a question says not to hold of the things that it asks for (哪些不是煤化工的)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..model import Edge, Item
from ..words.index import BEGINNING, ENDING
from ..words.slots import Slots
from .attaching import Attacher, Partial, X

__all__ = ["Denial", "denials", "denied", "kinds_of", "sets_apart"]

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@dataclass(frozen=True, slots=True)
class Denial:
    """A relation that is not to hold, the items that say it, and what it costs that they say it so."""

    edge: Edge
    used: frozenset[int]
    cost: float


def denied(slots: Slots) -> Item | None:
    """Return the name or the kind behind a not, with nothing but a verb or particles between."""
    for negation in slots.op("not"):
        for item in slots.items[negation.index + 1 :]:
            if item.has("thing") or kinds_of(item):
                return item
            if not (item.has("particle") or item.has("property")):
                break
    return None


def denials(item: Item, attacher: Attacher, wanted: Sequence[str]) -> Iterator[Denial]:
    """Yield what may be denied of things of some classes: a kind of some of them, or a relation to a name,
    unless a group has it: what is said of a group may be true of its members.
    """
    things = attacher.relations.graph.instances(wanted)
    for kind in kinds_of(item):
        if any(attacher.index.is_a(thing, (kind,)) for thing in things):
            yield Denial(Edge(X, (_RDF_TYPE,), kind, "bare"), frozenset({item.index}), 0.0)
    if item.has("thing"):
        groups = attacher.index.having("summarises")
        for partial in attacher.attach(Partial(None), item, wanted=wanted, steps=1):
            grouped = any(attacher.index.is_a(thing, groups) for thing in partial.found or ())
            if not grouped or all(attacher.index.is_a(thing, groups) for thing in things):
                yield Denial(partial.edges[-1], partial.used, partial.score)


def sets_apart(item: Item, attacher: Attacher, wanted: Sequence[str]) -> bool:
    """Whether a word names a kind that no thing of some classes is of or lies in: to deny it leaves all."""
    index, graph = attacher.index, attacher.relations.graph
    kinds = tuple(kinds_of(item))
    behind = attacher.slots.items[item.index + 1 : item.index + 2]
    if not kinds or item.has("thing") or any(i.of("property", "hints") for i in behind):
        return False
    return not any(
        index.is_a(thing, kinds)
        or any(
            a.forward and index.flagged(a.property, "nearestBy") and index.is_a(a.other, kinds)
            for a in graph.around(thing)
        )
        for thing in graph.instances(wanted)
    )


def kinds_of(item: Item) -> list[str]:
    """Return the kinds that a word names."""
    return [s.iri for s in item.of("class") if not s.iri.startswith((BEGINNING, ENDING))]
