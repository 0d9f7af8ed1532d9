"""What a question asks to be made of figures, and the words that figures have to bear out."""

from collections.abc import Iterator

from ..fitting.so_many import so_many
from ..model import Item
from ..words.index import LEX, Index
from ..words.slots import Slots
from .bearing import Bearing

__all__ = ["BOUNDS", "Operations"]

BOUNDS = ("over", "under")
"""Operators that bound a figure."""


class Operations:
    """Tells the operation from the words of one question."""

    slots: Slots
    index: Index
    bearing: Bearing
    truth: bool

    def _operations(self, *, ordering: bool) -> Iterator[str]:
        """Yield what may be made of the figures, the likeliest first."""
        slots = self.slots
        less, more = slots.op("less", "under"), slots.op("more", "over")
        denied = [item for item in slots.op("not") if item not in less]
        if self.truth and (less or more) and not (slots.amounts or ordering or denied):
            yield "less" if less else "more"
        elif self.truth and slots.op("same") and not (slots.amounts or ordering or denied):
            yield "same"
        if slots.asked("whether", "when", "why") or slots.op("not", "except", "others", "rate"):
            return
        if slots.op("second", "third"):
            if not slots.op("ascending"):  # of which the second is the last but one
                yield "second" if slots.op("second") else "third"
            return
        if slots.op("order", "ascending"):
            upwards = bool(slots.op("ascending"))
            if slots.op("max", "min") and slots.asked("which", "who"):
                yield "less" if upwards != bool(slots.op("min")) else "more"
            else:
                yield "ascending" if upwards else "order"
            return
        if slots.op("derived") and slots.op("share") and slots.asked("howMuch"):
            yield "part"
            return
        if slots.op("derived") and slots.times:
            yield "before"
            return
        few = self.index.having("firstOf")
        some = any(s.iri in few for item in slots.items for s in item.of("operator"))
        if ordering or some or slots.asked("how"):
            return  # of some in an order not all are told
        value = bool(slots.asked("howMuch", "howBig") or self.bearing.asks)
        which = bool(slots.asked("which", "who"))
        summed = any(i.index > s.index for s in slots.op("share") for i in slots.op("sum"))
        if slots.op("share") and not summed and (value or slots.units or len(slots.indicators) > 2):
            yield "share"
        elif slots.op("ratio"):
            yield "ratio"
        elif slots.op("difference") or (value and slots.op("more", "less", "compare")):
            yield "difference"
        elif slots.op("average"):
            yield "per"
            if not slots.op("max", "min"):
                yield "mean"
        elif slots.op("sum"):
            yield "sum"
        elif which and slots.op("more", "less", "max", "min"):
            yield "less" if slots.op("less", "min") else "more"
        if self._bounds() and (value or which):
            yield "bounded"
        compared = bool(so_many(slots, self.index)) and not slots.questions and self._compared_at_last()
        every = slots.op("each", "every") and (value or not slots.questions)
        if (every or compared) and not slots.op("average"):
            yield self._of_all() or "each"
        summing = slots.op("sum") and any(i.has("conjunction", LEX + "and") for i in slots.conjunctions)
        if value and not summing and not slots.op("average", "share", "ratio", "more", "less", "max", "min"):
            yield "value"
            yield "part"
        greatest_mean = slots.op("average") and slots.op("max", "min")  # which is not the greatest
        if (value or not slots.questions) and not greatest_mean:
            yield self._of_all() or "total"

    def _compared_at_last(self) -> bool:
        """Whether a word that compares ends keywords: all that they count is set side by side."""
        words = [item for item in self.slots.items if any(c.isalnum() for c in item.text)]
        return bool(words) and words[-1].has("operator", LEX + "compare")

    def _of_all(self) -> str:
        """Return whether of all figures the greatest or the least one is asked for."""
        return "greatest" if self.slots.op("max") else "least" if self.slots.op("min") else ""

    def _bounds(self) -> list[tuple[str, Item]]:
        """Return how figures of the question bound, and the figures: one, or the two ends between which."""
        exact = [i for i in self.slots.amounts if i.amount is not None and i.amount.exact]
        if self.slots.op("between") and len(exact) == 2:
            low, high = sorted(exact, key=lambda i: i.amount.value if i.amount else 0)
            return [("reached", low), ("within", high)]
        found = {
            item.index: (name, item)
            for name in BOUNDS
            for marker in self.slots.op(name)
            for item in exact
            if abs(item.index - marker.index) == 1
        }
        return list(found.values())

    def _has_to_be_said(self, item: Item, operation: str) -> bool:  # noqa: PLR0911 - one kind after another
        """Whether a word has to be borne out by a figure."""
        if item.has("conjunction") or item.has("question") or item in self.bearing.asks:
            return False
        if item.has("operator") and not item.has("thing"):
            return False
        if item.amount is not None:
            if operation == "per" and item.amount.value == 1:
                return False
            if operation == "bounded" and any(bound is item for _, bound in self._bounds()):
                return False
            return not self._counts_them(item)
        if item.has("modal") and not item.has("indicator"):
            return False
        before = self.slots.items[item.index - 1] if item.index else None
        if item.has("indicator") and before in self.slots.op("order", "ascending"):
            return False  # 从大到小排
        called = any(self.index.flagged(s.iri, "namesFigures") for s in item.of("class"))
        if operation == "bounded" and called:
            return False  # 哪些指标
        if operation == "before" and self._is_rate(item):
            return False  # by which it is counted back
        if item.has("particle") and not (item.has("indicator") and operation == "value"):
            return operation == "per" and self._counts_one(item)
        if item.has("property") and all(s.how == "hints" for s in item.of("property")):
            return item.has("indicator") or item.has("thing") or item.has("class")
        if item.has("unit") and self._beside_how_much(item):
            return False  # it is what is asked for
        return any(c.isalnum() for c in item.text)

    def _is_rate(self, item: Item) -> bool:
        """Whether a word names how something grows, and nothing else."""
        terms = {b for s in item.of("indicator") for b in self.index.below(s.iri)}
        return bool(terms & self.index.rates.keys()) and not any(
            self.index.flagged(t, "adds") or self.index.counts(t) for t in terms
        )

    def _counts_one(self, item: Item) -> bool:
        """Whether a measure word stands behind an every: 平均每次."""
        before = self.slots.items[item.index - 1] if item.index else None
        return bool(item.of("indicator", "counts")) and before is not None and before.has("operator")

    def _beside_how_much(self, item: Item) -> bool:
        asked = {i.index for i in (*self.slots.asked("howMuch", "howBig"), *self.slots.op("difference"))}
        return bool(asked & {item.index - 1, item.index + 1})

    def _counts_them(self, item: Item) -> bool:
        """Whether a number says of how many figures the question is (两个, 三项)."""
        amount = item.amount
        return amount is not None and 2 <= amount.value <= 5 and bool(amount.units)
