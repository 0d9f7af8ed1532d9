"""The ways to ask one question piece by piece."""

from collections.abc import Callable, Sequence

from ..model import Answer, Item
from ..telling.writing import Writer
from ..words.index import Index
from .called import CalledByName
from .choices import Choice
from .claimed_list import Listed
from .claimed_most import Most
from .confirming import Claims
from .parts import Parts
from .pieces import MOST
from .quantified import Quantified
from .remaining import Remainder
from .stated import Stated

__all__ = ["Pieces"]


class Pieces:
    """The ways to ask one question piece by piece.

    Args:
        items: the words of the question; of more than some, only those ways that ask few pieces see any.
        index: of the store.
        whole: answers a text.
        plainly: answers a text by what its words say only.
        writer: writes the query of what is put together.
    """

    def __init__(
        self,
        items: Sequence[Item],
        index: Index,
        whole: Callable[[str], Answer],
        plainly: Callable[[str], Answer],
        writer: Writer,
    ) -> None:
        self.whole = whole
        self.items = few = items if len(items) <= MOST else ()
        self.called = CalledByName(items, index, whole, writer)
        self.listed = Listed(items, index, whole, writer)
        self.quantified = Quantified(items, index, whole, plainly, writer)
        self.most = Most(items, index, whole, writer)
        self.stated = Stated(few, index, whole, writer)
        self.parts = Parts(few, index, whole, writer)
        self.claims = Claims(few, index, whole, writer)
        self.choice = Choice(few, index, whole, writer)
        self.left = Remainder(few, index, whole, plainly, writer)
