"""Of how many things a question says it is (两个风电项目): as many figures have to be told."""

from collections.abc import Collection, Iterator

from ..facts.graph import Graph, Measured
from ..model import Item
from ..words.index import Index
from ..words.slots import Slots

__all__ = ["miscounted", "ranks_several", "so_many"]

_MOST = 9


def so_many(slots: Slots, index: Index) -> set[int]:
    """Return the numbers of things that stand before a noun, or a name."""
    return {number for number, _ in _numbered(slots, index)}


def _numbered(slots: Slots, index: Index) -> Iterator[tuple[int, Item]]:
    """Yield the numbers of things, each with the noun or the name behind it."""
    for place, item in enumerate(slots.items):
        number, end = _number(slots.items, place, index)
        noun = next((i for i in slots.items[end : end + 1] if i.kinds & {"class", "thing", "piece"}), None)
        asked = place > 0 and slots.items[place - 1].has("question")
        if 1 < number <= _MOST and noun is not None and not asked and not item.has("question"):
            yield number, noun


def _number(items: list[Item], place: int, index: Index) -> tuple[int, int]:
    """Return the small number that stands at a place with its measure word, and where it ends."""
    item, behind = items[place], items[place + 1 : place + 2]
    amount = item.amount
    if amount is not None:
        counts = bool(amount.units) and any(s.kind == "unit" for s in index.senses(amount.classifier))
        whole = counts and amount.value.denominator == 1
        return (int(amount.value) if whole else 0), place + 1
    value = _numeral(item.text[0], index) if item.has("particle") else 0
    if item.text[1:]:
        return (value if any(s.kind == "unit" for s in index.senses(item.text[1:])) else 0), place + 1
    return (value if behind and behind[0].has("unit") else 0), place + 2


def _numeral(word: str, index: Index) -> int:
    """Return what number a word is by itself (两), or zero."""
    values = [index.facts[s.iri]["value"][0] for s in index.senses(word) if s.kind == "numeral"]
    return int(values[0]) if values else 0


def miscounted(figures: list[Measured], slots: Slots, index: Index, graph: Graph) -> bool:
    """Whether figures are of another number of things than a question says, and of no group, or a group that
    it names is not so large (两家规上企业).
    """
    numbers = so_many(slots, index)
    about = {figure.about for figure in figures}
    groups = index.having("summarises")
    if numbers and len(about) not in numbers and not any(index.is_a(thing, groups) for thing in about):
        return True
    for number, noun in _numbered(slots, index):
        named = [s.iri for s in noun.of("thing") if index.is_a(s.iri, groups)]
        sizes = {figure.value for figure in graph.figures(named) if index.counts(figure.indicator)}
        if named and number not in sizes:
            return True
    return False


def ranks_several(about: Collection[str], slots: Slots, index: Index) -> bool:
    """Whether so many of a kind are asked for behind the most or the least (最多的两个城市), and another
    number of that kind is told.
    """
    for marker in slots.op("max", "min"):
        for place in range(marker.index + 1, len(slots.items)):
            number, end = _number(slots.items, place, index)
            nouns = [s.iri for i in slots.items[end : end + 1] for s in i.of("class")]
            if 1 < number <= _MOST and nouns:
                return sum(index.is_a(thing, tuple(nouns)) for thing in about) != number
    return False
