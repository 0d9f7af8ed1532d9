"""Readings from the side of the figures: each figure nearby is held against the words of a question.

Where no reading of a question for figures accounts for every word, the figures are tried (`bearing`). A
question that sets figures against each other leads to as many figures: either each of them bears out every
word (哪批签约额最大), or every word is borne out by one of them, and each has a word of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from ..facts.graph import Graph, Measured
from ..fitting.answers import Fitting
from ..fitting.means import is_mean_of_others, of_which_is_unsaid
from ..fitting.so_many import so_many
from ..model import Amount, Figure, Item, Reading
from ..reading.attaching import X
from ..reading.reader import Reader
from ..words.index import LEX, Index
from ..words.slots import Slots
from .bearing import WEAK, Bearing
from .operations import BOUNDS, Operations

__all__ = ["Calculator"]

#: A figure, and how far it is from bearing out each word, or None.
_Row = tuple[Measured, list[float | None]]

_MOST_FIGURES = {2: 40, 3: 16, 4: 12}
_BASE = -0.1
_OTHER_INDICATOR = 0.06
_NOTHING_ALIKE = 0.1
_NOT_ITS = 0.03
_APART = 0.02
_CLEAR = 0.029
_RANKING = ("order", "ascending", "second", "third")
_COMPARING = ("more", "less", "same")
_SIDES = 2  # of a comparison
_TWO_SIDED = ("share", "ratio", "difference", "per")


def _known(cost: float | None) -> float:
    return cost or 0.0


def _is_within(figure: Measured, name: str, bound: Amount) -> bool:
    """Whether a figure is over, at least, under, or at most what bounds it."""
    if bound.units and figure.unit not in bound.units:
        return False
    if figure.value == bound.value:
        return name in ("reached", "within")
    return (figure.value > bound.value) == (name in ("over", "reached"))


class Calculator(Operations):
    """Finds the figures that a question is about, and what it asks to be made of them.

    Args:
        reader: of the question.
        fitting: tells what is one of several.
    """

    def __init__(self, reader: Reader, fitting: Fitting) -> None:
        self.reader = reader
        self.fitting = fitting
        self.slots: Slots = reader.slots
        self.index: Index = reader.index
        self.graph: Graph = reader.graph
        self.bearing = Bearing(reader.slots, reader.evoker, reader.graph)
        self.homes = self.bearing.homes
        self.truth = bool(self.slots.asked("whether"))

    def readings(self, *, ordering: bool = False) -> Iterator[Reading]:
        """Yield the reading of the first operation that fits, if there is one and no other.

        Args:
            ordering: only what no other reading can: put figures in an order, pick one by its rank, or
                count back from a growth.
        """
        for operation in self._operations(ordering=ordering):
            found = list(self._of(operation))
            if found:
                yield from found
                return

    def _of(self, operation: str) -> Iterator[Reading]:
        words = self._words(operation)
        if not words:
            return
        table: list[_Row] = []
        for figure in self.bearing.figures(words):
            costs = [self.bearing.cost(item, figure) for item in words]
            if any(cost is not None for cost in costs):
                table.append((figure, costs))
        if operation == "each":
            table = [
                row for row in table if not self.index.flagged(row[0].indicator, "ofEach")
            ]  # it tells so
        if operation == "value":
            yield from self._one(table, words)
        elif operation == "before":
            yield from self._before(table)
        elif operation == "part":
            yield from self._part(table)
        elif operation in ("mean", "total"):
            yield from self._alike(operation, table)
        elif operation in _TWO_SIDED:
            found = list(self._set_against(operation, 2, table))
            if not found and operation == "difference" and self.slots.op(operation):
                found = [r for r in self._alike(operation, table) if len(r.figures) == 2]  # 两个项目相差多少
            yield from found
        else:
            found = [] if self.truth else list(self._alike(operation, table))
            joined = sum(1 for i in self.slots.items if i.has("conjunction", LEX + "and"))
            for size in range(min(max(joined + 1, 2), 4), 1, -1):
                found = found or list(self._set_against(operation, size, table))
            yield from found

    # Readings

    def _one(self, table: Sequence[_Row], words: Sequence[Item]) -> Iterator[Reading]:
        whole = [
            (sum(c for c in costs if c is not None), figure)
            for figure, costs in table
            if None not in costs and self.bearing.asked_for(figure) and self._its_own(figure)
        ]
        whole.sort(key=lambda pair: (pair[0], pair[1].iri))
        if not whole or (len(whole) > 1 and whole[1][0] - whole[0][0] < _CLEAR):
            return
        cost, figure = whole[0]
        if self._of_several(table, figure, words):
            return
        named = any(i.of("indicator", "says", "label", "alias") or self.bearing.is_unit(i) for i in words)
        if not named and not self.bearing.asks and not self.bearing.asked_for(figure, strictly=True):
            return
        yield self._reading("value", figure.about, [figure], "", cost)

    def _of_several(self, table: Sequence[_Row], chosen: Measured, words: Sequence[Item]) -> bool:
        """Whether nothing but a name that its passage has besides tells a figure from another of its
        indicator.
        """
        own = next(costs for figure, costs in table if figure.iri == chosen.iri)
        weak = {place for place, cost in enumerate(own) if words[place].has("thing") and (cost or 0) >= WEAK}
        told = [place for place in range(len(words)) if place not in weak]
        return bool(weak) and any(
            figure.indicator == chosen.indicator
            and figure.about != chosen.about
            and all(costs[place] is not None for place in told)
            for figure, costs in table
        )

    def _its_own(self, figure: Measured) -> bool:
        """Whether a figure is not of several things together, of which the question names one."""
        named = {s.iri for item in self.slots.things for s in item.of("thing")}
        for thing in named - self.homes - {figure.about}:
            if self.fitting.one_of_several(figure.about, thing, named):
                return False
            near = {a.other for a in self.graph.around(figure.about)}
            if thing not in near and self.index.is_a(thing, self.reader.agents()):
                return False
        return True

    def _alike(self, operation: str, table: Sequence[_Row]) -> Iterator[Reading]:
        """Yield what is made of all figures that bear out every word."""
        fitting = [(f, sum(c for c in costs if c is not None)) for f, costs in table if None not in costs]
        least = min((cost for _, cost in fitting), default=0.0)
        bounded = operation == "bounded"
        counted = bounded or operation in _RANKING  # 几批 says of which, and not how much
        chosen = sorted(
            (f for f, cost in fitting if cost < least + _APART and (counted or self.bearing.asked_for(f))),
            key=lambda f: f.iri,
        )
        if bounded:
            bounds = [(name, item.amount) for name, item in self._bounds() if item.amount is not None]
            chosen = [f for f in chosen if all(_is_within(f, name, amount) for name, amount in bounds)]
            if chosen and not self._counts_groups_as_things(chosen):
                yield self._reading("comparison", X, chosen, self._listed(), least)
            return
        if len(chosen) < 2 or (len({f.unit for f in chosen}) != 1 and operation != "each"):
            return
        if operation in _COMPARING and not self._comparable(chosen):
            return
        if operation == "mean" and is_mean_of_others({f.about for f in chosen}, self.slots, self.index):
            return
        wanted = {int(i.amount.value) for i in self.slots.amounts if i.amount and self._counts_them(i)}
        wanted |= so_many(self.slots, self.index)
        whole = self._adds_up(chosen) or (operation == "total" and self._said_in_total())
        if (operation in ("sum", "total") or wanted) and len(chosen) not in wanted and not whole:
            return
        made = "sum" if operation == "total" else operation
        yield self._reading("comparison", X, chosen, made, least)

    def _said_in_total(self) -> bool:
        """Whether one indicator that adds up is named by a word for all of it, which is not its own name."""
        items = [i for i in self.slots.indicators if any(s.how != "counts" for s in i.of("indicator"))]
        return (
            len(items) == 1
            and any(self.index.flagged(s.iri, "adds") for s in items[0].of("indicator"))
            and all(self.index.label(s.iri) != items[0].text for s in items[0].of("indicator"))
            and any(s.iri == LEX + "sum" for c in items[0].text for s in self.index.senses(c))
        )

    def _counts_groups_as_things(self, figures: Sequence[Measured]) -> bool:
        """Whether things are counted (几个), and the figures are of groups of them, and not whether groups
        are (几批).
        """
        asked = {i.index + 1 for i in self.slots.asked("howMuch")}
        if not asked or any(i.index in asked and i.has("mark", LEX + "group-mark") for i in self.slots.items):
            return False
        groups = self.index.having("summarises")
        return any(self.index.is_a(f.about, groups) for f in figures)

    def _adds_up(self, figures: Sequence[Measured]) -> bool:
        """Whether figures of one thing are all those below an indicator that is named and adds up."""
        named = {s.iri for i in self.slots.indicators for s in i.of("indicator") if s.how != "counts"}
        indicators = {f.indicator for f in figures}
        return len({f.about for f in figures}) == 1 and any(
            self.index.flagged(term, "adds") and indicators == set(self.index.below(term)) - {term}
            for term in named
        )

    def _before(self, table: Sequence[_Row]) -> Iterator[Reading]:
        """Yield what a figure was before it grew: in the period that its growth is counted from."""
        periods = {i.index: i.period for i in self.slots.times}
        words = self._words("before")
        for figure, costs in table:
            left = [c for c, item in zip(costs, words, strict=True) if item.index not in periods]
            if None in left or not self.bearing.asked_for(figure):
                continue
            for rate in self.graph.figures([figure.about]):
                grown = self.index.rates.get(rate.indicator) == figure.indicator and rate.base == figure.iri
                named = {*periods.values()} - {figure.period}
                if grown and named == {rate.base_period}:
                    yield self._reading("comparison", X, [figure, rate], "before", sum(map(_known, left)))

    def _part(self, table: Sequence[_Row]) -> Iterator[Reading]:
        """Yield how many a part is, of which the graph states what share of the whole it is, where the whole
        or the part of it is named, and any number is that of the whole.
        """
        words = self._words("part")
        named = {s.iri for item in self.slots.things for s in item.of("thing")}
        for rate, costs in table:
            counted = self.index.rates.get(rate.indicator)
            if counted is None or not self.index.counts(counted) or not named & {rate.group, rate.about}:
                continue
            for whole in self.graph.figures([rate.group] if rate.group else ()):
                numbers = [i for i in words if i.amount is not None and i.amount.value == whole.value]
                left = [c for c, item in zip(costs, words, strict=True) if item not in numbers]
                if whole.indicator == counted and None not in left and self.bearing.asked_for(whole):
                    yield self._reading("comparison", X, [whole, rate], "part", sum(map(_known, left)))

    def _words(self, operation: str) -> list[Item]:
        return [item for item in self.slots.items if self._has_to_be_said(item, operation)]

    def _listed(self) -> str:
        return "number" if self.slots.asked("howMuch") else "list"

    def _set_against(
        self,
        operation: str,
        size: int,
        table: Sequence[_Row],
    ) -> Iterator[Reading]:
        if operation == "bounded" or (operation in ("difference", "ratio") and self._adds_some()):
            return
        ranked = sorted(table, key=lambda row: (sum(c is None for c in row[1]), row[0].iri))
        ranked = ranked[: _MOST_FIGURES[size]]
        found: list[tuple[float, tuple[_Row, ...]]] = []
        for chosen in combinations(ranked, size):
            cost = self._together(operation, chosen)
            if cost is not None:
                found.append((cost, chosen))
        found.sort(key=lambda pair: (pair[0], tuple(f.iri for f, _ in pair[1])))
        if not found or (len(found) > 1 and found[1][0] - found[0][0] < _CLEAR):
            return
        cost, best = found[0]
        ordered = sorted(best, key=lambda row: self._place(row, best))
        figures = [figure for figure, _ in ordered]
        if operation == "per":
            figures.sort(key=lambda f: not self.bearing.asked_for(f, strictly=True))
        unshared = sum(known is None for _, costs in best for known in costs)
        if self.truth and not (size == _SIDES and self._either_side(operation, ordered, best)):
            return
        kind = "comparison-truth" if self.truth else "comparison"
        yield self._reading(kind, X, figures, operation, cost - _NOT_ITS * unshared)

    def _adds_some(self) -> bool:
        """Whether one of what is set against each other is itself a sum of some (…比甲和乙之和多多少)."""
        joints = [i.index for i in self.slots.conjunctions if i.has("conjunction", LEX + "and")]
        return any(joint < item.index for joint in joints[:1] for item in self.slots.op("sum"))

    def _either_side(self, operation: str, ordered: Sequence[_Row], chosen: Sequence[_Row]) -> bool:
        """Whether the words of two figures stand on either side of a word that compares them."""
        words = self._words(operation)
        first, second = (words[self._place(row, chosen)].index for row in ordered)
        markers = [*self.slots.op("compare", *BOUNDS, "more", "less"), *self.slots.asked("whether")]
        if operation == "same":
            markers = self.slots.conjunctions
        return any(first < marker.index < second for marker in markers)

    def _together(self, operation: str, chosen: Sequence[_Row]) -> float | None:  # noqa: PLR0911 - one after another
        """Return how far some figures together are from bearing out every word, or None."""
        figures = [figure for figure, _ in chosen]
        if operation not in ("per", "each") and len({f.unit for f in figures}) != 1:
            return None
        if operation == "per" and any(f.value == 1 for f in figures):
            return None  # shared out among one
        if operation == "per" and not any(self._may_share(f) for f in figures):
            return None
        if operation == "per" and not (
            self.bearing.asked_for(figures[0], strictly=True)
            ^ self.bearing.asked_for(figures[1], strictly=True)
        ):
            return None
        if operation not in ("per", "ratio", "share") and not all(self.bearing.asked_for(f) for f in figures):
            return None
        if operation in _COMPARING and not self._comparable(figures):
            return None
        if operation == "sum" and not self._comparable(figures, counted=False):
            return None
        total = 0.0
        for costs in zip(*(costs for _, costs in chosen), strict=True):
            known = [cost for cost in costs if cost is not None]
            if not known:
                return None
            total += min(known) + (_NOT_ITS * sum(cost is None for cost in costs))
        if any(self._place(row, chosen) >= len(row[1]) for row in chosen) and not self._shared_out(
            operation, figures
        ):
            return None
        if len({f.indicator for f in figures}) > 1:
            total += _OTHER_INDICATOR if len({f.about for f in figures}) == 1 else _NOTHING_ALIKE
        return total

    def _may_share(self, figure: Measured) -> bool:
        """Whether something else may be shared out among what a figure counts."""
        return self.index.counts(figure.indicator) and not self.bearing.asked_for(figure, strictly=True)

    def _shared_out(self, operation: str, figures: Sequence[Measured]) -> bool:
        """Whether a total is shared out among those that it is the total of: no word need name them twice."""
        if operation != "per" or len({f.about for f in figures}) != 1:
            return False
        totals = [f for f in figures if not self.index.counts(f.indicator)]
        first = min((i.index for i in self.slots.op("average")), default=0)
        if any(i.index > first for i in self.slots.classes) or of_which_is_unsaid(
            self.slots, self.index, self.graph
        ):
            return False  # 平均每个园区: among others
        return len(totals) == 1 and self.bearing.asked_for(totals[0], strictly=True)

    def _comparable(self, figures: Sequence[Measured], *, counted: bool = True) -> bool:
        """Whether figures are of one indicator, or each of one that the question names, and does not only
        count what it is of where that is not enough.
        """
        indicators = {f.indicator for f in figures}
        senses = [s for i in self.slots.indicators for s in i.of("indicator") if counted or s.how != "counts"]
        named = {b for s in senses for b in self.index.below(s.iri)}
        return len(indicators) == 1 or indicators <= named

    def _place(self, row: _Row, chosen: Sequence[_Row]) -> int:
        """Return the first word that bears out one figure better than all others."""
        for place, cost in enumerate(row[1]):
            others = [costs[place] for figure, costs in chosen if figure is not row[0]]
            if cost is not None and all(other is None or cost + 0.009 < other for other in others):
                return place
        return len(row[1])

    def _reading(
        self, kind: str, target: str, figures: Iterable[Measured], operation: str, cost: float
    ) -> Reading:
        patterns = tuple(
            Figure(
                f.about,
                (f.indicator,),
                base_indicators=(f.base_indicator,) if f.base_indicator else (),
                group=f.group,
                work=f.work,
                period=f.period,
                name="m" if kind == "value" else f"m{number}",
            )
            for number, f in enumerate(figures)
        )
        parts = (("retrieved", _BASE), ("words", -round(cost, 3)))
        used = self.slots.indexes
        return Reading(kind, target, (), {}, patterns, operation=operation, used=used, parts=parts)
