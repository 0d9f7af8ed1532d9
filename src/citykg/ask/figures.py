"""Readings that ask for figures: one, several, their sum or mean, the greatest, a comparison, a threshold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .attaching import Partial, X
from .graph import Measured
from .index import LEX
from .model import Amount, Edge, Figure, Item, Reading
from .slots import EXPRESSED

if TYPE_CHECKING:
    from .reading import Reader

__all__ = ["FigureReader"]

_MANY = 400
_LARGE = 10_000


@dataclass(frozen=True, slots=True)
class _Match:
    """Figures of one indicator about candidates, with what of the question they account for."""

    figure: Figure
    found: tuple[Measured, ...]
    used: frozenset[int]
    cost: float
    why: str


class FigureReader:
    """Composes readings over measurements."""

    def __init__(self, reader: "Reader") -> None:
        self.reader = reader
        self.slots = reader.slots
        self.index = reader.index
        self.graph = reader.graph
        self.operation, self.operators = self._operation()

    def of_values(self) -> Iterator[Reading]:
        """Yield readings that ask for figures, or for the things that figures single out."""
        if not (
            self.slots.indicators
            or self.slots.asked("howMuch")
            or self.slots.op("difference", "ratio")
            or self.asks_indicator()
        ):
            return
        yield from self._compared()
        for about, partial, wanted in self._abouts():
            for match in self._matches(about, partial):
                yield from self._value_readings(about, partial, match, wanted)

    def of_truth(self) -> Iterator[Reading]:
        """Yield readings that compare a figure with the one that the question names."""
        for about, partial, _ in self._abouts():
            for match in self._matches(about, partial):
                for item in self.slots.amounts:
                    if item.index in match.used or item.amount is None:
                        continue
                    comparison, markers = self._threshold(item)
                    if not self._same_unit(item.amount, match.found):
                        continue
                    used = partial.used | match.used | markers | {item.index}
                    used |= {i.index for i in (*self.slots.asked("whether"), *self.slots.op("not"))}
                    yield self._reading(
                        "figure-truth", about, partial, match, used, amount=item.amount, operation=comparison
                    )
        yield from self._compared(truth=True)

    def asks_indicator(self) -> bool:
        return any(item.of("indicator", "asks") for item in self.slots.items)

    def _operation(self) -> tuple[str, frozenset[int]]:
        for name in ("average", "ratio", "difference", "max", "min", "sum"):
            found = self.slots.op(name)
            if found:
                return name, frozenset(i.index for i in found)
        return "", frozenset()

    # What a figure may be about

    def _abouts(self) -> Iterator[tuple[str, Partial, Sequence[str]]]:
        """Yield what figures may be about: a named thing, or what is bound to the named things."""
        things = self.reader.things
        self.reader.attacher.loose = True
        yield from self._abouts_of(things)
        others = [item for item in things if not item.has("indicator")]
        if len(others) < len(things):
            yield from self._abouts_of(others)
        self.reader.attacher.loose = False

    def _abouts_of(self, things: Sequence[Item]) -> Iterator[tuple[str, Partial, Sequence[str]]]:
        reader = self.reader
        for item in things:
            rest = [other for other in things if other is not item]
            for sense in item.of("thing"):
                cost = EXPRESSED.get(sense.how, -0.1)
                parts = ((f"{item.text} ~ {self.index.label(sense.iri)}", cost),) if cost else ()
                start = Partial(frozenset({sense.iri}), used=frozenset({item.index}), parts=parts)
                for partial in self._with_rest(start, rest, sense.iri):
                    yield sense.iri, partial, ()
                    yield from ((sense.iri, p, ()) for p in self._opened(partial, sense.iri))
        for wanted, used, cost in reader.targets():
            if things:
                unsaid = bool(wanted)
                for partial in reader.bound(wanted, used, things, steps=1, unsaid=unsaid, cost=cost - 0.06):
                    for finished in reader.finished(partial, wanted):
                        yield X, finished, wanted
            elif wanted:
                yield X, reader._all(wanted, used, cost), wanted
        if not things:
            yield X, Partial(None, parts=(("about ?", -0.08),)), ()

    def _opened(self, partial: Partial, thing: str) -> Iterator[Partial]:
        """Bind verbs whose other side is open to the thing that the figure is about."""
        for item in self.slots.relations:
            if item.index not in partial.used and not item.has("particle") and not item.has("indicator"):
                opened = self.reader.attacher.existential(partial, item, name=thing)
                if opened is not None:
                    yield replace(opened, found=frozenset({thing}))

    def _with_rest(self, start: Partial, rest: Sequence[Item], thing: str) -> Iterator[Partial]:
        """Bind the other things of the question to the one that the figure is about, or to the figure itself."""
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

    # Which figures match

    def _matches(self, about: str, partial: Partial) -> Iterator[_Match]:
        candidates = self._candidates(about, partial)
        if not candidates:
            return
        figures = list(self.graph.figures(candidates))
        deferred = {int(name[1:]) for name, _ in partial.parts if name.startswith("@")}
        by_key: dict[tuple[str, str], list[Measured]] = {}
        for figure in figures:
            by_key.setdefault((figure.indicator, figure.base_indicator), []).append(figure)
        for (indicator, base), found in sorted(by_key.items()):
            yield from self._match(about, indicator, base, found, partial, deferred)
        if about == X and (self.slots.amounts or self.operation in ("max", "min")):
            yield from self._together(by_key, partial, deferred)

    def _together(
        self, by_key: dict[tuple[str, str], list[Measured]], partial: Partial, deferred: set[int]
    ) -> Iterator[_Match]:
        """Yield the figures of an indicator and of those below it, taken together."""
        for term in sorted({s.iri for i in self._indicator_items() for s in i.of("indicator")}):
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
        deferred: set[int],
    ) -> Iterator[_Match]:
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
        for item in self._indicator_items():
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
                    a.other in groups and not a.modality for a in self.graph.around(sense.iri)
                ):
                    group = sense.iri if sense.iri in groups else ""
                elif any(f.work == sense.iri for f in found):
                    work = sense.iri
                else:
                    continue
                deferred_left.discard(number)
                used.add(number)
                break
        if deferred_left:
            return
        if group:
            found = [f for f in found if f.group == group]
        if work:
            found = [f for f in found if f.work == work]
        if not direct and not self._counted_noun(indicator, sorted(about_things), about != X):
            return
        for asked, unit, points in self._by_unit(indicator, found):
            if not (direct or asked):
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
            yield _Match(
                figure, tuple(kept), indexes, round(total, 3), f"{why} → {self.index.label(indicator)}"
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
        for asked in self.slots.asked("howMuch"):
            behind = [i for i in self.slots.items[asked.index + 1 : asked.index + 3] if not i.has("unit")]
            if behind and (behind[0].has("class") or behind[0].has("thing")):
                return behind[0]
            for item in reversed(self.slots.items[: asked.index]):
                if (item.has("class") or item.has("thing")) and not item.has("property"):
                    return item
                if not item.has("particle"):
                    break
        return None

    def _indicator_items(self) -> list[Item]:
        return [i for i in self.slots.items if any(s.how != "counts" for s in i.of("indicator"))]

    def _by_unit(
        self, indicator: str, found: Sequence[Measured]
    ) -> Iterator[tuple[frozenset[int], tuple[str, ...], float]]:
        """Yield what a how-much with its unit asks for, and how well these figures fit it."""
        asked = [*self.slots.asked("howMuch"), *self.slots.op("difference")]
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
        """Judge a measure word: the one that the passage has, one of the indicator's own, a general one, or another's."""
        text = unit_item.text
        if any(f.as_stated.endswith(text) for f in found):
            return 0.0
        if any(s.iri == indicator for s in unit_item.of("indicator", "counts")):
            return -0.01
        if not unit_item.of("indicator", "counts"):
            return -0.03
        return None

    def _counts(self, indicator: str) -> bool:
        return any(
            self.index.flagged(term, "countsThings")
            for term in (indicator, *self.index.above.get(indicator, ()))
        )

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

    # Readings

    def _value_readings(
        self, about: str, partial: Partial, match: _Match, wanted: Sequence[str]
    ) -> Iterator[Reading]:
        used = partial.used | match.used | {i.index for i in self.slots.asked("howMuch")}
        singles_out = bool(self.slots.asked("which", "who", "where"))
        for item in self.slots.amounts:
            if (
                item.index in used
                or item.amount is None
                or not (item.amount.units or item.amount.value >= _LARGE)
            ):
                continue
            comparison, markers = self._threshold(item)
            if comparison != "equal" and self._same_unit(item.amount, match.found) and about == X:
                reading = self._reading(
                    "things", about, partial, match, used | markers | {item.index}, wanted=wanted
                )
                figure = replace(match.figure, threshold=(comparison, item.amount.value))
                kind = "things" if not self.slots.asked("howMuch") else "count"
                yield replace(reading, kind=kind, figures=(figure,))
        if self.operation in ("max", "min") and about == X:
            kind = "extreme" if singles_out else "value"
            asked = {i.index for i in self.slots.asked("which", "who", "where")} if singles_out else set()
            yield self._reading(
                kind,
                about,
                partial,
                match,
                used | self.operators | asked,
                operation=self.operation,
                wanted=wanted,
            )
        elif self.operation in ("sum", "average"):
            many = about == X and len(match.found) > 1
            operation = self.operation if many or self.operation == "average" else ""
            yield self._reading(
                "value", about, partial, match, used | self.operators, operation=operation, wanted=wanted
            )
        if used & {i.index for i in self.slots.asked("who", "where")}:
            return
        cost = -0.1 if len(match.found) > 1 and about == X and not self.slots.op("each", "list") else 0.0
        asked = (
            {i.index for i in self.slots.asked("which", "where")}
            if not self.slots.asked("howMuch")
            else set()
        )
        if not asked or about != X:
            yield self._reading(
                "value",
                about,
                partial,
                match,
                used | asked | {i.index for i in self.slots.op("each")},
                cost=cost,
                wanted=wanted,
            )

    def _reading(
        self,
        kind: str,
        about: str,
        partial: Partial,
        match: _Match,
        used: frozenset[int] | set[int],
        *,
        operation: str = "",
        amount: Amount | None = None,
        cost: float = 0.0,
        wanted: Sequence[str] = (),
    ) -> Reading:
        types = dict(partial.types)
        if wanted and about == X:
            types[X] = tuple(wanted)
        parts = tuple(p for p in partial.parts if not p[0].startswith("@"))
        if match.cost:
            parts = (*parts, (match.why, match.cost))
        if cost:
            parts = (*parts, ("several", cost))
        indexes = frozenset(used) | self._classes_named(match)
        return Reading(
            kind,
            about,
            partial.edges,
            types,
            (match.figure,),
            used=indexes,
            parts=parts,
            operation=operation,
            amount=amount,
        )

    def _classes_named(self, match: _Match) -> frozenset[int]:
        """Return the class words that the indicator or what it is about already says."""
        names = self.index.names(match.figure.indicators[0])
        found = set()
        for item in self.slots.classes:
            classes = tuple(s.iri for s in item.of("class"))
            if (len(item.text) > 1 and any(item.text in name for name in names)) or all(self.index.is_a(f.about, classes) for f in match.found):
                found.add(item.index)
        return frozenset(found)

    def _same_unit(self, amount: Amount, found: Sequence[Measured]) -> bool:
        return not amount.units or any(f.unit in amount.units for f in found)

    def _threshold(self, item: Item) -> tuple[str, frozenset[int]]:
        """Return how a figure of the question bounds: over, under or equal."""
        for name in ("over", "under"):
            near = [
                m for m in self.slots.op(name) if m.index in (item.index - 1, item.index - 2, item.index + 1)
            ]
            if near:
                return name, frozenset(m.index for m in near)
        return "equal", frozenset()

    # Comparison of two

    def _compared(self, *, truth: bool = False) -> Iterator[Reading]:
        """Yield readings that set two figures against each other."""
        markers = self.slots.op("more", "less", "compare", "difference", "ratio")
        summing = self.slots.op("sum") and len(self.reader.things) >= 2
        joined = len(self.reader.things) >= 2 and bool(self.slots.conjunctions)
        if not markers and not summing and not joined:
            return
        if self.slots.op("difference"):
            operation = "difference"
        elif self.slots.op("ratio"):
            operation = "ratio"
        elif self.slots.asked("howMuch") and markers:
            operation = "difference"
        elif markers:
            operation = "less" if self.slots.op("less") else "more"
        else:
            operation = "sum" if summing else "each"
        if operation == "each" and truth:
            return
        used = {
            i.index
            for i in (*markers, *self.slots.op("sum", "max", "both", "each"), *self.slots.conjunctions)
        }
        used |= {i.index for i in self.slots.asked("which", "howMuch", "who", "whether")}
        yield from self._compared_things(operation, used, truth)
        yield from self._compared_indicators(operation, used, truth)

    def _compared_things(self, operation: str, used: set[int], truth: bool) -> Iterator[Reading]:
        self.reader.attacher.loose = True
        yield from self._compared_operands(operation, used, truth)
        self.reader.attacher.loose = False

    def _compared_operands(self, operation: str, used: set[int], truth: bool) -> Iterator[Reading]:
        for items in (self.reader.things, [i for i in self.reader.things if not i.has("property")]):
            yield from self._compared_choice(items, operation, used, truth)

    def _compared_choice(
        self, items: Sequence[Item], operation: str, used: set[int], truth: bool
    ) -> Iterator[Reading]:
        if len(items) < 2 or len(items) > 4:
            return
        for chosen in (items, items[1:]) if len(items) > 2 else (items,):
            context = [i for i in items if i not in chosen]
            operands = []
            for item in chosen:
                options = list(self._operands(item, context))
                if not options:
                    break
                operands.append(options)
            else:
                keys = [{m.figure.indicators for m, _ in options} for options in operands]
                for indicators in sorted(set.intersection(*keys)):
                    chosen_ones = [
                        max(
                            (o for o in options if o[0].figure.indicators == indicators),
                            key=lambda o: o[0].cost + o[1].score,
                        )
                        for options in operands
                    ]
                    yield self._comparison(operation, chosen_ones, used, truth)

    def _operands(self, item: Item, context: Sequence[Item]) -> Iterator[tuple[_Match, Partial]]:
        """Yield the figures of a thing, its own or those of what the wording binds to it."""
        reader = self.reader
        for sense in item.of("thing"):
            start = Partial(frozenset({sense.iri}), used=frozenset({item.index}))
            for partial in self._with_rest(start, context, sense.iri):
                for match in self._matches(sense.iri, partial):
                    yield match, partial
        for partial in reader.bound((), frozenset(), [item, *context], steps=1, unsaid=False):
            for match in self._matches(X, partial):
                if len({f.about for f in match.found}) == 1:
                    yield match, partial

    def _comparison(
        self, operation: str, operands: Sequence[tuple[_Match, Partial]], used: set[int], truth: bool
    ) -> Reading:
        indexes = set(used)
        figures: list[Figure] = []
        edges: list[Edge] = []
        parts: list[tuple[str, float]] = []
        for number, (match, partial) in enumerate(operands):
            indexes |= match.used | partial.used | self._classes_named(match)
            name = f"?x{number}"
            figures.append(
                replace(
                    match.figure,
                    about=match.figure.about if match.figure.about != X else name,
                    name=f"m{number}",
                )
            )
            for edge in partial.edges:
                edges.append(
                    replace(
                        edge,
                        subject=name if edge.subject == X else edge.subject,
                        object=name if edge.object == X else edge.object,
                    )
                )
            share = 1 / len(operands)
            parts.extend((p[0], round(p[1] * share, 3)) for p in partial.parts if not p[0].startswith("@"))
            if match.cost:
                parts.append((match.why, round(match.cost * share, 3)))
        cost = 0.02 if operation not in ("sum", "each") else -0.01
        kind = "comparison-truth" if truth else "comparison"
        return Reading(
            kind,
            X,
            tuple(edges),
            {},
            tuple(figures),
            operation=operation,
            used=frozenset(indexes),
            parts=(*parts, (operation, cost)),
        )

    def _compared_indicators(self, operation: str, used: set[int], truth: bool) -> Iterator[Reading]:
        items = [i for i in self.slots.indicators]
        if len(items) < 2 or len(items) > 4:
            return
        for about, partial, _ in self._abouts():
            if about == X and partial.found is not None:
                continue
            matches = list(self._single_matches(about, partial, items))
            if len(matches) >= 2 and len({m.figure.indicators for m in matches}) == len(matches):
                yield self._comparison(operation, [(m, partial) for m in matches], used, truth)

    def _single_matches(self, about: str, partial: Partial, items: Sequence[Item]) -> Iterator[_Match]:
        for item in items:
            for match in self._matches(about, partial):
                if item.index in match.used and not any(
                    other.index in match.used for other in items if other is not item
                ):
                    yield match
                    break
