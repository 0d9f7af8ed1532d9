"""Which group has most, or least, of something (哪个字号的产业最多): the first or the last of all counted."""

from collections.abc import Sequence
from dataclasses import replace

from ..model import Answer, AnswerItem, Item, text_of
from ..words.index import LEX, Index

__all__ = ["counted_by_group", "leading"]

_ATTRIBUTIVE = LEX + "attributive"
_LEAST_WORDS = 3


def counted_by_group(items: Sequence[Item], index: Index) -> tuple[str, bool] | None:
    """Return the question how many each group has, and whether the least is asked for; or None where no
    group is asked for by number.
    """
    words = [i for i in items if any(c.isalnum() for c in i.text) and not i.has("particle", _ATTRIBUTIVE)]
    ranks = [i for i in words if i.has("operator", LEX + "max", LEX + "min")]
    if len(words) < _LEAST_WORDS or len(ranks) != 1 or not ranks[0].has("operator", LEX + "numerous"):
        return None
    rank, least = ranks[0], ranks[0].has("operator", LEX + "min")
    asked = [i for i in words if i.has("question", LEX + "which")]
    if any(i.has("indicator") and not i.has("class") for i in words):
        return None
    if len(asked) == 1 and words[-1] is rank and _groups(items[asked[0].index + 1]):
        before = text_of(items[: asked[0].index])
        clause = text_of(items[asked[0].index + 1 : rank.index])
        return index.message("how-many-each", before=before, clause=clause), least
    if not asked and words[-2] is rank and _groups(words[-1]):
        things = text_of(items[: rank.index]).strip()
        clause = index.message("group-of", group=words[-1].text, things=things)
        return index.message("how-many-each", before="", clause=clause), least
    return None


def leading(question: str, counted: Answer, index: Index, *, least: bool) -> Answer | None:
    """Return the one group that has most, or least.

    Args:
        question: as it was asked.
        counted: how many each group has.
        index: for the words of the answer.
        least: whether the least is asked for.
    """
    numbers = [item.value for item in counted.answers if item.value is not None and item.iri]
    if counted.status != "answered" or len(numbers) < max(len(counted.answers), 2):
        return None
    value = min(numbers) if least else max(numbers)
    chosen = [item for item in counted.answers if item.value == value]
    if len(chosen) != 1:
        return None
    one = chosen[0]
    text = index.message("group-leads", group=one.label, groups=counted.text)
    order = counted.sparql.replace("DESC(?count)", "?count") if least else counted.sparql
    items = (AnswerItem(one.label, one.iri),)
    return replace(counted, question=question, answers=items, text=text, sparql=f"{order}\nLIMIT 1")


def _groups(item: Item) -> bool:
    """Whether a word is one to group by."""
    return (item.has("class") or bool(item.of("property", "label"))) and not item.has("particle")
