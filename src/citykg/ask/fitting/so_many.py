"""Of how many things a question says it is (两个风电项目): as many figures have to be told."""

from ..facts.graph import Measured
from ..model import Item
from ..words.index import Index
from ..words.slots import Slots

__all__ = ["miscounted", "so_many"]

_MOST = 9


def so_many(slots: Slots, index: Index) -> set[int]:
    """Return the numbers of things that stand before a noun, or a name."""
    found = set()
    for place, item in enumerate(slots.items):
        number, end = _number(slots.items, place, index)
        noun = any(i.kinds & {"class", "thing", "piece"} for i in slots.items[end : end + 1])
        asked = place > 0 and slots.items[place - 1].has("question")
        if 1 < number <= _MOST and noun and not asked and not item.has("question"):
            found.add(number)
    return found


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


def miscounted(figures: list[Measured], slots: Slots, index: Index) -> bool:
    """Whether figures are of another number of things than a question says, and of no group."""
    numbers = so_many(slots, index)
    about = {figure.about for figure in figures}
    group = any(index.is_a(thing, index.having("summarises")) for thing in about)
    return bool(numbers) and len(about) not in numbers and not group
