"""Readings that ask for figures: one, several, their sum or mean, the greatest, a comparison, a threshold."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..fitting.means import is_mean_of_others, of_which_is_unsaid
from ..model import Amount, Figure, Reading
from ..words.slots import said_done
from .attaching import Partial, X
from .comparing import Comparing
from .matching import Match

if TYPE_CHECKING:
    from .reader import Reader

__all__ = ["FigureReader"]

_MANY = 400
_TOGETHER = -0.15
_BY_VALUE = -0.1
_CALLED = -0.05


class FigureReader(Comparing):
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
            or self.slots.asked("howMuch", "howBig")
            or self.slots.op("difference", "ratio", "numerous")
            or self.slots.amounts
            or self.asks_indicator()
        ):
            return
        yield from self._compared()
        yield from self._valued()
        yield from self._called()
        if self.reader.choices:
            return  # one of the choices is the answer
        for about, partial, wanted in self._abouts():
            for match in self._matches(about, partial):
                yield from self._value_readings(about, partial, match, wanted)

    def _valued(self) -> Iterator[Reading]:
        """Yield readings that ask what a figure is said of, which is named without its indicator."""
        asked = self.slots.asked("which", "who", "where")
        if self.slots.indicators or not asked or self.slots.asked("howMuch", "howBig"):
            return
        named = {s.iri for item in self.reader.things for s in item.of("thing")}
        for item in self.slots.amounts:
            amount = item.amount
            behind = self.slots.items[item.index + 1 : item.index + 2]
            if any(i.has("class") or i.has("thing") for i in behind):
                continue  # it counts what stands behind it
            if amount is None or not amount.exact or self._threshold(item)[1]:
                continue
            for about, indicator, unit in self.graph.valued(amount.value):
                if (amount.units and unit not in amount.units) or about in named:
                    continue
                kinds = [
                    i
                    for i in self.slots.classes
                    if self.index.is_a(about, tuple(s.iri for s in i.of("class")))
                ]
                used = {item.index, *(i.index for i in (*asked, *kinds, *self.slots.op("describe", "list")))}
                figure = Figure(X, (indicator,), threshold=("equal", amount.value))
                parts = ((f"{item.text} → {self.index.label(indicator)}", _BY_VALUE),)
                yield Reading("things", X, (), {}, (figure,), used=frozenset(used), parts=parts)

    def _called(self) -> Iterator[Reading]:
        """Yield readings that ask what a figure is the figure of: the indicator."""
        asked = self.slots.asked("which")
        if not asked or self.slots.asked("howMuch", "howBig", "when", "where", "why", "how"):
            return
        words = self.slots.indicators
        kinds = [
            i
            for i in self.slots.classes
            if any(self.index.flagged(s.iri, "namesFigures") for s in i.of("class")) and not i.has("thing")
        ]
        if not words and not kinds and not any(i.of("class", "ending") for i in self.slots.classes):
            return
        named = {s.iri for item in self.reader.things for s in item.of("thing")}
        for item in self.slots.amounts:
            amount = item.amount
            if amount is None or not amount.units or self._threshold(item)[1]:
                continue
            for about, indicator, unit in self.graph.valued(amount.value):
                if unit not in amount.units or (named and about not in named):
                    continue
                names = self.index.names(indicator)
                ends = [
                    i
                    for i in self.slots.classes
                    if i.of("class", "ending") and any(i.text in n for n in names)
                ]
                fitting = [
                    i for i in words if any(indicator in self.index.below(s.iri) for s in i.of("indicator"))
                ]
                behind = [i for i in self.slots.classes if i.index - 1 in {a.index for a in asked}]
                if len(fitting) < len(words) or not (words or kinds or ends):
                    continue
                if words and not kinds and not any(i.index - 1 in {a.index for a in asked} for i in words):
                    continue  # the question says itself which figure it is
                if any(i not in (*words, *kinds, *ends) for i in behind):
                    continue  # a thing of that kind is asked for
                used = {
                    item.index,
                    *(i.index for i in (*asked, *words, *kinds, *ends, *self.slots.op("describe", "list"))),
                }
                used |= {i.index for i in self.reader.things if about in {s.iri for s in i.of("thing")}}
                figure = Figure(about, (indicator,), threshold=("equal", amount.value))
                parts = ((f"{item.text} → {self.index.label(indicator)}", _CALLED),)
                yield Reading(
                    "value", about, (), {}, (figure,), used=frozenset(used), parts=parts, operation="name"
                )

    def of_truth(self) -> Iterator[Reading]:
        """Yield readings that compare a figure with the one that the question names."""
        for about, partial, _ in self._abouts():
            for match in self._matches(about, partial):
                for item in self.slots.amounts:
                    claimed = any(
                        i.index < item.index for i in self.slots.indicators
                    )  # and no part of a name
                    if (item.index in match.used and not claimed) or item.amount is None:
                        continue
                    comparison, markers = self._threshold(item)
                    if not self._same_unit(item.amount, match.found) or not self._counted(item, match):
                        continue
                    used = partial.used | match.used | markers | {item.index}
                    used |= {i.index for i in (*self.slots.asked("whether"), *self.slots.op("not"))}
                    used |= {i.index for i in said_done(self.slots, self.index)}
                    yield self._reading(
                        "figure-truth", about, partial, match, used, amount=item.amount, operation=comparison
                    )
        yield from self._compared(truth=True)

    def _operation(self) -> tuple[str, frozenset[int]]:
        for name in ("average", "ratio", "difference", "max", "min", "sum"):
            found = self.slots.op(name)
            if found:
                return name, frozenset(i.index for i in found)
        return "", frozenset()

    def _value_readings(
        self, about: str, partial: Partial, match: Match, wanted: Sequence[str]
    ) -> Iterator[Reading]:
        asked = {i.index for i in self.slots.asked("howMuch", "howBig")}
        used = partial.used | match.used | asked
        singles_out = bool(self.slots.asked("which", "who", "where"))
        for item in self.slots.amounts:
            if item.index in used or item.amount is None or not item.amount.exact:
                continue
            comparison, markers = self._threshold(item)
            exact = item.amount.exact
            if comparison == "equal" and not (singles_out and exact):
                continue
            if item.amount.over and any(f.value >= item.amount.next_round for f in match.found):
                continue  # no bound above it
            if self._same_unit(item.amount, match.found) and about == X:
                reading = self._reading(
                    "things", about, partial, match, used | markers | {item.index}, wanted=wanted
                )
                figure = replace(match.figure, threshold=(comparison, item.amount.value))
                kind = "things" if not self.slots.asked("howMuch", "howBig") else "count"
                yield replace(reading, kind=kind, figures=(figure,))
        if about == X and self._left_below(partial):
            return
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
            if self.operation == "average" and (
                is_mean_of_others({f.about for f in match.found}, self.slots, self.index)
                or of_which_is_unsaid(self.slots, self.index, self.graph)
            ):
                return
            if many and self.operation == "sum" and (not self._sums(match) or self._overlap(match)):
                return  # counts of things that the question does not name may overlap
            if about == X and not many and self.operation == "sum" and not partial.edges:
                return  # one of all of a kind is not their sum
            operation = self.operation if many or self.operation == "average" else ""
            yield self._reading(
                "value", about, partial, match, used | self.operators, operation=operation, wanted=wanted
            )
        elif (
            asked
            and about == X
            and partial.found is not None
            and self.index.flagged(match.figure.indicators[0], "adds")
            and len(match.found) > 1
            and not self._overlap(match)
        ):
            yield self._reading(
                "value", about, partial, match, used, operation="sum", cost=_TOGETHER, wanted=wanted
            )
        if used & {i.index for i in self.slots.asked("who", "where")}:
            return
        listed = bool(self.slots.op("each", "list"))
        if about == X and not listed and (len(match.found) > 1 or self._others(partial, match)):
            return  # of which one is not said
        cost = 0.0
        asked = (
            {i.index for i in self.slots.asked("which", "where")}
            if not self.slots.asked("howMuch", "howBig")
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

    def _overlap(self, match: Match) -> bool:
        """Whether figures are of groups and of single things, which may be members of these."""
        groups = self.reader.index.having("summarises")
        return len({self.reader.index.is_a(figure.about, groups) for figure in match.found}) > 1

    def _left_below(self, partial: Partial) -> bool:
        """Whether what is measured is classed by something with narrower kinds, and what is of these, and all
        else that is asked for, is missing.
        """
        ends = [{end for end in (e.subject, e.object) if end[0] != "?"} for e in partial.edges]
        for number, named in enumerate(ends):
            kinds = {
                a.other
                for end in named
                for a in self.graph.around(end)
                if not a.forward and self.index.flagged(a.property, "widens")
            }
            others = [e for e in (*ends[:number], *ends[number + 1 :]) if e]
            below = {a.other for kind in kinds for a in self.graph.around(kind)}
            if kinds and (not others or any(all(e & self._near(thing) for e in others) for thing in below)):
                return True
        return False

    def _near(self, thing: str) -> set[str]:
        """Return all that a thing is related to."""
        return {a.other for a in self.graph.around(thing)}

    def _sums(self, match: Match) -> bool:
        """Whether figures may be summed: amounts, or counts of what one relation binds."""
        return self.index.flagged(match.figure.indicators[0], "adds") or any(
            below in self.index.above.get(match.figure.indicators[0], ())
            for below in self.index.facts
            if self.index.flagged(below, "adds")
        )

    def _others(self, partial: Partial, match: Match) -> bool:
        """Whether the words fit figures about other things as well, where nothing binds what is measured."""
        if partial.found is not None and partial.edges:
            return False
        below = {
            term
            for item in self.slots.indicators
            if item.index in match.used
            for sense in item.of("indicator")
            if match.figure.indicators[0] in self.index.below(sense.iri)
            for term in self.index.below(sense.iri)
        }
        measured = set(self.graph.measured(sorted(below))) if below else set()
        return len(measured & partial.found if partial.found is not None else measured) > 1

    def _reading(
        self,
        kind: str,
        about: str,
        partial: Partial,
        match: Match,
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

    # Comparison of two
