"""Whether an answer is a group that tells no more than the question calls what it asks for."""

from ..model import Edge, Item, Reading
from ..words.index import Index
from ..words.slots import Slots

__all__ = ["leads_from_one", "repeats"]


def repeats(answers: set[str], slots: Slots, index: Index) -> bool:
    """Whether the one answer is a group that tells no more than the question calls what it asks for."""
    if slots.asked("whichGroup", "whichKind"):
        return False
    groups = index.having("summarises")
    if len(answers) != 1 or not index.is_a(next(iter(answers)), groups):
        return False
    nouns = [
        i.text
        for asked in slots.asked("which")
        for i in slots.items[asked.index + 1 : asked.index + 2]
        if (i.has("class") or i.has("thing")) and not _names_groups(i, index)
    ]
    label = index.label(next(iter(answers)))
    homes = sorted(set(index.homes.values()))
    text = "".join([*(index.label(home) for home in homes), *(i.text for i in slots.items)])
    ends = [label.removesuffix(noun) for noun in nouns if len(noun) > 1 and label.endswith(noun)]
    listed = bool(slots.op("list"))
    return any(
        listed or not rest or any(rest[n : n + 2] in text for n in range(len(rest) - 1)) for rest in ends
    )


def leads_from_one(reading: Reading, slots: Slots, index: Index) -> bool:
    """Whether a word says the relation by which a single thing leads to what is asked for."""
    said = {s.iri for item in slots.relations for s in item.of("property", "says", "label")}
    homes, groups = set(index.homes.values()), index.having("summarises")
    return bool(reading.edges) and all(
        edge.object == "?x"
        and not edge.subject.startswith("?")
        and said & set(edge.properties)
        and edge.subject not in homes
        and not (index.is_a(edge.subject, groups) and _joins(edge, index))
        for edge in reading.edges
    )


def _names_groups(noun: Item, index: Index) -> bool:
    """Whether a noun is one for groups only (团队): one of them is asked for."""
    groups = set(index.having("summarises"))
    kinds = noun.of("class", "label", "alias", "says")
    return bool(kinds) and all(groups & {s.iri, *index.above.get(s.iri, ())} for s in kinds)


def _joins(edge: Edge, index: Index) -> bool:
    """Whether a relation is that of members and their group."""
    return any(index.flagged_either_way(name, "sharesFigures") for name in edge.properties)
