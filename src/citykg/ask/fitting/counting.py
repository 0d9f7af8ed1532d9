"""Whether a number of things is the number that is asked for: of all of them, and of things."""

import re

from ..facts.graph import Graph
from ..model import Outcome, Reading
from ..words.index import Index
from ..words.slots import Slots

__all__ = ["counts_a_part", "counts_itself"]


def counts_itself(reading: Reading, outcome: Outcome, slots: Slots) -> bool:
    """Whether one thing is counted as one that stands for several, or that the question names."""
    if not any(item.value == 1 for item in outcome.items):
        return False
    if any(len(item.text) > 1 and item.text in outcome.text for item in slots.things):
        return True
    asked = {item.index + 1 for item in slots.asked("howMuch")}
    if any(re.search(rf"\d{re.escape(i.text)}", outcome.text) for i in slots.units if i.index in asked):
        return True  # 24件…, of which 件 are counted
    return not reading.types.get("?x") or bool(reading.pending)


def counts_a_part(reading: Reading, outcome: Outcome, slots: Slots, index: Index, graph: Graph) -> bool:
    """Whether there are more than are known: a group is called by the noun that is counted, and is said to
    have more members, or has none that is named (五大园区).
    """
    ends = {end for edge in reading.edges for end in (edge.subject, edge.object)}
    if any(not end.startswith("?") for end in ends - set(index.homes.values())):
        return False  # those are counted that have to do with something else
    behind = {asked.index + 1 for asked in slots.asked("howMuch")}
    behind |= {unit.index + 1 for unit in slots.units if unit.index in behind}
    known = max((item.value or 0 for item in outcome.items), default=0)
    groups = index.having("summarises")
    if any(_is_larger(group, known, index, graph) for group in _groups_alike(reading, index, graph)):
        return True
    return any(
        any(name.endswith(noun.text) for name in index.names(thing))
        and index.is_a(thing, groups)
        and _is_larger(thing, known, index, graph)
        for noun in slots.classes
        if noun.index in behind and len(noun.text) > 1
        for thing in index.containing(noun.text)
    )


def _is_larger(group: str, number: float, index: Index, graph: Graph) -> bool:
    """Whether a group has more members than some, or none of them is named."""
    counts = [figure.value for figure in graph.figures([group]) if index.counts(figure.indicator)]
    named = any(index.flagged_either_way(a.property, "sharesFigures") for a in graph.around(group))
    return any(value > number for value in counts) if counts else not named


def _groups_alike(reading: Reading, index: Index, graph: Graph) -> set[str]:
    """Return the groups that are related like what is counted, and have some of it for members."""
    counted = set(graph.instances(reading.types.get("?x", ())))
    related = {
        a.other
        for edge in reading.edges
        for end in {edge.subject, edge.object} & index.types.keys()
        for a in graph.around(end)
        if a.property in edge.properties and index.is_a(a.other, index.having("summarises"))
    }
    return {
        group
        for group in related - counted
        if any(
            a.other in counted and index.flagged_either_way(a.property, "sharesFigures")
            for a in graph.around(group)
        )
    }
