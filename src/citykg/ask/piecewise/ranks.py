"""Whether something has the rank that a question claims (…排第二吗): answered by the rank that is stated."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from ..model import Answer, AnswerItem, Item, text_of
from ..words.index import LEX, Index

__all__ = ["by_rank", "claimed_rank"]

_RANKS = (LEX + "max", LEX + "second", LEX + "third")


def claimed_rank(items: Sequence[Item], index: Index) -> tuple[str, int] | None:
    """Return the question for the rank of what a question says to have one, and the rank that it claims;
    None where it claims none, or nothing asks whether it is so.
    """
    for item in items:
        numbers = [int(unicodedata.numeric(c)) for c in item.text if unicodedata.numeric(c, 0) >= 1]
        if not (item.has("operator", *_RANKS) and len(numbers) == 1):
            continue
        behind = items[item.index + 1 :]
        if not any(i.has("question", LEX + "whether") for i in behind):
            return None
        if any(
            i.has("thing") or i.amount is not None or (i.has("indicator") and not i.has("unit"))
            for i in behind
        ):
            return None
        before = items[: item.index]
        if any(i.has("question") or i.has("operator", LEX + "not") for i in before):
            return None
        return text_of(before) + index.message("rank-asked"), numbers[0]
    return None


def by_rank(question: str, answer: Answer, claimed: int, index: Index) -> Answer | None:
    """Return yes or no by the rank that is stated, or None where none is.

    Args:
        question: as it was asked.
        answer: to which rank it has.
        claimed: the rank that the question claims.
        index: of the graph.
    """
    stated = {item.value for item in answer.answers}
    if answer.status != "answered" or len(stated) != 1 or None in stated:
        return None
    label = index.message("yes" if stated == {claimed} else "no")
    text = f"{label}（{index.message('no-because', facts=answer.text)}）"
    return replace(answer, question=question, answers=(AnswerItem(label),), text=text)
