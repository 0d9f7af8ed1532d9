"""Questions in two parts: two questions in one, and two figures that are set against each other."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from .index import LEX, Index
from .model import Answer, AnswerItem, Item
from .wording import amount_label, difference_label, plain_number

__all__ = ["computed", "together", "two_figures", "two_questions"]

_BREAKS = ",;"
_MOST = 40


def two_questions(items: Sequence[Item]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return two questions for figures that are asked in one, each in the ways to ask it alone."""
    breaks = [i.index for i in items if i.text in _BREAKS]
    if len(breaks) != 1 or len(items) > _MOST:
        return None
    first, second = items[: breaks[0]], items[breaks[0] + 1 :]
    if not all(len(side) > 1 and any(_asks_value(i) for i in side) for side in (first, second)):
        return None
    about = []
    for item in first:
        if _asks_value(item) or item.has("unit") or (item.has("particle") and not item.has("thing")):
            break
        about.append(item)
    return (_text(first),), (_text([*about, *second]), _text(second))


def two_figures(items: Sequence[Item]) -> Iterator[tuple[str, str, bool]]:
    """Yield two questions for the figures that a question sets against each other or adds, with
    whether the second is taken from the first.
    """
    if len(items) > _MOST or any(i.has("question", LEX + "whether") for i in items):
        return
    asked = [
        i.index for i in items if i.has("question", LEX + "howMuch") or i.has("operator", LEX + "difference")
    ]
    if not asked:
        return
    minus = [i.index for i in items if i.has("operator", LEX + "compare") and not i.has("indicator")]
    more = [
        i.index
        for i in items
        if i.has("operator", LEX + "difference")
        or i.has("operator", LEX + "more")
        or i.has("operator", LEX + "less")
    ]
    sums = [i.index for i in items if i.has("operator", LEX + "sum") and i.index < asked[0]]
    joins = [i.index for i in items if i.has("conjunction", LEX + "and") and i.text not in _BREAKS]
    if len(minus) == 1 and 0 < minus[0] < (last := max((m for m in more if m > minus[0]), default=0)):
        start = min(m for m in more if m > minus[0])
        tail = [i for i in items[start:] if i.index not in more or i.has("question")]
        asks = _text(i for i in items[last : last + 1] if i.has("operator", LEX + "difference"))[-2:]
        rest = _text(i for i in tail if i.index not in more)
        tail_text = rest if any(_asks_value(i) for i in tail) else asks + rest
        yield _text(items[: minus[0]]) + tail_text, _text(items[minus[0] + 1 : start]) + tail_text, True
    elif len(joins) == 1 and sums and joins[0] < sums[0] and len(sums) == 1:
        tail_text = _text(items[sums[0] + 1 :])
        head, other = items[: joins[0]], items[joins[0] + 1 : sums[0]]
        yield _text(head) + tail_text, _text(other) + tail_text, False


def computed(one: Answer, other: Answer, index: Index, *, minus: bool) -> Answer | None:
    """Return the difference or the sum of two figures that are answers, or None where they are none
    of one unit.
    """
    if one.status != "answered" or other.status != "answered":
        return None
    if len(one.answers) != 1 or len(other.answers) != 1:
        return None
    (first,), (second,) = one.answers, other.answers
    if first.value is None or second.value is None or first.unit != second.unit or not first.unit:
        return None
    if one.text == other.text:
        return None  # one figure, found twice
    values = [Fraction(str(first.value)), Fraction(str(second.value))]
    value = abs(values[0] - values[1]) if minus else values[0] + values[1]
    terms = [one.text, other.text] if not minus or values[0] >= values[1] else [other.text, one.text]
    label = difference_label(value, first.unit, index) if minus else amount_label(value, first.unit, index)
    told = together(one, other, f"{label}（{(' − ' if minus else ' + ').join(terms)}）")
    item = AnswerItem(label, value=plain_number(value), unit=first.unit)
    return Answer(told.question, "answered", (item,), told.text, told.sparql, told.evidence, told.reading, ())


def together(first: Answer, second: Answer, text: str) -> Answer:
    """Put two answers into one, with the queries and the passages of both."""
    return Answer(
        first.question,
        "answered",
        (*first.answers, *second.answers),
        text,
        f"{first.sparql}\n{second.sparql}",
        tuple(dict.fromkeys((*first.evidence, *second.evidence))),
        first.reading,
        (),
    )


def _asks_value(item: Item) -> bool:
    return item.has("question", LEX + "howMuch") or bool(item.of("indicator", "asks"))


def _text(items: Sequence[Item] | Iterator[Item]) -> str:
    return "".join(item.text for item in items)
