"""How well a reading accounts for a question: what it leaves over costs, and what it must not
leave over rules it out.
"""

from dataclasses import replace

from ..model import Item, Reading
from ..words.index import LEX
from ..words.slots import Slots
from .context import may_be_borne_out

__all__ = ["ACCEPTED", "ends_noun", "says_of_what_kind", "scored", "unaccounted"]

ACCEPTED = 0.48
"""The least score of a reading that is answered."""

_RULED_OUT = -1.0
_DOUBTFUL = -0.2
_FREE_QUESTIONS = {"who", "where", "which", "whether", "list"}
_FREE_OPERATORS = {"list", "describe", "both", "others"} | {
    "each",
    "every",
    "everyPlace",
    "everyKind",
    "byKind",
    "everyLevel",
    "groupedBy",
}
_SMALL = 10


def scored(reading: Reading, slots: Slots, *, context: bool = False) -> Reading:
    """Return the reading with the costs of what it leaves over.

    Args:
        reading: as composed.
        slots: of the same question.
        context: whether words may be left to what the passages of the answer state besides; they are
            then pending, and the answer has to be checked.
    """
    parts = list(reading.parts)
    pending = []
    for item in slots.items:
        if item.index in reading.used and not (item.has("question") and _asks_speaker(item, slots)):
            continue
        cost = _RULED_OUT if _is_keyword(item, slots) else _left_over(item, reading, slots)
        if context and not _is_keyword(item, slots) and (cost <= _DOUBTFUL or item.amount is not None):
            left_to_context = may_be_borne_out(item, reading, slots)
            if left_to_context is not None:
                cost = left_to_context
                pending.append(item.index)
        if cost:
            parts.append((f"- {item.text}", cost))
        if cost <= _RULED_OUT:
            break  # most are: what else they leave over is of no account
    return replace(reading, parts=tuple(parts), pending=tuple(pending))


def unaccounted(reading: Reading, slots: Slots) -> list[Item]:
    """Return the items that a reading must not leave over but does."""
    return [
        item
        for item in slots.items
        if item.index not in reading.used
        and item.index not in reading.pending
        and _left_over(item, reading, slots) <= _RULED_OUT
    ]


def _left_over(item: Item, reading: Reading, slots: Slots) -> float:  # noqa: PLR0911 - one kind after another
    if not item.senses and item.amount is None:
        return _RULED_OUT
    if item.period is not None:
        return _RULED_OUT
    if item.amount is not None:
        return -0.03 if item.amount.value <= _SMALL and item.amount.units else _RULED_OUT
    if _asks_speaker(item, slots):
        return _RULED_OUT
    if item.has("particle"):
        if reading.kind == "kind" and item.of("property", "says", "label"):
            return _RULED_OUT
        said = item.of("property", "says") and not item.of("property", "hints")
        before = slots.items[item.index - 1] if item.index else None
        after = slots.items[item.index + 1] if item.index + 1 < len(slots.items) else None
        asked = before is not None and before.has("question", LEX + "which") and not item.has("class")
        leads = len(item.text) > 1 and after is not None and after.has("question", LEX + "which")
        if reading.kind == "things" and ((said and asked) or (leads and item.of("property", "says"))):
            return _RULED_OUT  # the noun that is asked for, or the verb: 哪几部分, 属于哪个
        return -0.04 if item.has("indicator") else (-0.02 if said else 0.0)
    if item.has("thing"):
        return _RULED_OUT
    if item.has("question"):
        behind = slots.items[item.index + 1 : item.index + 3]
        before_class = any(i.has("class") and i.index in reading.used for i in behind)
        return _question(item, reading, before_class=before_class)
    if item.has("modal", LEX + "done") and item.of("property", "says"):
        told = reading.edges or reading.figures or reading.kind in ("things", "count")
        return _RULED_OUT if told else -0.02
    verb = item.has("modal", LEX + "planned") and item.of("property", "says") and not item.has("particle")
    if verb and reading.kind == "things" and any(what.startswith("∅") for what, _ in reading.parts):
        return _RULED_OUT  # 打造 says a relation of its own
    if item.has("modal"):
        return _modal(item, reading)
    if item.has("conjunction"):
        return 0.0
    if item.has("operator"):
        names = {s.iri.removeprefix(LEX) for s in item.of("operator")}
        if names & _FREE_OPERATORS or (item.has("light") and not slots.amounts):
            return -0.02  # without a bound behind it, it only joins (达到多少)
        return _RULED_OUT
    if (
        item.of("property", "says", "label")
        and reading.kind in ("value", "figure-truth")
        and not reading.target.startswith("?")
    ):
        return -0.2 if not reading.edges and not item.has("indicator") else _RULED_OUT
    if (
        item.has("property")
        and not item.has("operator", LEX + "share")
        and not any(s.how != "hints" for s in item.of("property"))
    ):
        return 0.0
    if item.has("unit") and not item.has("class"):
        return -0.02
    if _says_the_same(item, reading, slots):
        return -0.03
    return _RULED_OUT


