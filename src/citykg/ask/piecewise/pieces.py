"""What asks a question piece by piece has in common: its words, and what answers a piece."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from ..model import Answer, AnswerItem, Item
from ..telling.writing import Writer
from ..words.index import Index

__all__ = ["MOST", "Piecewise", "PlainlyToo", "listed", "relisted"]

MOST = 40
"""Words of a question that is taken to pieces."""


class Piecewise:
    """Asks a question piece by piece.

    Args:
        items: of the question.
        index: of the graph.
        whole: answers a question that asks one thing.
        writer: of the queries that are shown.
    """

    def __init__(
        self, items: Sequence[Item], index: Index, whole: Callable[[str], Answer], writer: Writer
    ) -> None:
        self.items = items
        self.index = index
        self.whole = whole
        self.writer = writer


class PlainlyToo(Piecewise):
    """Asks some pieces by what their words say alone.

    Args:
        items: as in `Piecewise`.
        index: likewise.
        whole: likewise.
        plainly: answers a question that asks one thing by what its words say alone.
        writer: as in `Piecewise`.
    """

    def __init__(
        self,
        items: Sequence[Item],
        index: Index,
        whole: Callable[[str], Answer],
        plainly: Callable[[str], Answer],
        writer: Writer,
    ) -> None:
        super().__init__(items, index, whole, writer)
        self.plainly = plainly


def listed(items: Sequence[AnswerItem], index: Index) -> str:
    """Return things as one names them one after the other."""
    return index.message("separator").join(item.label for item in items)


def relisted(told: Answer, items: tuple[AnswerItem, ...], index: Index) -> Answer:
    """Return an answer with other things in the place of its own, and its notes kept."""
    notes = told.text.removeprefix(listed(told.answers, index))
    return replace(told, answers=items, text=listed(items, index) + (notes if notes != told.text else ""))
