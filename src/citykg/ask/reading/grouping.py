"""What a question groups by: the words that say so, and the question that is left without them.

By the things of a kind (每个字号各有几个产业, 按字号统计产业), by those that are named (甲和乙各有什么), by
what things are (每类企业), by what a relation leads to (按举办地); in keywords as well (产业 按字号 数量).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..model import Item, Outcome, Reading
from ..words.index import LEX, Index
from ..words.slots import Slots, read_slots

__all__ = ["Grouping", "grouping", "is_number", "tells_each"]

_BETWEEN = 2  # words between what says each and the noun: 每 种 企业
_LEAST_NOUN = 3  # characters of the name of a relation that is a noun, and no verb
_TIMES = (LEX + "year-mark", LEX + "month-mark", LEX + "day-mark")
_ELSEWHERE = ("whether", "when", "why", "how", "howBig", "who", "where")
_FOR_ALL = ("things", "value", "comparison")
_OTHERWISE = ("average", "rate", "sum", "max", "min", "not", "except", "order", "ascending")


@dataclass(frozen=True, slots=True)
class Grouping:
    """What a question groups by, and the rest of the question.

    Args:
        by: kind (things of a kind), named (some things), relation (what one leads to), class (what things
            are), or other.
        kinds: that the noun names.
        named: the things that are named.
        words: the noun, and those before it that say the relation.
        counts: whether a word of the grouping itself says that things are counted (按…统计).
        slots: of the words that are left.
    """

    by: str
    kinds: tuple[str, ...]
    named: tuple[str, ...]
    words: tuple[Item, ...]
    counts: bool
    slots: Slots


def grouping(slots: Slots, index: Index) -> Grouping | None:
    """Return what a question groups by, or None where it does not, or asks for no number and no things."""
    by = slots.op("groupedBy")
    named = _named(slots, index)
    if named is not None:
        return named
    if slots.asked(*_ELSEWHERE) or any(item not in by for item in slots.op(*_OTHERWISE)):
        return None
    found = _by_one_word(slots, index)
    for marker in (*slots.op("every", "everyKind"), *by[:1]):
        found = found or _behind(marker, slots, index)
    for marker in () if found or by else slots.op("by"):
        bare = _behind(marker, slots, index)
        found = bare if bare is not None and _asks_no_more(bare, index) else found
        if bare is None and _counts_by(marker, slots, index):
            return _without([marker], "other", (), (), slots, index)
    behind = slots.items[by[0].index + 1 : by[0].index + 2] if by else []
    if found is None and behind and not (behind[0].has("thing") or behind[0].has("indicator")):
        return _without([*by, *behind], "other", (), tuple(behind), slots, index)
    return found


def _counts_by(marker: Item, slots: Slots, index: Index) -> bool:
    """Whether keywords have a word by which nothing can be grouped, and a number: 赛事 按级别 数量."""
    before = slots.items[: marker.index][-1:]
    blank = any(not item.text.strip() for item in before)
    words = [item for item in slots.items if any(c.isalnum() for c in item.text)]
    numbers = slots.asked("howMuch") or [item for item in words if is_number(item, index)]
    behind = slots.items[marker.index + 1 : marker.index + 2]
    return blank and bool(numbers) and not any(item.has("indicator") for item in behind)


def _asks_no_more(found: Grouping, index: Index) -> bool:
    """Whether a question that groups asks for things of a kind or their number, and for nothing besides."""
    numbers = [i for i in found.slots.items if is_number(i, index)]
    numbers += found.slots.asked("howMuch")
    asked = [*numbers, *found.slots.classes]
    return bool(found.slots.classes) and all(
        item in asked or item.has("particle") or item.has("operator") or item.has("question")
        for item in found.slots.items
    )


def _by_one_word(slots: Slots, index: Index) -> Grouping | None:
    """Return the grouping by a word that names what is grouped by itself: 各地, 按类型."""
    by = slots.op("groupedBy")
    for word in slots.op("everyPlace"):
        places = tuple(index.facts.get(LEX + "everyPlace", {}).get("asksFor", ()))
        return _without([word], "kind", places, (word,), slots, index)
    for word, noun in zip(slots.op("byKind"), slots.classes, strict=False):
        kinds = tuple(s.iri for s in noun.of("class"))
        return _without([*by, word], "class", kinds, (noun,), slots, index)
    return None


def _behind(marker: Item, slots: Slots, index: Index) -> Grouping | None:
    """Return the grouping by the noun behind a word that groups."""
    behind = slots.items[marker.index + 1 : marker.index + 2 + _BETWEEN]
    for number, noun in enumerate(behind):
        found = _by_noun(noun, [marker, *behind[:number]], slots, index)
        if found is not None:
            return found
        between = noun.has("particle") or noun.has("operator", LEX + "every") or noun.has("property")
        if noun.has("question") or not between:
            return None
    return None


def _by_noun(noun: Item, before: Sequence[Item], slots: Slots, index: Index) -> Grouping | None:
    """Return the grouping by a noun, if it is one to group by.

    Args:
        noun: the word.
        before: the words before it, from the one that groups.
        slots: of the question.
        index: of the graph.
    """
    marker, between = before[0], before[1:]
    by = slots.op("groupedBy")
    words = [*by, *before, noun]
    if noun.has("class") and not noun.has("particle"):
        kinds = tuple(s.iri for s in noun.of("class"))
        if marker.has("operator", LEX + "everyGroup"):
            groups = set(index.having("summarises"))
            below = dict.fromkeys(low for kind in kinds for low in index.below(kind))
            kinds = tuple(k for k in below if groups.intersection((k, *index.above.get(k, ())))) or kinds
        said = (*(i for i in between if i.of("property", "says", "label")), noun)
        found = _without(words, "kind", kinds, said, slots, index)
        if marker.has("operator", LEX + "everyKind") and not found.slots.classes:
            return _without([*by, *before], "class", kinds, said, slots, index)  # 每类企业
        return found
    by_it = marker in by or marker.has("operator", LEX + "by")
    only_that = not between and noun.kinds == {"property"}
    manners = ("label", "says") if by_it or only_that else ("label",)
    relation = noun.of("property", *manners) and not noun.has("thing") and not noun.has("particle")
    if relation and len(noun.text) >= _LEAST_NOUN:
        return _without(words, "relation", (), (noun,), slots, index)
    if noun.has("mark", *_TIMES) and (marker in by or len(noun.text) > 1):
        return _without(words, "other", (), (noun,), slots, index)  # 按年份
    return None


def _named(slots: Slots, index: Index) -> Grouping | None:
    """Return the grouping by things that are named together, of each of which something is asked."""
    if slots.asked("whether", "when", "why", "how", "howBig") or slots.op(*_OTHERWISE):
        return None
    for marker in (item for item in slots.items if _says_each(item, index)):
        words: list[Item] = []
        for item in reversed(slots.items[: marker.index]):
            joins = item.has("conjunction", LEX + "and") and not item.has("thing")
            if joins if words and words[-1].has("thing") else item.of("thing", "label", "alias"):
                words.append(item)
            elif words or not (item.has("particle") or item.has("class")):
                break
        if words and not words[-1].has("thing"):
            words.pop()  # a comma before them
        things = tuple(s.iri for item in reversed(words) for s in item.of("thing", "label", "alias")[:1])
        if len(set(things)) > 1:
            return replace(_without(words, "named", (), (), slots, index), named=things)
    return None


def _says_each(item: Item, index: Index) -> bool:
    """Whether a word, or the beginning of one for a relation (分别属于), says that each one is meant."""
    if item.has("operator", LEX + "each"):
        return True
    begins = [s for end in range(1, len(item.text)) for s in index.senses(item.text[:end])]
    return item.has("property") and any(s.iri == LEX + "each" for s in begins)


def _without(
    words: Sequence[Item], by: str, kinds: tuple[str, ...], said: tuple[Item, ...], slots: Slots, index: Index
) -> Grouping:
    left = [one for item in slots.items if item not in words for one in _parted(item, index)]
    rest = read_slots([replace(item, index=number) for number, item in enumerate(left)], index)
    counts = any(item.has("operator", LEX + "tallied") for item in words)
    return Grouping(by, kinds, (), said, counts, rest)


def _parted(item: Item, index: Index) -> list[Item]:
    """Part the name of how many of a kind there are in two: 企业数量."""
    if item.has("class") or not any(
        index.counts(s.iri) for s in item.of("indicator", "label", "alias", "says")
    ):
        return [item]
    for end in range(len(item.text) - 1, 0, -1):
        kind, number = item.text[:end], item.text[end:]
        senses = [s for s in index.senses(kind) if s.kind == "class"]
        numbers = Item(0, number, item.start + end, item.end, index.senses(number))
        if senses and is_number(numbers, index):
            return [Item(0, kind, item.start, item.start + end, tuple(senses)), numbers]
    return [item]


def is_number(item: Item, index: Index) -> bool:
    """Whether a noun says how many there are of what stands before it."""
    counting = index.having("countsThings")
    return item.has("mark", LEX + "numberOf") or any(
        s.iri in counting for s in item.of("indicator", "label", "alias", "says")
    )


def tells_each(found: Grouping, reading: Reading, outcome: Outcome, index: Index) -> bool:
    """Whether an answer to a question that groups is not one number for all: no reading groups things."""
    if reading.kind == "count" or (found.by in ("relation", "other") and reading.kind in _FOR_ALL):
        return False
    if found.by == "named":
        ends = {end for edge in reading.edges for end in (edge.subject, edge.object)}
        return reading.kind != "things" or ends.issuperset(found.named)
    if reading.kind not in ("value", "comparison"):
        return True
    if len(outcome.items) == 1:
        return any(index.flagged(i, "ofEach") for f in reading.figures for i in f.indicators)
    return all(item.iri and index.is_a(item.iri, found.kinds) for item in outcome.items)
