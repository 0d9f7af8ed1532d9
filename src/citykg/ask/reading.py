"""Readings of a question that asks for things, kinds, times, counts or a yes or no."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from .attaching import Attacher, Partial, X
from .graph import Graph
from .index import LEX, Index
from .model import Edge, Item, Reading
from .slots import EXPRESSED, Slots

if TYPE_CHECKING:
    from .figures import FigureReader

__all__ = ["Reader"]

_MOST_PARTIALS = 12
_MOST_THINGS = 5


class Reader:
    """Composes candidate readings from the slots of a question."""

    def __init__(self, slots: Slots, index: Index, graph: Graph) -> None:
        self.slots = slots
        self.index = index
        self.graph = graph
        self.attacher = Attacher(slots, index, graph)
        self.excluded = _excluded(slots)
        self.choices, self.choice_items = self._choices()
        self.speaker, self.speaking = self._speaker()
        spoken = self.speaking | self.choice_items
        self.things = [
            item for item in slots.things if item not in self.excluded and item.index not in spoken
        ][:_MOST_THINGS]

    def readings(self) -> Iterator[Reading]:
        """Yield candidate readings, in no particular order."""
        from .figures import FigureReader

        if self.speaker:
            for reading in self._unspoken(FigureReader(self)):
                yield replace(reading, said_by=self.speaker, used=reading.used | self.speaking)
            return
        yield from self._unspoken(FigureReader(self))
        homes = [item for item in self.things if self.is_home(item)]
        if homes and len(self.things) + len(self.slots.indicators) > 1 and not self.excluded:
            home = homes[0]
            context = next(s.iri for s in home.of("thing") if s.iri in set(self.index.homes.values()))
            self.things = [item for item in self.things if item is not home]
            for reading in self._unspoken(FigureReader(self)):
                if home.index not in reading.used:
                    yield replace(
                        reading,
                        used=reading.used | {home.index},
                        home=context,
                        excluded=(*reading.excluded, context) if reading.kind in ("things", "count") else (),
                        parts=(*reading.parts, (f"({home.text})", -0.15)),
                    )
            self.things = [*self.things, home]

    def _unspoken(self, figures: "FigureReader") -> Iterator[Reading]:
        truth = bool(self.slots.asked("whether"))
        if self.slots.asked("when"):
            yield from self.of_times()
        if truth and not self._open():
            yield from self.of_truth()
            yield from figures.of_truth()
            return
        if (
            self.slots.questions
            or self.things
            or figures.asks_indicator()
            or self.slots.op("difference", "ratio", "more")
        ):
            yield from figures.of_values()
        if self.slots.op("relation"):
            yield from self.of_relations()
        if (
            self._open()
            or self.choices
            or self.slots.op("list", "except", "others")
            or not self.slots.questions
        ):
            yield from self.of_things()
        if self.slots.op("describe") or self.slots.asked("who"):
            yield from self.of_kinds()
        if self.slots.asked("howMuch"):
            for reading in self.of_things():
                if reading.types.get(X) or self._counts_thing(reading):
                    yield replace(
                        reading,
                        kind="count",
                        parts=(*reading.parts, ("COUNT", -0.15)),
                        used=reading.used | self._count_used(),
                    )

    def _choices(self) -> tuple[tuple[str, ...], frozenset[int]]:
        """Return the things that a question lets choose from, with the items that say so (A还是B)."""
        for marker in self.slots.conjunctions:
            if not marker.has("conjunction", LEX + "or"):
                continue
            before = [i for i in self.slots.things if i.index == marker.index - 1]
            behind = [i for i in self.slots.things if i.index == marker.index + 1]
            if before and behind:
                iris = tuple(s.iri for i in (*before, *behind) for s in i.of("thing"))
                return iris, frozenset({before[0].index, marker.index, behind[0].index})
        return (), frozenset()

    def _speaker(self) -> tuple[str, frozenset[int]]:
        """Return who is said to say something, with the items that say so."""
        kinds = {term for term in self.index.facts if self.index.flagged(term, "speaks")}
        for item in self.slots.things:
            for sense in item.of("thing"):
                if not self.index.is_a(sense.iri, kinds):
                    continue
                for verb in self.slots.items[item.index + 1 : item.index + 3]:
                    if any(self.index.flagged(s.iri, "attributes") for s in verb.of("property")):
                        return sense.iri, frozenset({item.index, verb.index})
        return "", frozenset()

    def _open(self) -> bool:
        """Whether the question asks for things, and not only for a yes."""
        asks = any(i.of("property", "asks") or i.of("class", "asks") for i in self.slots.items)
        return asks or bool(self.slots.asked("who", "where", "which", "howMuch", "when"))

    def _counts_thing(self, reading: Reading) -> bool:
        """Whether a name stands where a how-many wants a noun, and says the kind of what is counted."""
        asked = {i.index for i in self.slots.asked("howMuch")}
        names = {s.iri for i in self.things if {i.index - 1, i.index - 2} & asked for s in i.of("thing")}
        return any(
            edge.object in names and any(self.index.flagged(p, "classifies") for p in edge.properties)
            for edge in reading.edges
        )

    def _count_used(self) -> frozenset[int]:
        asked = self.slots.asked("howMuch")
        units = [u.index for u in self.slots.units if any(u.index == a.index + 1 for a in asked)]
        return frozenset([*units, *(a.index for a in asked)])

    # What is asked for, and what binds it

    def targets(self) -> list[tuple[tuple[str, ...], frozenset[int], float]]:
        """Return the classes that may be asked for: the class, the items that say so, and the cost."""
        found: list[tuple[tuple[str, ...], frozenset[int], float]] = []
        if self.choices:
            kinds = [set(self.index.types.get(iri, ())) & set(self.index.labels) for iri in self.choices]
            common = sorted(set.intersection(*kinds))
            narrow = tuple(k for k in common if not any(k in self.index.above.get(o, ()) for o in common))
            return [(narrow, self.choice_items, 0.0)]
        asked = [*self.slots.asked("which", "howMuch"), *self.slots.op("list")]
        direct = any(0 < i.index - a.index <= 2 for i in self.slots.classes for a in asked)
        for item in self.slots.classes:
            classes = tuple(s.iri for s in item.of("class"))
            after = any(0 < item.index - a.index <= 2 for a in asked)
            before = any(0 < a.index - item.index <= 3 for a in asked)
            last = item is self.slots.classes[-1]
            cost = 0.0 if after else (-0.01 if before else (-0.02 if last else -0.1))
            if not after and direct:
                cost -= 0.3
            found.append((classes, frozenset({item.index}), cost))
        for name in ("who", "where"):
            for item in self.slots.asked(name):
                for manner, extra in (("asksFor", 0.0), ("mayAskFor", -0.04)):
                    wanted: list[str] = []
                    for sense in item.of("question"):
                        wanted.extend(self.index.facts.get(sense.iri, {}).get(manner, ()))
                    if wanted:
                        cost = extra - (0.02 if self.slots.classes else 0.0)
                        found.append((tuple(wanted), frozenset({item.index}), cost))
        found.append(((), frozenset(), -0.34 if direct else (-0.04 if found else 0.0)))
        return found

    def bound(
        self,
        wanted: Sequence[str],
        used: frozenset[int],
        things: Sequence[Item],
        *,
        constant: str | None = None,
        steps: int = 2,
        unsaid: bool = True,
        cost: float = 0.0,
        classes_used: frozenset[int] = frozenset(),
    ) -> list[Partial]:
        """Return the ways to bind what is asked for to all of some things."""
        parts = (("target", cost),) if cost else ()
        start: frozenset[str] | None = frozenset({constant}) if constant else None
        partials = [Partial(start, used=used | classes_used, parts=parts)]
        for item in sorted(things, key=self._busy):
            grown: list[Partial] = []
            for partial in partials:
                if item.index in partial.used:
                    grown.append(partial)
                    continue
                grown.extend(
                    self.attacher.attach(
                        partial, item, wanted=wanted, constant=constant, steps=steps, unsaid=unsaid
                    )
                )
            grown.sort(key=lambda p: -p.score)
            partials = grown[:_MOST_PARTIALS]
        return partials

    def _busy(self, item: Item) -> int:
        """Return how much the graph says of what an item names: the least first leaves fewest ways."""
        return max((len(self.graph.around(s.iri)) for s in item.of("thing")), default=0)

    def finished(self, partial: Partial, wanted: Sequence[str]) -> Iterator[Partial]:
        """Bind relations whose other side is left open, and account for classes that what is found has."""
        yield self._classes_accounted(partial)
        left = [
            item
            for item in self.slots.relations
            if item.index not in partial.used
            and not item.has("particle")
            and item.of("property", "says", "label")
        ]
        for item in left[:3]:
            if partial.found is None and wanted:
                partial = replace(partial, found=frozenset(self.graph.instances(wanted)))
            opened = self.attacher.existential(partial, item)
            if opened is not None:
                yield self._classes_accounted(opened)

    def _classes_accounted(self, partial: Partial) -> Partial:
        """Count a class as used that stands right behind a name of its kind, or that all that is found has."""
        used = set(partial.used)
        for item in self.slots.classes:
            if item.index in used:
                continue
            classes = tuple(s.iri for s in item.of("class"))
            before = self.slots.items[item.index - 1] if item.index else None
            if before is not None and before.index in used:
                named = before.of("thing")
                if named and any(self.index.is_a(s.iri, classes) for s in named):
                    used.add(item.index)
                    continue
            behind = self.slots.items[item.index + 1] if item.index + 1 < len(self.slots.items) else None
            if before is not None and before.has("question"):
                if behind is None or not (behind.has("class") or behind.has("property", *())):
                    continue
                if behind.has("particle"):
                    continue
            for other in self.things:
                if other.index in used and any(self.index.is_a(s.iri, classes) for s in other.of("thing")):
                    used.add(item.index)
        return replace(partial, used=frozenset(used))

    # The kinds of question

    def of_things(self) -> Iterator[Reading]:
        """Yield readings that ask for things."""
        for wanted, used, cost in self.targets():
            for named in self._subsets():
                if not named and not wanted:
                    continue
                partials = (
                    self.bound(wanted, used, named, cost=cost) if named else [self._all(wanted, used, cost)]
                )
                for partial in partials:
                    for finished in self.finished(partial, wanted):
                        yield from self._thing_readings(finished, wanted)

    def is_home(self, item: Item) -> bool:
        """Whether an item names what an article is about: it may be said although it goes without saying."""
        homes = set(self.index.homes.values())
        return any(s.iri in homes for s in item.of("thing"))

    def _subsets(self) -> list[list[Item]]:
        """Return which things bind what is asked for: all of them, or all but one that is a class as well."""
        subsets = [self.things]
        for item in self.things:
            if item.has("class") or item.has("indicator") or item.has("property"):
                subsets.append([other for other in self.things if other is not item])
        return subsets

    def _all(self, wanted: Sequence[str], used: frozenset[int], cost: float) -> Partial:
        found = frozenset(self.graph.instances(wanted))
        parts = (("target", cost),) if cost else ()
        return Partial(found, used=used, parts=parts)

    def _thing_readings(self, partial: Partial, wanted: Sequence[str]) -> Iterator[Reading]:
        types = dict(partial.types)
        if wanted:
            types[X] = tuple(wanted)
        if not partial.edges and (not wanted or not (self._open() or self.slots.op("list"))):
            return
        excluded, items = self._exclusions()
        operators = [i.index for i in self.slots.op("list", "others", "both", "each") if not items or True]
        used = partial.used | items | frozenset(operators)
        used |= {i.index for i in self.slots.asked("which")}
        parts = partial.parts
        if not wanted and self.slots.op("describe") and not self.slots.relations:
            parts = (*parts, ("describe", -0.3))
        reading = Reading("things", X, partial.edges, types, used=used, parts=parts, excluded=excluded)
        reading = replace(reading, nearest=self._nearest(partial.edges), choices=self.choices)
        if self.choices:
            reading = replace(reading, used=reading.used | self.choice_items, nearest=())
        yield self.timed(reading)
        if self.slots.op("not") and not items:
            yield from self._negated(reading, wanted)

    def _nearest(self, edges: tuple[Edge, ...]) -> tuple[tuple[Edge, str], ...]:
        """Return the relations of which the nearest is meant, with what tells near from far."""
        found = []
        for edge in edges:
            if edge.object == X and not edge.subject.startswith("?"):
                for name in edge.properties:
                    for between in self.index.facts.get(name, {}).get("nearestBy", ()):
                        found.append((edge, between))
            if edge.subject == X and not edge.object.startswith("?"):
                for name in edge.properties:
                    for other in self.index.inverse.get(name, ()):
                        for between in self.index.facts.get(other, {}).get("nearestBy", ()):
                            found.append((Edge(edge.object, (other,), X), between))
        return tuple(found)

    def _negated(self, reading: Reading, wanted: Sequence[str]) -> Iterator[Reading]:
        """Yield the reading in which the last relation does not hold of things of a class."""
        if not wanted or not reading.edges:
            return
        negations = frozenset(i.index for i in self.slots.op("not"))
        absent, kept = reading.edges[-1:], reading.edges[:-1]
        if X not in (absent[0].subject, absent[0].object):
            return
        yield replace(
            reading,
            edges=kept,
            absent=absent,
            used=reading.used | negations,
            parts=(*reading.parts, ("NOT", -0.05)),
        )

    def _exclusions(self) -> tuple[tuple[str, ...], frozenset[int]]:
        if not self.excluded:
            return (), frozenset()
        iris = tuple(s.iri for item in self.excluded for s in item.of("thing"))
        iris += tuple(
            a.other
            for iri in iris
            for a in self.graph.around(iri)
            if self.index.flagged(a.property, "sharesFigures")
            or any(self.index.flagged(i, "sharesFigures") for i in self.index.inverse.get(a.property, ()))
            or self.index.label(a.other).startswith(self.index.label(iri))
        )
        items = {i.index for i in self.excluded} | {i.index for i in self.slots.op("except", "others")}
        return iris, frozenset(items)

    def timed(self, reading: Reading) -> Reading:
        """Ask for the time that the question names."""
        if not self.slots.times:
            return reading
        item = self.slots.times[0]
        used = reading.used | {i.index for i in self.slots.times}
        return replace(reading, period=item.period or "", used=used)

    def of_kinds(self) -> Iterator[Reading]:
        """Yield readings that ask what a thing is."""
        for item in self.things[:1]:
            for sense in item.of("thing"):
                used = frozenset({item.index}) | {i.index for i in self.slots.op("describe")}
                used |= {i.index for i in self.slots.asked("who", "which")}
                used |= {
                    i.index
                    for i in self.slots.classes
                    if self.index.is_a(sense.iri, tuple(s.iri for s in i.of("class")))
                }
                cost = EXPRESSED.get(sense.how, -0.1)
                told = any(
                    a.forward and not a.modality and self.index.flagged(a.property, "describes")
                    for a in self.graph.around(sense.iri)
                )
                base = 0.1 if told or (self.slots.op("describe") and not self.slots.asked("who")) else 0.4
                yield Reading("kind", sense.iri, used=used, parts=(("describe", cost - base),))

    def of_relations(self) -> Iterator[Reading]:
        """Yield the reading that asks how two things are related."""
        if len(self.things) != 2:
            return
        for one in self.things[0].of("thing"):
            for other in self.things[1].of("thing"):
                if any(a.other == other.iri for a in self.graph.around(one.iri)):
                    used = frozenset(i.index for i in (*self.things, *self.slots.op("relation")))
                    used |= {i.index for i in self.slots.asked("which")}
                    yield Reading("relation", one.iri, compared=(one.iri, other.iri), used=used)

    def of_times(self) -> Iterator[Reading]:
        """Yield readings that ask when."""
        asked = frozenset(i.index for i in self.slots.asked("when"))
        for item in self.things:
            rest = [other for other in self.things if other is not item]
            for sense in item.of("thing"):
                cost = EXPRESSED.get(sense.how, -0.1)
                for partial in self.bound(
                    (), asked | {item.index}, rest, constant=sense.iri, steps=1, cost=cost
                ):
                    yield from self._time_readings(self._classes_accounted(partial), sense.iri)
        for wanted, used, cost in self.targets():
            if wanted:
                partials = self.bound(wanted, used | asked, self.things, cost=cost - 0.02)
                for partial in partials if self.things else [self._all(wanted, used | asked, cost)]:
                    yield from self._time_readings(self._classes_accounted(partial), X, wanted)

    def _time_readings(self, partial: Partial, target: str, wanted: Sequence[str] = ()) -> Iterator[Reading]:
        types = dict(partial.types)
        if wanted and target == X:
            types[X] = tuple(wanted)
        things = [target] if target != X else sorted(partial.found or ())
        if not any(self.graph.times(thing) for thing in islice(things, 20)):
            return
        used = set(partial.used)
        for (
            item
        ) in self.slots.relations:  # the verb that the time is asked of: it must be one of the thing's own
            if item.index not in used:
                evoked = self.attacher.evokes(item)
                if any(a.property in evoked for thing in things[:20] for a in self.graph.around(thing)):
                    used.add(item.index)
        yield Reading("time", target, partial.edges, types, used=frozenset(used), parts=partial.parts)

    def of_truth(self) -> Iterator[Reading]:
        """Yield readings that ask whether something holds."""
        asked = frozenset(i.index for i in self.slots.asked("whether"))
        negations = frozenset(i.index for i in self.slots.op("not"))
        for item in self.things:
            rest = [other for other in self.things if other is not item]
            for sense in item.of("thing"):
                cost = EXPRESSED.get(sense.how, -0.1)
                parts = ((f"{item.text} ~ {self.index.label(sense.iri)}", cost),) if cost else ()
                base = asked | {item.index} | negations
                if rest:
                    for partial in self.bound((), base, rest, constant=sense.iri, unsaid=False, steps=1):
                        accounted = self._classes_accounted(partial)
                        yield self.timed(
                            Reading(
                                "truth",
                                sense.iri,
                                accounted.edges,
                                used=accounted.used,
                                parts=(*parts, *partial.parts),
                            )
                        )
                    yield from self._refutable(sense.iri, rest, base, parts)
                for kind in self.slots.classes:
                    classes = tuple(s.iri for s in kind.of("class"))
                    yield Reading(
                        "truth", sense.iri, types={sense.iri: classes}, used=base | {kind.index}, parts=parts
                    )
        for reading in self.of_things():
            if reading.types.get(X):
                yield replace(
                    reading,
                    kind="exists",
                    used=reading.used | asked | negations,
                    parts=(*reading.parts, ("EXISTS", -0.04)),
                )

    def _refutable(
        self, thing: str, rest: Sequence[Item], used: frozenset[int], parts: tuple[tuple[str, float], ...]
    ) -> Iterator[Reading]:
        """Yield readings that state a relation which the graph does not hold: they may be known to be false."""
        if len(rest) != 1:
            return
        for relation in [*self.slots.relations, *self.slots.hints]:
            if relation.index in used:
                continue
            hows = EXPRESSED if relation in self.slots.relations else {"hints": -0.2}
            names = tuple(sorted({s.iri for s in relation.of("property") if s.how in hows}))
            for other in rest[0].of("thing"):
                cost = -0.1 if relation in self.slots.relations else -0.25
                yield Reading(
                    "untruth",
                    thing,
                    (Edge(thing, names, other.iri),),
                    used=used | self.attacher.with_companions(relation) | {relation.index, rest[0].index},
                    parts=(*parts, ("?", cost)),
                )


def _excluded(slots: Slots) -> list[Item]:
    """Return the things that an exception leaves out: those right behind the word for it, or named before it."""
    markers = slots.op("except")
    if not markers:
        return []
    first = markers[0].index
    found: list[Item] = []
    for item in slots.things:
        between = slots.items[found[-1].index + 1 if found else first + 1 : item.index]
        if item.index > first and all(_joins(i) for i in between):
            found.append(item)
    return found


def _joins(item: Item) -> bool:
    return (
        item.has("conjunction")
        or (item.has("particle") and not item.has("property"))
        or not item.text.strip()
    )
