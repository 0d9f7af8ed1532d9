"""Which noun is asked for: how the nouns of a question stand to its question words."""

from ..model import Item
from ..words.index import LEX
from ..words.slots import Slots

__all__ = ["by_what", "does", "had_by", "of_aspect"]


def had_by(item: Item, asked: Item, slots: Slots) -> bool:
    """Whether a class stands behind a which with a 的 or 有, and another class before it: of these, the one
    whose it is is asked for (企业里哪家的项目…).
    """
    behind = slots.items[asked.index + 1 : asked.index + 2]
    joined = any(i.has("particle", LEX + "attributive", LEX + "having") for i in behind)
    before = any(i.index < asked.index and not i.has("particle") for i in slots.classes)
    return joined and before and item.index > asked.index + 1


def does(item: Item, asked: Item, slots: Slots) -> bool:
    """Whether a class stands before a verb, and which behind it: it does what is asked for."""
    between = slots.items[item.index + 1 : asked.index]
    if between and between[-1].has("particle", LEX + "attributive"):
        return False  # …，不属于某某的有哪些
    words = [i for i in between if not i.has("particle") or i.of("property", "says", "label")]
    verb = words[-1] if words else None
    said = verb is not None and bool(verb.of("property", "says", "label"))
    return verb is not None and said and (bool(verb.pieces) or not verb.has("particle"))


def by_what(item: Item, asked: Item, slots: Slots) -> bool:
    """Whether a class stands before what asks by whom or of what it is made (…的那套机制由哪几块拼成)."""
    before = slots.items[asked.index - 1] if asked.index else None
    return before is not None and before.has("particle", LEX + "agent") and item.index < before.index


def of_aspect(item: Item, slots: Slots) -> bool:
    """Whether a particle that may be a class stands before a noun of its own: …方面的工作."""
    behind = slots.items[item.index + 1 : item.index + 3]
    return (
        item.has("particle")
        and len(behind) == 2
        and bool(behind[0].of("property", "hints"))
        and behind[1].has("class")
    )
