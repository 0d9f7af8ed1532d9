"""Two kinds that are asked for in one breath (哪些省和直辖市): what is of the one or the other is meant."""

from ..model import BREAKS, Item
from .index import LEX, Index
from .slips import merged

__all__ = ["with_joined_kinds"]


def with_joined_kinds(items: list[Item], index: Index) -> list[Item]:
    """Take two kinds right behind which, or how many, for one word that has the senses of both."""
    for place in range(1, len(items) - 2):
        one, joint, other = items[place : place + 3]
        if not (_asked(items, place) and joint.has("conjunction", LEX + "and") and joint.text not in BREAKS):
            continue
        if _is_kind(one) and _is_kind(other) and not _wider(one, other, index):
            senses = (*one.of("class"), *other.of("class"))
            both = merged([one, joint, other], senses=senses, amount=None, period=None)
            return [*items[:place], both, *items[place + 3 :]]
    return items


def _asked(items: list[Item], place: int) -> bool:
    before = items[place - 1]
    if before.has("unit") and place > 1:
        return items[place - 2].has("question", LEX + "howMuch")
    return before.has("question", LEX + "which", LEX + "howMuch")


def _is_kind(item: Item) -> bool:
    return item.has("class") and not (item.has("thing") or item.has("particle"))


def _wider(one: Item, other: Item, index: Index) -> bool:
    """Whether one of two kinds takes in the other."""
    kinds = [{s.iri for s in item.of("class")} for item in (one, other)]
    above = [{a for kind in own for a in (kind, *index.above.get(kind, ()))} for own in kinds]
    return bool(kinds[0] & above[1] or kinds[1] & above[0])
