"""The few that have most, or least, of something (签约额最高的两批项目): the first of all in order."""

from collections.abc import Sequence
from dataclasses import replace

from ..model import Answer, Item
from ..words.amounts import fact
from ..words.index import LEX, Index
from .pieces import listed

__all__ = ["first_few", "in_order"]

_FEW = range(2, 10)


def in_order(items: Sequence[Item], index: Index) -> tuple[str, int, tuple[str, ...]] | None:
    """Return the question for all in order, how many of them are asked for, and of which kinds; None where no
    few are.

    There is one figure by which they are put in order, and a word for the first few, or one for the most or
    the least beside a which or a noun that has a number.
    """
    words = [i for i in items if any(c.isalnum() for c in i.text)]
    few = [i for i in words if _first_of(i, index)]
    ranks = few or [i for i in words if i.has("operator", LEX + "max", LEX + "min")]
    figures = [i for i in words if i.of("indicator", "label", "alias", "says") and i not in ranks]
    figures = [i for i in figures if not i.has("class") and not i.has("unit")]
    if len(ranks) != 1 or len(figures) != 1 or any(i.period or i.has("thing") for i in words):
        return None
    (rank,), (figure,) = ranks, figures
    if rank.index < figure.index:
        return None
    numbers = {n for i in words if (n := i.many or _number(i, index))} | {_first_of(i, index) for i in few}
    nouns = [i for i in words if i.has("class") and not i.has("question") and not i.has("unit")]
    asks = any(i.has("question", LEX + "which", LEX + "who") for i in words) or bool(few and nouns)
    if len(numbers) != 1 or not (asks or (nouns and nouns[-1] is words[-1])):
        return None
    kept = (figure, rank, *nouns)
    said = [i for i in words if i not in kept and not (i.many or i.amount or i.has("question"))]
    every = LEX + "everyGroup"
    empty = (i.has("particle") or i.has("unit") or i.has("numeral") or i.has("operator", every) for i in said)
    if not all(empty):
        return None
    noun = nouns[-1].text if nouns else ""
    clause = index.message("noun-of-clause", clause=noun, noun=figure.text) if noun else figure.text
    least = rank.has("operator", LEX + "min")
    kinds = tuple(s.iri for s in nouns[-1].of("class")) if nouns else ()
    return index.message("ordered-up" if least else "ordered", clause=clause), numbers.pop(), kinds


def first_few(
    question: str, ordered: Answer, many: int, kinds: tuple[str, ...], index: Index
) -> Answer | None:
    """Return the first of an answer, or None where there are not so many of a kind, or the last of them has
    as much as the next.
    """
    found = ordered.answers
    if ordered.status != "answered" or len(found) < many or not all(i.iri for i in found):
        return None
    if kinds and not all(index.is_a(i.iri or "", kinds) for i in found):
        return None
    values = [item.value for item in found]
    if None in values or (len(found) > many and values[many - 1] == values[many]):
        return None
    text = listed(found[:many], index)
    text = index.message("group-leads", group=text, groups=ordered.text)
    return replace(ordered, question=question, answers=found[:many], text=text)


def _first_of(item: Item, index: Index) -> int:
    """Return how many a word for the first few means, or zero."""
    return int(fact(item, "operator", "firstOf", index) or 0)


def _number(item: Item, index: Index) -> int:
    """Return the number of some that stands before a noun, or zero."""
    value = item.amount.value if item.amount else int(fact(item, "numeral", "value", index) or 0)
    return int(value) if value in _FEW else 0
