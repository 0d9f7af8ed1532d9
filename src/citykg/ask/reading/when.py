"""Readings that ask when something is done that a passage states with a time: a plan, or work under way."""

from collections.abc import Iterator

from ..facts.graph import Dated, Graph
from ..model import Edge, Item, Reading
from ..words.index import LEX, Index
from ..words.slots import EXPRESSED, Slots
from .attaching import X
from .evoking import Evoker

__all__ = ["STATED", "of_plans_in_time", "of_stated_times"]

STATED = "stated"
"""The operation of a reading whose time is that of a statement."""

_WHOEVER = -0.3
_BOTH = 2  # ends of a relation


def of_stated_times(
    slots: Slots, things: list[Item], index: Index, graph: Graph, evoker: Evoker
) -> Iterator[Reading]:
    """Yield readings that ask for the time of statements: of one thing or between two, of which a verb asks.

    Args:
        slots: of the question.
        things: the items that name what is asked about.
        index: names and terms.
        graph: what is stated.
        evoker: what a verb may say.
    """
    asked = {item.index for item in slots.asked("when")}
    verbs = [i for i in slots.relations if i.index not in asked and not i.has("thing")]
    if not asked or not 0 < len(things) <= _BOTH or len(verbs) != 1:
        return
    verb = verbs[0]
    evoked = evoker.evokes(verb)
    used = frozenset(asked | {verb.index} | {item.index for item in things})
    for sense in things[0].of("thing"):
        found: dict[tuple[str, str], set[str]] = {}
        for stated in graph.dated(sense.iri):
            if stated.property not in evoked:
                continue
            ends = _ends(stated, things, verb, turned=evoker.is_turned(verb, stated.property))
            if ends and _as_asked(stated, slots, index):
                found.setdefault(ends, set()).add(stated.property)
        cost = EXPRESSED.get(sense.how, -0.1)
        for (subject, target), names in found.items():
            parts = ((f"{verb.text} → {index.label(min(names))}", max(evoked[n] for n in names) + cost),)
            edge = Edge(subject, tuple(sorted(names)), target, modal="modal")
            yield Reading("time", sense.iri, (edge,), operation=STATED, used=used, parts=parts)


def _ends(stated: Dated, things: list[Item], verb: Item, *, turned: bool) -> tuple[str, str] | None:
    """Return the ends of a relation, what is not named left open; None where the question names others.

    What stands behind the verb is what something is done to.
    """
    found = {stated.subject: X, stated.object: X}
    done_to = stated.subject if turned else stated.object
    for item in things:
        named = {s.iri for s in item.of("thing")} & ({done_to} if item.index > verb.index else {*found})
        if len(named) != 1 or found[next(iter(named))] != X:
            return None
        found[next(iter(named))] = next(iter(named))
    return found[stated.subject], found[stated.object]


def _as_asked(stated: Dated, slots: Slots, index: Index) -> bool:
    """Whether a statement is what is asked for: what is done (建成) is no plan, nor the other way."""
    return all(
        stated.modality in index.facts.get(LEX + name, {}).get("means", ())
        for name, items in slots.modals.items()
        if any(not item.has("particle") for item in items)
    )


def of_plans_in_time(
    slots: Slots, things: list[Item], index: Index, graph: Graph, evoker: Evoker
) -> Iterator[Reading]:
    """Yield readings that ask what is planned for a time, whoever plans it (2025年计划建什么); see
    `of_stated_times` for the arguments.
    """
    asked = slots.asked("which")
    verbs = [i for i in slots.relations if not i.has("modal") and not i.has("question")]
    if things or slots.classes or len(asked) != 1 or len(verbs) != 1 or len(slots.times) != 1:
        return
    verb, period = verbs[0], slots.times[0].period or ""
    if "planned" not in slots.modals or asked[0].index < verb.index or not period.isdecimal():
        return
    evoked = evoker.evokes(verb)
    found: dict[str, set[str]] = {}
    for stated in graph.dated_in(period):
        if stated.property in evoked and _as_asked(stated, slots, index):
            turned = evoker.is_turned(verb, stated.property)
            found.setdefault(stated.property, set()).add(stated.subject if turned else stated.object)
    used = frozenset(i.index for i in (*asked, verb, *slots.times, *slots.modals["planned"]))
    for name, told in found.items():
        ends = (X, "?z") if evoker.is_turned(verb, name) else ("?z", X)
        yield Reading(
            "things",
            X,
            (Edge(ends[0], (name,), ends[1], modal="modal"),),
            period=period,
            operation=STATED,
            choices=tuple(sorted(told)),
            used=used,
            parts=((f"{verb.text} → {index.label(name)}", evoked[name] + _WHOEVER),),
        )
