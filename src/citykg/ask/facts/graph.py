"""What the graph states around a thing, fetched when it is needed and kept."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from citykg.sparql import pattern
from citykg.store import Store, rows

from ..words.index import BEGINNING, ENDING, Index
from .passages import Passages

__all__ = ["Around", "Dated", "Graph", "Measured", "Timed"]

_AT_ONCE = 32
_MOST_EDGES = 10_000  # as the query has it
_MOST_FETCHED = 500

_Told = TypeVar("_Told")


@dataclass(frozen=True, slots=True, order=True)
class Around:
    """A relation of a thing: ``forward`` when the thing is its subject; no modality: a bare triple."""

    property: str
    forward: bool
    other: str
    modality: str


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure as the graph states it."""

    iri: str
    about: str
    indicator: str
    value: Fraction
    unit: str
    as_stated: str
    period: str
    base_period: str
    modality: str
    bound: str
    base: str
    base_indicator: str
    group: str
    work: str
    passage: str


@dataclass(frozen=True, slots=True)
class Timed:
    """A time that the graph states of a thing."""

    thing: str
    period: str
    wording: str
    passage: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A relation that a passage states with a modality and a time."""

    thing: str
    subject: str
    property: str
    object: str
    modality: str


class Graph:
    """A store as the reading of questions sees it: named things and what relates them."""

    def __init__(self, store: Store, index: Index) -> None:
        self.store = store
        self._index = index
        self._named = index.labels
        self._properties = frozenset(index.properties)
        self._around: dict[str, tuple[Around, ...]] = {}
        self._specific: dict[str, tuple[Around, ...]] = {}
        self._beside_homes: dict[str, frozenset[str]] = {}
        self._between: dict[str, dict[str, set[tuple[str, bool]]]] = {}
        self._figures: dict[str, tuple[Measured, ...]] = {}
        self._instances: dict[str, tuple[str, ...]] = {}
        self._times: dict[str, tuple[Timed, ...]] = {}
        self._dated: dict[str, tuple[Dated, ...]] = {}
        self._measured: dict[str, tuple[str, ...]] = {}
        self.passages = Passages(store)

    def beside_homes(self, flag: str) -> frozenset[str]:
        """Return what articles are about, with what relations lead from it to that the lexicon flags so."""
        if flag not in self._beside_homes:
            homes = frozenset(self._index.homes.values())
            flagged = {
                a.other
                for home in homes
                for a in self.around(home)
                if a.forward and self._index.flagged(a.property, flag)
            }
            self._beside_homes[flag] = homes | flagged
        return self._beside_homes[flag]

    def around(self, thing: str) -> tuple[Around, ...]:
        """Return the relations of a thing, both ways."""
        self.fetch_around([thing])
        return self._around[thing]

    def fetch_around(self, things: Iterable[str]) -> None:
        """Fetch the relations of some things, as far as they are not known yet."""
        missing = [thing for thing in dict.fromkeys(things) if thing not in self._around]
        for start in range(0, len(missing), _AT_ONCE):
            block = missing[start : start + _AT_ONCE]
            if not self._fetch_around(block):
                for thing in block:  # so much that each one is cut off by itself
                    self._fetch_around([thing])

    def _fetch_around(self, things: Sequence[str]) -> bool:
        """Keep the relations of some things; whether all came, which need not be so of one thing alone."""
        found: dict[str, set[Around]] = {thing: set() for thing in things}
        number = 0
        terms = " ".join(f"<{thing}>" for thing in things)
        for row in rows(self.store, pattern("ask-edges", things=terms)):
            number += 1
            # What is no named thing is left out here: as a filter of the query it costs ten times as much.
            if row["property"] in self._properties and row["other"] in self._named:
                around = Around(
                    row["property"], row["direction"] == "out", row["other"], row.get("modality", "")
                )
                found[row["thing"]].add(around)
        whole = number < _MOST_EDGES or len(things) == 1
        if whole:
            self._around.update((thing, tuple(sorted(edges))) for thing, edges in found.items())
        return whole

    def fetch(self) -> None:
        """Fetch what is around the places that articles are about and a few hundred other things, their
        figures and times, and what passages say: what most questions need.
        """
        homes = sorted(set(self._index.homes.values()))
        self.fetch_around(homes)
        near = [a.other for home in homes for a in self._around[home]]
        things = list(dict.fromkeys([*homes, *near, *self._index.types]))[:_MOST_FETCHED]
        self.fetch_around(things)
        self.fetch_figures(things)
        self.fetch_times(things)
        self.passages.fetch()

    def may_relate(self, subject: str, name: str, target: str) -> bool:
        """Whether a relation may hold between two things: by what has been fetched so far."""
        for one, other, forward in ((subject, target, True), (target, subject, False)):
            if one in self._around:
                return name not in self._properties or (name, forward) in self._relations(one).get(other, ())
        return True

    def _relations(self, thing: str) -> dict[str, set[tuple[str, bool]]]:
        """Return the relations of a thing by what they lead to, each with its direction."""
        if thing not in self._between:
            found: dict[str, set[tuple[str, bool]]] = defaultdict(set)
            for a in self._around[thing]:
                found[a.other].add((a.property, a.forward))
            self._between[thing] = dict(found)
        return self._between[thing]

    def specific(self, thing: str) -> tuple[Around, ...]:
        """Return the relations of a thing to others, without those that a narrower one implies."""
        if thing not in self._specific:
            found = self.around(thing)
            present = {(a.property, a.forward, a.other) for a in found}
            implied = {
                (upper, forward, other)
                for name, forward, other in present
                for upper in self._index.above.get(name, ())
                if upper != name
            }
            self._specific[thing] = tuple(
                a for a in found if (a.property, a.forward, a.other) not in implied and a.other != thing
            )
        return self._specific[thing]

    def figures(self, things: Iterable[str]) -> Iterator[Measured]:
        """Yield the figures about some things."""
        wanted = list(dict.fromkeys(things))
        self.fetch_figures(wanted)
        for thing in wanted:
            yield from self._figures[thing]

    def fetch_figures(self, things: Iterable[str]) -> None:
        """Fetch the figures about some things, as far as they are not known yet."""
        self._fetch_of(things, "ask-figures", "about", _measured, self._figures)

    def measured(self, indicators: Iterable[str]) -> tuple[str, ...]:
        """Return the things that figures of some indicators are about."""
        terms = " ".join(f"<{iri}>" for iri in indicators)
        if terms not in self._measured:
            found = rows(self.store, pattern("ask-measured", indicators=terms))
            self._measured[terms] = tuple(row["about"] for row in found)
        return self._measured[terms]

    def instances(self, classes: Iterable[str]) -> tuple[str, ...]:
        """Return the named things of some classes."""
        wanted = list(classes)
        key = " ".join(f"<{iri}>" for iri in wanted)
        if key not in self._instances:
            proper = " ".join(f"<{iri}>" for iri in wanted if not iri.startswith((ENDING, BEGINNING)))
            found = rows(self.store, pattern("ask-instances", classes=proper)) if proper else ()
            things = [row["thing"] for row in found]
            if any(iri.startswith((ENDING, BEGINNING)) for iri in wanted):
                things += [thing for thing in self._index.types if self._index.is_a(thing, tuple(wanted))]
            self._instances[key] = tuple(dict.fromkeys(things))
        return self._instances[key]

    def valued(self, value: Fraction) -> tuple[tuple[str, str, str], ...]:
        """Return what is measured at a value: the thing, the indicator, the unit."""
        number = format(Decimal(value.numerator) / Decimal(value.denominator), "f")
        found = rows(self.store, pattern("ask-valued", value=number))
        return tuple((row["about"], row["indicator"], row["unit"]) for row in found)

    def stated(self, one: str, other: str) -> bool:
        """Whether a passage states a relation between two things."""
        found = rows(self.store, pattern("ask-stated", one=f"<{one}>", other=f"<{other}>"))
        return any(True for _ in found)

    def times(self, thing: str) -> tuple[Timed, ...]:
        """Return the times stated of a thing."""
        self.fetch_times([thing])
        return self._times[thing]

    def fetch_times(self, things: Iterable[str]) -> None:
        """Fetch the times stated of some things, as far as they are not known yet."""
        self._fetch_of(things, "ask-times", "thing", _timed, self._times)

    def dated(self, thing: str) -> tuple[Dated, ...]:
        """Return what passages state of a thing with a modality and a time."""
        self._fetch_of([thing], "ask-dated", "thing", _dated, self._dated)
        return self._dated[thing]

    def dated_in(self, period: str) -> tuple[Dated, ...]:
        """Return what passages state of a time with a modality, the period as they have it."""
        found = rows(self.store, pattern("ask-dated-in", period=f'"{period}"'))
        return tuple(_dated(row) for row in found)

    def _fetch_of(
        self,
        things: Iterable[str],
        query: str,
        column: str,
        read: Callable[[dict[str, str]], _Told],
        known: dict[str, tuple[_Told, ...]],
    ) -> None:
        """Add what a query tells of some things to what is known, as far as it is not.

        Args:
            things: of which it is wanted.
            query: the name of its pattern.
            column: of its rows, that has the thing.
            read: makes of a row what is kept.
            known: what is kept, by thing.
        """
        missing = [thing for thing in things if thing not in known]
        if missing:
            found: dict[str, list[_Told]] = {thing: [] for thing in missing}
            for row in rows(self.store, pattern(query, things=" ".join(f"<{thing}>" for thing in missing))):
                found[row[column]].append(read(row))
            known.update({thing: tuple(told) for thing, told in found.items()})


def _timed(row: dict[str, str]) -> Timed:
    return Timed(row["thing"], row["period"], row["wording"], row["passage"])


def _dated(row: dict[str, str]) -> Dated:
    return Dated(row["thing"], row["subject"], row["property"], row["object"], row["modality"])


def _measured(row: dict[str, str]) -> Measured:
    return Measured(
        row["measurement"],
        row["about"],
        row["indicator"],
        Fraction(row["value"]),
        row["unit"],
        row["asStated"],
        row.get("period", ""),
        row.get("basePeriod", ""),
        row.get("modality", ""),
        row.get("bound", ""),
        row.get("base", ""),
        row.get("baseIndicator", ""),
        row.get("group", ""),
        row.get("work", ""),
        row.get("passage", ""),
    )
