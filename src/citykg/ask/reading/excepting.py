"""The things that an exception of a question leaves out (除了…还有), or those that the asker knows, or says
the same of.
"""

from collections.abc import Sequence

from ..model import BREAKS, AnswerItem, Item, text_of
from ..words.index import LEX, Index
from ..words.slots import Slots

__all__ = [
    "alike",
    "excluded",
    "excluded_kind",
    "of_like_kind",
    "others_like",
    "others_than_done",
    "others_than_known",
]


def excluded(slots: Slots, index: Index) -> list[Item]:
    """Return the things that an exception leaves out: those right behind the word for it, or
    named before it.
    """
    markers = slots.op("except")
    if not markers:
        return []
    first = markers[0].index
    found: list[Item] = []
    behind = (
        markers[0].has("operator", LEX + "exceptedBefore") and first and slots.items[first - 1].has("thing")
    )
    for item in slots.things if not behind else ():
        between = slots.items[found[-1].index + 1 if found else first + 1 : item.index]
        if (
            item.index > first
            and all(_joins(i) and i.text not in BREAKS for i in between)
            and (not found or alike(found[-1], item, index))
        ):
            found.append(item)
    if found:
        return found
    last = first
    for item in reversed(slots.things):  # named before it: 某某之外
        between = slots.items[item.index + 1 : last]
        blank = bool(found) and any(not i.text.strip() for i in between)
        apart = blank and not alike(found[-1], item, index)
        apart = apart or (bool(found) and any(i.text in BREAKS for i in between))
        if item.index < last and not apart and all(_joins(i) for i in between):
            found.append(item)
            last = item.index
    return found


def excluded_kind(slots: Slots, things: list[Item]) -> Item | None:
    """Return the kind that an exception leaves out: right behind the word for it, or right before it.

    Args:
        slots: of the question.
        things: that the exception names; a name may be that of a kind as well.
    """
    if things:
        return things[0] if len(things) == 1 and things[0].has("class") else None
    for marker in slots.op("except"):
        for words in (slots.items[marker.index + 1 :], slots.items[: marker.index][::-1]):
            item = next((i for i in words if not _joins(i) or i.text in BREAKS), None)
            if item is not None and item.has("class"):
                return item
    return None


def alike(one: Item, other: Item, index: Index) -> bool:
    """Whether two items name things of one kind, so that an exception may go on from one to the other."""
    kinds = [
        {k for s in item.of("thing") for k in index.types.get(s.iri, ()) if k in index.labels}
        for item in (one, other)
    ]
    return bool(kinds[0] & kinds[1])


def others_than_known(items: Sequence[Item], index: Index) -> str:
    """Return the question for others than those that the asker knows (…，甲我知道，还有谁), or nothing."""
    for known in items:
        behind = items[known.index + 1 :]
        if not known.has("particle", LEX + "known") or not any(_asks_for_others(i, index) for i in behind):
            continue
        start = max((i.index + 1 for i in items[: known.index] if i.text in BREAKS), default=0)
        clause = items[start : known.index]
        names = [i.text for i in clause if i.has("thing")]
        if names and all(i.has("thing") or _joins(i) or not i.text.isalnum() for i in clause):
            rest = "".join(i.text for i in (*items[:start], *behind) if i.text not in BREAKS)
            return index.message("others-than", named=index.message("separator").join(names), clause=rest)
    return ""


def others_like(items: Sequence[Item], index: Index) -> str:
    """Return the question for others that do the same as what is named (跟甲一样…的还有谁), or nothing."""
    start, same = items[0], next((i for i in items if i.has("particle", LEX + "likewise")), None)
    if same is None or not start.has("conjunction", LEX + "and") or same.index < 2:
        return ""
    names, behind = items[1 : same.index], items[same.index + 1 :]
    asks = any(_asks_for_others(i, index) for i in behind)
    if not asks or not all(i.has("thing") or _joins(i) for i in names) or behind[0].has("question"):
        return ""
    named = index.message("separator").join(i.text for i in names if i.has("thing"))
    return index.message("others-than", named=named, clause="".join(i.text for i in behind)) if named else ""


def others_than_done(items: Sequence[Item], index: Index) -> str:
    """Return the question for others than those of which a question says itself what it asks
    (除了决定甲，乙还决定什么; 乙不仅决定甲，还决定什么), or nothing.
    """
    first = next((i.index for i in items if _but(i)), len(items))
    if first < len(items) and items[first].has("operator", LEX + "exceptedBefore"):
        first = max((i.index + 1 for i in items[:first] if i.text in BREAKS), default=0)
    clause: list[Item] = []
    for item in items[first:]:
        verb = bool(item.of("property", "says", "label", "maySay")) and not any(
            i.has("thing") for i in clause
        )
        mere = item.has("particle") and not item.has("particle", LEX + "attributive")
        part = verb or mere or item.has("thing") or item.has("conjunction") or _but(item)
        if not part or item.text in BREAKS or _asks_for_others(item, index):
            break
        clause.append(item)
    named = next((n for n, i in enumerate(clause) if i.has("thing") and not _relations(i)), 0)
    verbs = {iri for i in clause[:named] for iri in _relations(i)}
    rest = [i for i in items[first + len(clause) :] if i.text not in BREAKS]
    asks = any(i.has("question", LEX + "which", LEX + "who", LEX + "where") for i in rest)
    others = any(_asks_for_others(i, index) for i in rest)
    if not (asks and others and any(verbs & _relations(i) for i in rest)):
        return ""
    names = index.message("separator").join(i.text for i in clause[named:] if i.has("thing"))
    return index.message("others-than", named=names, clause=text_of((*items[:first], *rest)))


def _but(item: Item) -> bool:
    """Whether a word leaves out what is named beside it, or says that this is not all."""
    return item.has("operator", LEX + "except") or item.has("particle", LEX + "notOnly")


def _relations(item: Item) -> set[str]:
    return {s.iri for s in item.of("property", "says", "label", "maySay")}


def _asks_for_others(item: Item, index: Index) -> bool:
    """Whether a word asks for more than what is named (另外, 还有谁)."""
    others = LEX + "others"
    return item.has("operator", others) or any(s.iri == others for s in index.senses(item.text[:1]))


def _joins(item: Item) -> bool:
    return (
        item.has("conjunction")
        or (item.has("particle") and not item.of("property", "says", "label", "hints"))
        or not item.text.strip()
    )


def of_like_kind(answers: Sequence[AnswerItem], names: set[str], index: Index) -> tuple[AnswerItem, ...]:
    """Return those answers that are of a kind with what is left out, where no noun says which are asked for:
    other industries than one, and no firms; all of them, where none is.
    """
    own = set.intersection(*({*index.types.get(name, ())} for name in names)) if names else set()
    groups = index.having("summarises")
    kept = (a for a in answers if own.intersection(index.types.get(a.iri or "", ())))
    return tuple(a for a in kept if not index.is_a(a.iri or "", groups)) or tuple(answers)
