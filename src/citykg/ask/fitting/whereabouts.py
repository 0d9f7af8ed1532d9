"""Whether answers lie in the place in which a question looks for them (某省的哪个城市)."""

from ..facts.graph import Graph
from ..model import Item, Outcome
from ..words.index import LEX, Index
from ..words.slots import Slots

__all__ = ["lies_around", "lies_elsewhere"]


def lies_elsewhere(outcome: Outcome, slots: Slots, index: Index, graph: Graph) -> bool:
    """Whether an answer is known to lie somewhere, and not in the place right before the which that asks for
    it: what has to do with a city there lies there by no means itself.
    """
    named = {s.iri for item in _right_before(slots) for s in item.of("thing")}
    places = {place for place in named if _around(place, index, graph, inside=True)}
    for item in outcome.items if places and not slots.op("except") else ():
        outside = _around(item.iri or "", index, graph)
        wider = any(item.iri in _around(place, index, graph) for place in places)  # 甲县是哪个省的
        if outside and places.isdisjoint(outside) and not wider:
            return True
    return False


def lies_around(outcome: Outcome, slots: Slots, index: Index, graph: Graph) -> bool:
    """Whether the members of a group are asked for (某组有哪些), and answered by a place that it lies in, or
    by what it is known as.
    """
    asked = {item.index - 1 for item in slots.op("list")}
    groups = index.having("summarises")
    named = [s.iri for i in slots.things if i.index in asked for s in i.of("thing")]
    told = {item.iri for item in outcome.items}
    return any(
        not told.isdisjoint(_around(thing, index, graph))
        or any(a.other in told and index.flagged(a.property, "describes") for a in graph.around(thing))
        for thing in named
        if index.is_a(thing, groups)
    )


def _right_before(slots: Slots) -> list[Item]:
    """Return the names right before a which with a kind behind it, or with a particle between."""
    found = []
    for asked in slots.asked("which"):
        before = [i for i in slots.items[: asked.index] if not i.has("particle", LEX + "attributive")]
        behind = slots.items[asked.index + 1 : asked.index + 2]
        if before and behind and behind[0].has("class"):
            found.append(before[-1])
    return found


def _around(thing: str, index: Index, graph: Graph, *, inside: bool = False) -> set[str]:
    """Return what a thing lies in, or what lies in it."""
    return {
        a.other
        for a in graph.around(thing)
        if a.forward != inside
        and index.flagged(a.property, "onlyOneOfAKind")
        and a.property in index.facts.get(a.property, {}).get("nearestBy", ())
    }
