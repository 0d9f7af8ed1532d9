"""Readings of a question that asks for things, kinds, names, times or relations."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, product

from ..facts.graph import Graph
from ..model import Item, Reading
from ..words.index import Index
from ..words.slots import EXPRESSED, Slots
from .attaching import Attacher, Partial, X
from .choosing import read_choice
from .denying import denials, denied, kinds_of, sets_apart
from .evoking import Evoker
from .excepting import excluded, excluded_kind
from .matching import Match
from .naming import Naming
from .relations import Relations
from .scoring import ACCEPTED
from .when import of_stated_times

__all__ = ["Reader"]

_MOST_THINGS = 5
_DENIED = -0.05
_HOUR = "T"  # what stands before the hour in ISO 8601


class Reader(Naming):
    """Composes candidate readings from the slots of a question."""

    def __init__(self, slots: Slots, index: Index, graph: Graph) -> None:
        self.matched: dict[tuple[object, ...], list[Match]] = {}
        self.slots = slots
        self.context = False
        self.index = index
        self.graph = graph
        self.evoker = Evoker(slots, index)
        self.relations = Relations(slots, index, graph, self.evoker)
        self.attacher = Attacher(slots, index, self.evoker, self.relations)
        self.excluded = excluded(slots, index)
        choice = read_choice(slots)
        self.choices, self.choice_items, self.twins = choice.things, choice.items, choice.twins
        self.speaker, self.speaking = self._speaker()
        spoken = self.speaking | self.choice_items
        self.denied = denied(slots) or excluded_kind(slots, self.excluded)
        self.things = [
            item for item in slots.things if item not in self.excluded and item.index not in spoken
        ][:_MOST_THINGS]

    def in_context(self) -> "Reader":
        """Return a reader of the same question that leaves words to what passages state besides."""
        reader = Reader(self.slots, self.index, self.graph)
        reader.context = True
        reader.evoker, reader.relations, reader.attacher = self.evoker, self.relations, self.attacher
        reader.relations.loose = False
        return reader

    def asks_things(self) -> bool:
        """Whether the question asks for things, and not only for a yes."""
        asks = any(i.of("property", "asks") or i.of("class", "asks") for i in self.slots.items)
        asks = asks and not self.slots.asked("whether")
        return asks or bool(self.slots.asked("who", "where", "which", "howMuch", "howBig", "when"))

    def of_things(self) -> Iterator[Reading]:
        """Yield readings that ask for things."""
        for wanted, used, cost in self.targets():
            if cost < ACCEPTED - 1.0:
                continue  # nothing makes up for it
            for named in self.subsets():
                if not named and not any(self.slots.items[i].has("class") for i in used) and not self._sole():
                    continue  # nothing says of whom or of what
                for partial in self._partials(wanted, used, named, cost):
                    if partial.score < ACCEPTED - 1.0:
                        continue
                    for finished in self.finished(partial, wanted):
                        yield from self._thing_readings(finished, wanted)
            if self.denied is not None and self.denied.index not in used:
                yield from self._without_denied(wanted, used, cost)

    def _partials(
        self, wanted: Sequence[str], used: frozenset[int], named: Sequence[Item], cost: float
    ) -> list[Partial]:
        if named:
            return self.bound(wanted, used, named, cost=cost, least=ACCEPTED - 1.0)
        return [self.everything(wanted, used, cost)]

    def _without_denied(self, wanted: Sequence[str], used: frozenset[int], cost: float) -> Iterator[Reading]:
        """Yield readings that ask for things of a class of which what stands behind a not is not stated."""
        if not wanted or self.denied is None:
            return
        yield from self._beside_denied(self.denied, wanted, used, cost)
        for denial, named in product(denials(self.denied, self.attacher, wanted), self.subsets()):
            items = used | denial.used | {i.index for i in self.slots.op("not", "except", "others")}
            told = [item for item in named if item is not self.denied]
            for partial in self._partials(wanted, items, told, cost):
                for finished in self.finished(partial, wanted):
                    for reading in self._thing_readings(finished, wanted):
                        parts = (*reading.parts, ("NOT", round(denial.cost + _DENIED, 3)))
                        yield replace(reading, absent=(denial.edge,), parts=parts)

    def _beside_denied(
        self, denied: Item, wanted: Sequence[str], used: frozenset[int], cost: float
    ) -> Iterator[Reading]:
        """Yield readings that ask for things of a class of which none is of the kind that is denied, but of
        which things of that kind have the relations that are asked for (哪些是省而不是直辖市).
        """
        if not sets_apart(denied, self.attacher, wanted):
            return
        items = used | {denied.index} | {i.index for i in self.slots.op("not", "except", "others")}
        named = [item for item in self.things if item is not denied]
        others = self._partials(kinds_of(denied), items, named, cost)
        for partial in self._partials(wanted, items, named, cost):
            if partial.edges and any(other.edges == partial.edges for other in others):
                partial = replace(partial, parts=(*partial.parts, ("NOT", _DENIED)))
                for finished in self.finished(partial, wanted):
                    yield from self._thing_readings(finished, wanted)

    def _sole(self) -> bool:
        """Whether the one name is a word of a verb in pieces, who does which is asked for (接受…采访)."""
        verbs = [i for i in self.things if i.pieces and all(s.how == "sole" for s in i.of("thing"))]
        return bool(verbs) and verbs == self.things and bool(self.slots.asked("who"))

    def _thing_readings(self, partial: Partial, wanted: Sequence[str]) -> Iterator[Reading]:
        types = dict(partial.types)
        if wanted:
            types[X] = tuple(wanted)
        if not partial.edges and (not wanted or not (self.asks_things() or self.slots.op("list"))):
            return
        excluded, items = self._exclusions(wanted)
        operators = [i.index for i in self.slots.op("list", "others", "both", "each")]
        used = partial.used | items | frozenset(operators)
        used |= {i.index for i in self.slots.asked("which")}
        parts = partial.parts
        for item in self.slots.classes:  # of the places … which are cities: the wider class is borne out
            if all(
                any(s.iri in self.index.above.get(w, ()) for s in item.of("class")) for w in wanted or [""]
            ):
                used |= {item.index}
        said = any(item.index in partial.used for item in self.slots.relations)
        headless = any(self._headless_what(item) for item in self.things)
        recurs = any((item.period or "").startswith("R/") for item in self.slots.times)
        if not wanted and self.slots.op("describe") and not (said or headless or recurs):
            parts = (*parts, ("describe", -0.35))
        reading = Reading(
            "things",
            X,
            partial.edges,
            types,
            used=used | self.choice_items if self.choices else used,
            parts=parts,
            excluded=excluded,
            nearest=() if self.choices else self.nearest(partial.edges),
            choices=self.choices,
        )
        yield self.timed(reading)
        if self.context and self.slots.times:
            yield reading
        if self.slots.op("not") and self.denied is None and not items:
            yield from self._negated(reading, wanted)

    def _negated(self, reading: Reading, wanted: Sequence[str]) -> Iterator[Reading]:
        """Yield the reading in which the last relation does not hold of things of a class."""
        if not wanted or not reading.edges or X not in (reading.edges[-1].subject, reading.edges[-1].object):
            return
        yield replace(
            reading,
            edges=reading.edges[:-1],
            absent=reading.edges[-1:],
            used=reading.used | {i.index for i in self.slots.op("not")},
            parts=(*reading.parts, ("NOT", _DENIED)),
        )

    def of_times(self) -> Iterator[Reading]:
        """Yield readings that ask when: of what is stated with a time, or else of things that have one."""
        stated = list(of_stated_times(self.slots, self.things, self.index, self.graph, self.evoker))
        if stated:
            yield from stated
            return
        asked = frozenset(i.index for i in self.slots.asked("when"))
        for item in self.things:
            rest = [other for other in self.things if other is not item]
            for sense in item.of("thing"):
                cost = EXPRESSED.get(sense.how, -0.1)
                for partial in self.bound(
                    (), asked | {item.index}, rest, constant=sense.iri, steps=1, cost=cost
                ):
                    yield from self._time_readings(self.classes_accounted(partial), sense.iri)
        for wanted, used, cost in self.targets():
            if wanted:
                partials = self.bound(wanted, used | asked, self.things, cost=cost - 0.02)
                for partial in partials if self.things else [self.everything(wanted, used | asked, cost)]:
                    yield from self._time_readings(self.classes_accounted(partial), X, wanted)

    def _dated(self, thing: str) -> bool:
        """Whether a thing has a time, and an hour where one is asked for."""
        hour = bool(self.slots.asked("timeOfDay"))
        return any(_HOUR in time.period or not hour for time in self.graph.times(thing))

    def _time_readings(self, partial: Partial, target: str, wanted: Sequence[str] = ()) -> Iterator[Reading]:
        types = dict(partial.types)
        if wanted and target == X:
            types[X] = tuple(wanted)
        homes = set(self.index.homes.values())
        things = [target] if target != X else sorted(partial.found or ())
        if target in homes or not any(self._dated(thing) for thing in islice(things, 20)):
            return
        used = set(partial.used)
        for (
            item
        ) in self.slots.relations:  # the verb that the time is asked of: it must be one of the thing's own
            if item.index not in used:
                evoked = self.evoker.evokes(item)
                own = [thing for thing in things[:20] if thing not in homes]  # of the home everything is said
                if any(a.property in evoked for thing in own for a in self.graph.around(thing)):
                    used.add(item.index)
        yield Reading("time", target, partial.edges, types, used=frozenset(used), parts=partial.parts)
