"""Which figures a question may mean: by indicator, unit, period and modality."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..facts.graph import Graph, Measured
from ..model import Amount, Figure, Item
from ..words.index import LEX, Index
from ..words.slots import EXPRESSED, Slots
from .attaching import Partial, X

if TYPE_CHECKING:
    from .reader import Reader


_MANY = 400
#: What a bound is called that the figure itself is within (达到, 不超过).
_INCLUSIVE = {"over": "reached", "under": "within"}

__all__ = ["Match", "Matching"]


@dataclass(frozen=True, slots=True)
class Match:
    """Figures of one indicator about candidates, with what of the question they account for."""

    figure: Figure
    found: tuple[Measured, ...]
    used: frozenset[int]
    cost: float
    why: str


class Matching:
    """What readings of figures share: the slots, and the figures that fit them."""

    reader: "Reader"
    slots: Slots
    index: Index
    graph: Graph
    operation: str
    operators: frozenset[int]
    by_number: bool = False  # whether it is compared how many there are, and no indicator says so

    def _opened(self, partial: Partial, thing: str) -> Iterator[Partial]:
        """Bind verbs whose other side is open to the thing that the figure is about."""
        for item in self.slots.relations:
            if item.index not in partial.used and not item.has("particle") and not item.has("indicator"):
                opened = self.reader.attacher.existential(partial, item, name=thing)
                if opened is not None:
                    yield replace(opened, found=frozenset({thing}))

    def _with_rest(self, start: Partial, rest: Sequence[Item], thing: str) -> Iterator[Partial]:
        """Bind the other things of the question to the one that the figure is about, or to the
        figure itself.
        """
        optional = [i for i in rest if i.has("class") or i.has("indicator") or i.has("property")]
        for left_out in [None, *optional]:
            partials = [start]
            for item in rest:
                if item is left_out:
                    continue
                grown = []
                for partial in partials:
                    grown.extend(self.reader.attacher.attach(partial, item, constant=thing, steps=1))
                    grown.append(replace(partial, parts=(*partial.parts, (f"@{item.index}", 0.0))))
                partials = sorted(grown, key=lambda p: -p.score)[:8]
            yield from partials

    def _matches(self, about: str, partial: Partial) -> list[Match]:
        """Return the figures that fit a question: the same for whatever is alike in what tells them apart."""
        deferred = frozenset(int(name[1:]) for name, _ in partial.parts if name.startswith("@"))
        found = partial.found if about == X else None
        key = (about, found, partial.used, deferred, self.by_number)
        if key not in self.reader.matched:
            self.reader.matched[key] = list(self._fitting(about, partial, deferred))
        return self.reader.matched[key]

    def _fitting(self, about: str, partial: Partial, deferred: frozenset[int]) -> Iterator[Match]:
        candidates = self._candidates(about, partial)
        if not candidates:
            return
        figures = list(self.graph.figures(candidates))
        by_key: dict[tuple[str, str], list[Measured]] = {}
        for figure in figures:
            by_key.setdefault((figure.indicator, figure.base_indicator), []).append(figure)
        for (indicator, base), found in sorted(by_key.items()):
            yield from self._match(about, indicator, base, found, partial, deferred)
        if about == X and (self.slots.amounts or self.operation in ("max", "min")):
            yield from self._together(by_key, partial, deferred)

    def _together(
        self, by_key: dict[tuple[str, str], list[Measured]], partial: Partial, deferred: frozenset[int]
    ) -> Iterator[Match]:
        """Yield the figures of an indicator and of those below it, taken together."""
        for term in sorted({s.iri for i in self.slots.indicators for s in i.of("indicator")}):
            keys = [key for key in sorted(by_key) if key[0] in self.index.below(term) and not key[1]]
            if len(keys) < 2:
                continue
            found = [f for key in keys for f in by_key[key]]
            for match in self._match(X, term, "", found, partial, deferred):
                figure = replace(match.figure, indicators=tuple(key[0] for key in keys))
                yield replace(match, figure=figure, cost=match.cost + 0.06)

    def _candidates(self, about: str, partial: Partial) -> list[str]:
        if about != X:
            return [about]
        if partial.found is not None:
            return sorted(partial.found)[:_MANY]
        wanted = [s.iri for item in self.slots.indicators for s in item.of("indicator")]
        below = sorted({b for iri in wanted for b in self.index.below(iri)})
        return list(self.graph.measured(below))[:_MANY] if below else []

    def _match(
        self,
        about: str,
        indicator: str,
        base: str,
        found: list[Measured],
        partial: Partial,
        deferred: frozenset[int],
    ) -> Iterator[Match]:
        used: set[int] = set()
        cost, direct, why = 0.0, False, ""
        bases = {f.base for f in found if f.base}
        about_things = {f.about for f in found}
        siblings = (
            {f.indicator for f in self.graph.figures(sorted(about_things)) if f.base in bases}
            if bases
            else set()
        )
        names = [name for term in sorted({indicator, *siblings}) for name in self.index.names(term)]
        for item in self.slots.amounts:
            amount = item.amount
            if (
                amount is not None
                and amount.classifier
                and any(
                    f.value == amount.value and f.unit in amount.units and f.indicator != indicator
                    for f in self.graph.figures(sorted(about_things))
                )
            ):
                used.add(item.index)
        for item in self.slots.indicators:
            best: float | None = None
            own = False
            for sense in item.of("indicator"):
                if sense.how == "counts":
                    continue
                below = self.index.below(sense.iri)
                points = EXPRESSED.get(sense.how, -0.1)
                if indicator in below:
                    points -= 0.0 if indicator == sense.iri else 0.03
                    if best is None or not own or points > best:
                        best, own = points, True
                elif base and base in below and not own:
                    best = points if best is None else max(best, points)
            if best is None and len(item.text) > 1 and any(item.text in name for name in names):
                best = -0.02
            if best is None and item.index in partial.used:
                cost -= 0.3  # the word means another figure
            if best is not None:
                used.add(item.index)
                cost = min(cost, best)
                direct = direct or own
                why = why or (item.text if own else "")
        deferred_left = set(deferred)
        group = work = ""
        for number in sorted(deferred):
            item = self.slots.items[number]
            for sense in item.of("thing"):
                groups = {f.group for f in found if f.group}
                if sense.iri in groups or any(
                    a.other in groups and not a.modality and self.graph.stated(sense.iri, a.other)
                    for a in self.graph.around(sense.iri)
                ):
                    group = sense.iri if sense.iri in groups else ""
                elif any(f.work == sense.iri for f in found):
                    work = sense.iri
                else:
                    continue
                deferred_left.discard(number)
                used.add(number)
                break
        if deferred_left and not self.reader.context:
            return
        if group:
            found = [f for f in found if f.group == group]
        if work:
            found = [f for f in found if f.work == work]
        counted = self._counted_amount(indicator) or (self.by_number and self._counts(indicator))
        if not direct and not counted and not self._counted_noun(indicator, sorted(about_things), about != X):
            return
        for asked, unit, points in self._by_unit(indicator, found):
            if not (direct or asked or counted):
                continue
            if not direct and not self._counts_noun_behind(asked, indicator, about_things):
                continue
            kept = [f for f in found if not unit or f.unit in unit]
            kept, period_cost = self._in_period(kept)
            if not kept:
                continue
            figure = Figure(
                about,
                (indicator,),
                base_indicators=(base,) if base and not direct else (),
                group=group,
                work=work,
                period=self._periods()[0] if period_cost is not None and period_cost > -0.04 else "",
            )
            total = cost + (points if not direct else min(points + 0.1, 0.0)) + (period_cost or 0.0)
            total += self._modality_cost(kept)
            indexes = frozenset(used) | asked | {i.index for i in self.slots.times}
            if self._periods()[1]:
                indexes |= {i.index for i in self.slots.op("compare")}
            if "sum" not in self.operation and siblings:
                indexes |= {i.index for i in self.slots.op("max") if i.has("indicator")}
            yield Match(
                figure, tuple(kept), indexes, round(total, 3), f"{why} → {self.index.label(indicator)}"
            )

    def _counted_amount(self, indicator: str) -> bool:
        """Whether a yes or no asks for a number in the measure word of an indicator."""
        if not self.slots.asked("whether") or self.slots.indicators or not self._counts(indicator):
            return False
        return any(
            s.kind == "indicator" and s.iri == indicator
            for item in self.slots.amounts
            if item.amount is not None
            for s in self.index.senses(item.amount.classifier)
        )

    def _counted_noun(self, indicator: str, about: Sequence[str], named: bool) -> bool:
        """Whether the noun of a how-many fits an indicator that the question does not name."""
        names = self.index.names(indicator)
        noun = self._noun()
        if noun is None or not noun.has("class"):
            return named or noun is None
        if any(noun.text in name for name in names):
            return True
        classes = tuple(s.iri for s in noun.of("class"))
        return named and (noun.has("thing") or all(self.index.is_a(t, classes) for t in about))

    def _noun(self) -> Item | None:
        """Return the noun that a how-many counts: the one behind it, or else the one before it."""
        for asked in self.slots.asked("howMuch", "howBig"):
            behind = [i for i in self.slots.items[asked.index + 1 : asked.index + 3] if not i.has("unit")]
            if behind and (behind[0].has("class") or behind[0].has("thing")):
                return behind[0]
            for item in reversed(self.slots.items[: asked.index]):
                verb = item.has("property") and item.index == asked.index - 1
                if (item.has("class") or item.has("thing")) and not verb:
                    return item
                if not item.has("particle"):
                    break
        return None

    def _by_unit(
        self, indicator: str, found: Sequence[Measured]
    ) -> Iterator[tuple[frozenset[int], tuple[str, ...], float]]:
        """Yield what a how-much with its unit asks for, and how well these figures fit it."""
        asked = [*self.slots.asked("howMuch", "howBig"), *self.slots.op("difference")]
        with_unit = False
        for item in asked:
            for place in (item.index + 1, item.index - 1):
                if not 0 <= place < len(self.slots.items):
                    continue
                unit_item = self.slots.items[place]
                if not unit_item.has("unit") or (place < item.index and unit_item.has("particle")):
                    continue
                with_unit = True
                units = tuple(s.iri for s in unit_item.of("unit"))
                if any(f.unit in units for f in found):
                    cost = self._unit_cost(unit_item, indicator, found)
                    if cost is not None:
                        yield frozenset({item.index, place}), units, cost
                break
            else:
                if self._counts(indicator):
                    yield frozenset({item.index}), (), -0.1
        if not with_unit:
            yield frozenset(), (), -0.02 if asked else 0.0

    def _unit_cost(self, unit_item: Item, indicator: str, found: Sequence[Measured]) -> float | None:
        """Judge a measure word: the one that the passage has, one of the indicator's own, a
        general one, or another's.
        """
        text = unit_item.text
        if any(f.as_stated.endswith(text) for f in found):
            return 0.0
        if any(s.iri == indicator for s in unit_item.of("indicator", "counts")):
            return -0.01
        if not unit_item.of("indicator", "counts"):
            return -0.03
        return None

    def _counts(self, indicator: str) -> bool:
        return self.index.counts(indicator)

    def _periods(self) -> tuple[str, str]:
        """Return the period that is asked about, and the one that it is compared with."""
        asked = base = ""
        for item in self.slots.times:
            before = self.slots.items[item.index - 1] if item.index else None
            if before is not None and (before.has("operator", LEX + "compare") or before.has("indicator")):
                base = item.period or ""
            else:
                asked = asked or item.period or ""
        return asked, base

    def _in_period(self, found: Sequence[Measured]) -> tuple[list[Measured], float | None]:
        period, base = self._periods()
        if base:
            found = [f for f in found if f.base_period == base]
        if not period:
            return list(found), None
        exact = [f for f in found if f.period == period]
        if exact:
            return exact, 0.0
        within = [f for f in found if f.period.startswith(period) or (f.period and period in f.period)]
        if within:
            return within, -0.05
        dated = [f for f in found if any(t.period == period for t in self.graph.times(f.about))]
        if dated:
            return dated, -0.05
        open_ended = [f for f in found if not f.period]
        if open_ended and period == str(self.index.year):
            return open_ended, -0.15
        return [], None

    def _modality_cost(self, found: Sequence[Measured]) -> float:
        planned = [
            i
            for i in self.slots.modals.get("planned", ())
            if not i.has("particle") and not i.has("indicator")
        ]
        if not planned:
            return 0.0
        means = set(self.index.facts.get(LEX + "planned", {}).get("means", ()))
        return 0.0 if all(f.modality in means for f in found) else -0.3

    def _classes_named(self, match: Match) -> frozenset[int]:
        """Return the class words that the indicator or what it is about already says."""
        names = self.index.names(match.figure.indicators[0])
        found = set()
        for item in self.slots.classes:
            classes = tuple(s.iri for s in item.of("class"))
            if (len(item.text) > 1 and any(item.text in name for name in names)) or all(
                self.index.is_a(f.about, classes) for f in match.found
            ):
                found.add(item.index)
        return frozenset(found)

    def _same_unit(self, amount: Amount, found: Sequence[Measured]) -> bool:
        return not amount.units or any(f.unit in amount.units for f in found)

    def _counted(self, amount: Item, match: Match) -> bool:
        """Whether figures count what stands behind a number, if they count and a kind does (五个园区)."""
        behind = self.slots.items[amount.index + 1 : amount.index + 2]
        nouns = [noun for noun in behind if noun.has("class") and noun.index not in match.used]
        return all(self.index.counts_kind(noun, f.indicator, f.about) for noun in nouns for f in match.found)

    def _counts_noun_behind(self, asked: frozenset[int], indicator: str, about: Iterable[str]) -> bool:
        """Whether figures count the kind behind a how-many, if one stands there (几个园区)."""
        behind: list[Item] = []
        for item in self.slots.items[max(asked) + 1 :] if asked else ():
            if not item.has("class") or item.has("particle"):
                break
            behind.append(item)
        return all(self.index.counts_kind(noun, indicator, thing) for noun in behind for thing in about)

    def _threshold(self, item: Item) -> tuple[str, frozenset[int]]:
        """Return how a figure of the question bounds: over, reached, under, within or equal."""
        if item.amount is not None and item.amount.over:
            return "over", frozenset()
        for name in ("over", "under"):
            near = [
                m for m in self.slots.op(name) if m.index in (item.index - 1, item.index - 2, item.index + 1)
            ]
            if near:
                itself = any(m.has("operator", LEX + "inclusive") for m in near)
                return (_INCLUSIVE[name] if itself else name), frozenset(m.index for m in near)
        return "equal", frozenset()