def _is_keyword(item: Item, slots: Slots) -> bool:
    """Whether a word among keywords names a figure or a number: it is one of those that are asked for.
    How many there are is seen from a list.
    """
    if not slots.keywords or item.has("class"):
        return False
    if item.has("mark", LEX + "numberOf") and item.has("indicator"):
        return not slots.op("list")
    return any(s.how != "counts" for s in item.of("indicator")) and not item.has("particle")


def _says_the_same(item: Item, reading: Reading, slots: Slots) -> bool:
    """Whether a word adds nothing to the one right before it, which is used: a figure's name goes on
    (…投资规模), or a verb ends the noun that is asked for (哪些…建设).
    """
    before = slots.items[item.index - 1] if item.index else None
    if before is None or before.index not in reading.used:
        return False
    return item.index in slots.continued or ends_noun(item, slots)


def says_of_what_kind(item: Item, slots: Slots) -> bool:
    """Whether a piece of names stands right before the last class, and says which are meant (冬奥冠军)."""
    before_last = bool(slots.classes) and slots.classes[-1].index == item.index + 1
    return before_last and bool(item.of("class", "beginning"))


def ends_noun(item: Item, slots: Slots) -> bool:
    """Whether a second verb ends a question behind a kind that is asked for: it is part of the noun
    (推进了哪些…建设).
    """
    before = slots.items[max(item.index - 2, 0) : item.index]
    behind = slots.items[item.index + 1 :]
    verbs = [i for i in slots.relations if i.index < item.index - 2 and not i.has("particle")]
    return (
        len(before) == 2
        and any(i.of("property", "says", "label") for i in verbs)
        and before[0].has("question", LEX + "which")
        and before[1].has("class")
        and bool(item.of("property", "says", "label", "maySay"))
        and not any(c.isalnum() for i in behind for c in i.text)
    )


def _asks_speaker(item: Item, slots: Slots) -> bool:
    """Whether a verb of saying stands right behind a who, or is one with it: who says it is asked for."""
    before = slots.items[item.index - 1] if item.index else None
    asked = item.has("question", LEX + "who") or (before is not None and before.has("question", LEX + "who"))
    return asked and any(s.iri in slots.saying for s in item.of("property", "says", "label"))


def _question(item: Item, reading: Reading, *, before_class: bool) -> float:
    names = {s.iri.removeprefix(LEX) for s in item.of("question")}
    if names & {"who", "where"} and (
        reading.kind in ("value", "count") or not (reading.edges or reading.figures or reading.absent)
    ):
        return _RULED_OUT
    if (
        names.isdisjoint({"which"})
        and "who" in names
        and reading.kind == "things"
        and "?x" not in reading.types
    ):
        return _RULED_OUT
    if "where" in names and reading.kind == "things" and not before_class:
        return _RULED_OUT
    if "whether" in names and reading.kind == "kind":
        return _RULED_OUT
    if names & _FREE_QUESTIONS:
        return -0.04
    return _RULED_OUT


def _modal(item: Item, reading: Reading) -> float:
    if item.has("modal", LEX + "planned"):
        if any(edge.modal == "modal" for edge in reading.edges):
            return 0.0
        if any(edge.modal == "both" for edge in reading.edges):
            return -0.05
        if reading.kind == "things" and not (reading.edges or reading.figures):
            return _RULED_OUT  # a kind alone is no plan
        return -0.3 if reading.edges else -0.1
    if item.has("modal", LEX + "former") and not any(edge.modal == "modal" for edge in reading.edges):
        return _RULED_OUT
    return -0.02
