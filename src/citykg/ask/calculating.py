"""Readings from the side of the figures: each figure nearby is held against the words of a question.

Where no reading of a question for figures accounts for every word, the figures themselves are tried: what
each is about, what this is related to, and the passage that states it have to bear out the words. A question
that sets figures against each other leads to as many figures; every word is borne out by one of them, and
each has a word of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from .attaching import X
from .context import Context
from .fitting import Fitting
from .graph import Graph, Measured
from .index import LEX, Index
from .model import Figure, Item, Reading
from .reading import Reader
from .slots import EXPRESSED, Slots

__all__ = ["Calculator"]

#: A figure, and how far it is from bearing out each word, or None.
_Row = tuple[Measured, list[float | None]]

_MOST_THINGS = 120
_MOST_FIGURES = 80
_BASE = -0.1
_OWN = 0.02
_RELATED = 0.03
_SAID = 0.06
_PASSAGE = 0.08
_UNDATED = 0.06
_OTHER_INDICATOR = 0.06
_NOTHING_ALIKE = 0.1
_NOT_ITS = 0.02
_APART = 0.02
_CLEAR = 0.029


class Calculator:
    """Finds the figures that a question is about, and what it asks to be made of them.

    Args:
        reader: of the question.
        context: what passages state.
        fitting: tells what is one of several.
    """

    def __init__(self, reader: Reader, context: Context, fitting: Fitting) -> None:
        self.fitting = fitting
        self.reader = reader
        self.slots: Slots = reader.slots
        self.index: Index = reader.index
        self.graph: Graph = reader.graph
        self.attacher = reader.attacher
        self.context = context
        self.homes = frozenset(self.index.homes.values())
        self.asks = [i for i in self.slots.items if i.of("indicator", "asks")]

    def readings(self) -> Iterator[Reading]:
        """Yield the reading that fits, if there is one and no other."""
        operation, most = self._operation()
        if not operation:
            return
        words = [item for item in self.slots.items if self._has_to_be_said(item, operation)]
        if not words:
            return
        table: list[_Row] = []
        for figure in self._figures(words):
            costs = [self._cost(item, figure) for item in words]
            if any(cost is not None for cost in costs):
                table.append((figure, costs))
        if operation == "value":
            yield from self._one(table, words)
        elif operation == "sum" and not self._several():
            yield from self._all(table)
        else:
            yield from self._set_against(operation, most, table)

    # What is asked for

    def _operation(self) -> tuple[str, int]:  # noqa: PLR0911 - one operation after another
        """Return what is to be made of the figures, and of how many."""
        slots = self.slots
        if slots.asked("whether", "when", "why", "how") or slots.op("not", "except", "others", "rate"):
            return "", 0
        value = bool(slots.asked("howMuch", "howBig") or self.asks)
        if slots.op("share"):
            return ("share", 2) if value or slots.units else ("", 0)
        if slots.op("ratio"):
            return "ratio", 2
        if slots.op("difference") or (value and slots.op("more", "less", "compare")):
            return "difference", 2
        if slots.op("average") and value:
            return "per", 2
        if slots.op("sum") and value:
            return "sum", 4
        if slots.asked("which", "who") and slots.op("more", "less", "max", "min"):
            return ("less" if slots.op("less", "min") else "more"), 4
        if value:
            return "value", 1
        return "", 0

    def _several(self) -> bool:
        return any(i.has("conjunction", LEX + "and") for i in self.slots.items)

    def _has_to_be_said(self, item: Item, operation: str) -> bool:  # noqa: PLR0911 - one kind after another
        """Whether a word has to be borne out by a figure."""
        if item.has("conjunction") or item.has("question") or item in self.asks:
            return False
        if item.has("operator") and not item.has("thing"):
            return False
        if item.amount is not None:
            if operation == "per" and item.amount.value == 1:
                return False
            return not self._counts_them(item)
        if item.has("modal") and not item.has("indicator"):
            return False
        if item.has("particle") and not item.has("indicator"):
            return False
        if item.has("property") and all(s.how == "hints" for s in item.of("property")):
            return item.has("indicator") or item.has("thing") or item.has("class")
        if item.has("unit") and self._beside_how_much(item):
            return False  # it is what is asked for
        return any(c.isalnum() for c in item.text)

    def _beside_how_much(self, item: Item) -> bool:
        asked = {i.index for i in (*self.slots.asked("howMuch", "howBig"), *self.slots.op("difference"))}
        return bool(asked & {item.index - 1, item.index + 1})

    def _counts_them(self, item: Item) -> bool:
        """Whether a number says of how many figures the question is (两个, 三项)."""
        amount = item.amount
        return amount is not None and 2 <= amount.value <= 4 and bool(amount.units)

    # Figures nearby

    def _figures(self, words: Sequence[Item]) -> list[Measured]:
        things: dict[str, None] = {}
        for item in words:
            for sense in item.of("thing"):
                things[sense.iri] = None
                if sense.iri not in self.homes:
                    things.update((a.other, None) for a in self.graph.around(sense.iri))
            terms = {s.iri for s in item.of("indicator")}
            below = sorted({b for term in terms for b in self.index.below(term)})
            if below:
                things.update((thing, None) for thing in self.graph.measured(below))
            if len(item.text) > 1:
                things.update((thing, None) for thing in self.index.containing(item.text))
            classes = [s.iri for s in item.of("class")]
            if classes and not item.has("thing"):
                things.update((thing, None) for thing in self.graph.instances(classes)[:_MOST_THINGS])
        found = {f.iri: f for f in self.graph.figures(list(things)[:_MOST_THINGS])}
        return list(found.values())

    def _cost(self, item: Item, figure: Measured) -> float | None:  # noqa: PLR0911 - one kind after another
        """Return how far a figure is from bearing out a word, or None."""
        about = figure.about
        if item.period is not None:
            return self._dated(item.period, figure)
        if item.amount is not None:
            beside = [f for f in self.graph.figures([about]) if f.iri != figure.iri]
            known = any(f.value == item.amount.value for f in beside)
            return 0.01 if known else None
        if self._is_unit(item):
            return self._unit(item, figure)
        names = (*self.index.names(figure.indicator), *self.index.names(about))
        for sense in item.of("indicator"):
            if sense.how == "counts":
                continue
            if figure.indicator in self.index.below(sense.iri):
                exact = figure.indicator == sense.iri
                return round(-EXPRESSED.get(sense.how, -0.1) + (0.0 if exact else _OWN), 3)
        if item.has("indicator") and not (item.has("thing") or item.has("class") or item.has("property")):
            return _OWN if len(item.text) > 1 and any(item.text in name for name in names) else None
        things = {s.iri for s in item.of("thing")}
        if about in things:
            return 0.0
        if len(item.text) > 1 and any(item.text in name for name in names):
            return _OWN
        if things & self.homes:
            return _RELATED
        near = self.graph.around(about)
        if any(a.other in things for a in near) or figure.group in things or figure.work in things:
            return _RELATED
        evoked = set(self.attacher.evokes(item))
        if evoked & {a.property for a in near}:
            return _OWN
        classes = tuple(s.iri for s in item.of("class"))
        if classes and self.index.is_a(about, classes):
            return 0.01
        if classes and any(self.index.is_a(a.other, classes) for a in near):
            return _SAID
        if len(item.text) > 1 and any(
            item.text in name for a in near if a.other not in self.homes for name in self.index.names(a.other)
        ):
            return _SAID
        if things & self.context.things(figure.passage):
            return _PASSAGE
        if evoked & {f.property for f in self.context.stated(figure.passage).facts}:
            return _PASSAGE
        return None

    def _dated(self, period: str, figure: Measured) -> float | None:
        if figure.period == period:
            return 0.0
        if figure.period.startswith(period) or any(
            t.period == period for t in self.graph.times(figure.about)
        ):
            return _OWN
        if any(p.startswith(period) for p in self.context.stated(figure.passage).periods):
            return _RELATED
        return _UNDATED if not figure.period and period == str(self.index.year) else None

    def _is_unit(self, item: Item) -> bool:
        return item.has("unit") and not (
            item.has("thing") or item.has("class") or item.of("indicator", "says")
        )

    def _unit(self, item: Item, figure: Measured) -> float | None:
        if figure.unit not in {s.iri for s in item.of("unit")}:
            return None
        if figure.as_stated.endswith(item.text):
            return 0.0
        counted = item.of("indicator", "counts")
        if any(s.iri == figure.indicator for s in counted):
            return 0.01
        return None if counted else _RELATED

    # Readings

    def _one(self, table: Sequence[_Row], words: Sequence[Item]) -> Iterator[Reading]:
        whole = [
            (sum(c for c in costs if c is not None), figure)
            for figure, costs in table
            if None not in costs and self._asked(figure) and self._its_own(figure)
        ]
        whole.sort(key=lambda pair: (pair[0], pair[1].iri))
        if not whole or (len(whole) > 1 and whole[1][0] - whole[0][0] < _CLEAR):
            return
        if (
            not any(i.of("indicator", "says", "label", "alias") or self._is_unit(i) for i in words)
            and not self.asks
        ):
            return
        cost, figure = whole[0]
        yield self._reading("value", figure.about, [figure], "", cost)

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

    def _all(self, table: Sequence[_Row]) -> Iterator[Reading]:
        """Yield the sum of all figures that bear out every word, where the question says how many."""
        wanted = {int(i.amount.value) for i in self.slots.amounts if i.amount and self._counts_them(i)}
        whole = [(f, sum(c for c in costs if c is not None)) for f, costs in table if None not in costs]
        least = min((cost for _, cost in whole), default=0.0)
        chosen = [f for f, cost in whole if cost <= least + _APART and self._asked(f)]
        if len(chosen) not in wanted or len({f.unit for f in chosen}) != 1:
            return
        yield self._reading("comparison", X, sorted(chosen, key=lambda f: f.iri), "sum", least)

    def _set_against(
        self,
        operation: str,
        most: int,
        table: Sequence[_Row],
    ) -> Iterator[Reading]:
        size = (
            min(most, 1 + sum(1 for i in self.slots.items if i.has("conjunction", LEX + "and")))
            if most > 2
            else 2
        )
        size = max(size, 2)
        ranked = sorted(table, key=lambda row: (sum(c is None for c in row[1]), row[0].iri))[:_MOST_FIGURES]
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
            figures.sort(key=lambda f: not self._asked(f, strictly=True))
        yield self._reading("comparison", X, figures, operation, cost)

    def _together(self, operation: str, chosen: Sequence[_Row]) -> float | None:
        """Return how far some figures together are from bearing out every word, or None."""
        figures = [figure for figure, _ in chosen]
        if operation != "per" and len({f.unit for f in figures}) != 1:
            return None
        if operation == "per" and not (
            self._asked(figures[0], strictly=True) ^ self._asked(figures[1], strictly=True)
        ):
            return None
        if operation not in ("per", "ratio", "share") and not all(self._asked(f) for f in figures):
            return None
        total = 0.0
        for costs in zip(*(costs for _, costs in chosen), strict=True):
            known = [cost for cost in costs if cost is not None]
            if not known:
                return None
            total += min(known) + (_NOT_ITS * sum(cost is None for cost in costs))
        if any(self._place(row, chosen) >= len(row[1]) for row in chosen):
            return None
        if len({f.indicator for f in figures}) > 1:
            total += _OTHER_INDICATOR if len({f.about for f in figures}) == 1 else _NOTHING_ALIKE
        return total

    def _place(self, row: _Row, chosen: Sequence[_Row]) -> int:
        """Return the first word that bears out one figure better than all others."""
        for place, cost in enumerate(row[1]):
            others = [costs[place] for figure, costs in chosen if figure is not row[0]]
            if cost is not None and all(other is None or cost + 0.009 < other for other in others):
                return place
        return len(row[1])

    def _asked(self, figure: Measured, *, strictly: bool = False) -> bool:
        """Whether a figure is in the unit, and counts what, the question asks for."""
        for item in self.asks:
            below = {b for s in item.of("indicator", "asks") for b in self.index.below(s.iri)}
            if figure.indicator not in below and figure.unit not in {
                unit for b in below for unit in self.index.units.get(b, ())
            }:
                return False
        items = self.slots.items
        for asked in self.slots.asked("howMuch", "howBig"):
            for place in (asked.index + 1, asked.index - 1):
                if 0 <= place < len(items) and items[place].has("unit"):
                    cost = self._unit(items[place], figure)
                    if cost is None or (strictly and cost > 0.02):
                        return False
                    behind = items[place + 1] if place > asked.index and place + 1 < len(items) else None
                    return behind is None or self._counted(behind, figure)
            behind = items[asked.index + 1] if asked.index + 1 < len(items) else None
            if behind is not None and behind.has("class") and self.index.counts(figure.indicator):
                return self._counted(behind, figure)
        return True

    def _counted(self, noun: Item, figure: Measured) -> bool:
        """Whether a noun behind a how-many names what a figure counts."""
        if not noun.has("class") or not self.index.counts(figure.indicator):
            return True
        names = self.index.names(figure.indicator)
        classes = tuple(s.iri for s in noun.of("class"))
        return any(noun.text in name for name in names) or self.index.is_a(figure.about, classes)

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
        used = frozenset(i.index for i in self.slots.items)
        return Reading(kind, target, (), {}, patterns, operation=operation, used=used, parts=parts)
