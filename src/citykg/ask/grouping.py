"""Readings of a question for each one of a kind: how many, or which, of something every one of them has.

The words that group (每个字号, 按字号统计) are taken out; what is left (各有几个产业) is read as a question
that asks for things, and a relation binds these to what they are grouped by.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from .attaching import Partial, X
from .evoking import Evoker
from .graph import Around, Graph
from .index import LEX, Index
from .model import Edge, Item, Outcome, Reading
from .reading import Reader
from .relations import without_inverses
from .scoring import ACCEPTED, scored
from .slots import Slots, read_slots

__all__ = ["GROUP", "GroupReader", "Grouping", "grouping", "tells_each"]

GROUP = "?group"
"""The variable of what things are grouped by; the things are ?x as everywhere."""

_GROUPED = -0.05
_BY_NOUN = -0.02
_LEAST_SAID = -0.1
_PLACED = -0.1
_HINTED = -0.12
_UNSAID = -0.2
_LEFT_HOME = -0.15
_MOST_GROUPS = 80
_BETWEEN = 2  # words between what says each and the noun: 每 种 企业
_LEAST_NOUN = 3  # characters of the name of a relation that is a noun, and no verb
_TIMES = (LEX + "year-mark", LEX + "month-mark", LEX + "day-mark")
_ELSEWHERE = ("whether", "when", "why", "how", "howBig", "who", "where")
_OTHERWISE = ("average", "rate", "sum", "max", "min", "not", "except", "order", "ascending")


class _Way(NamedTuple):
    """A relation between things and their groups: ``forward`` when the group is its subject."""

    names: tuple[str, ...]
    forward: bool
    modal: str
    used: frozenset[int]
    parts: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """What a question groups by, and the rest of the question.

    Args:
        by: kind (things of a kind), relation (what one leads to), class (what things are), or other.
        kinds: that the noun names.
        words: the noun, and those before it that say the relation.
        counts: whether a word of the grouping itself says that things are counted (按…统计).
        slots: of the words that are left.
    """

    by: str
    kinds: tuple[str, ...]
    words: tuple[Item, ...]
    counts: bool
    slots: Slots


def grouping(slots: Slots, index: Index) -> Grouping | None:
    """Return what a question groups by, or None where it does not, or asks for no number and no things."""
    by = slots.op("groupedBy")
    if slots.asked(*_ELSEWHERE) or any(item not in by for item in slots.op(*_OTHERWISE)):
        return None
    for noun in slots.op("everyPlace"):
        places = tuple(index.facts.get(LEX + "everyPlace", {}).get("asksFor", ()))
        return _without([noun], "kind", places, (noun,), slots, index)
    for marker in (*slots.op("every"), *by[:1]):
        found = _behind(marker, slots, index)
        if found is not None:
            return found
    return None


def _behind(marker: Item, slots: Slots, index: Index) -> Grouping | None:
    """Return the grouping by the noun behind a word that groups."""
    behind = slots.items[marker.index + 1 : marker.index + 2 + _BETWEEN]
    for number, noun in enumerate(behind):
        found = _by_noun(noun, [marker, *behind[:number]], slots, index)
        if found is not None:
            return found
        between = noun.has("particle") or noun.has("operator", LEX + "every") or noun.has("property")
        if noun.has("question") or not between:
            return None
    return None


def _by_noun(noun: Item, before: Sequence[Item], slots: Slots, index: Index) -> Grouping | None:
    """Return the grouping by a noun, if it is one to group by.

    Args:
        noun: the word.
        before: the words before it, from the one that groups.
        slots: of the question.
        index: of the graph.
    """
    marker, between = before[0], before[1:]
    by = slots.op("groupedBy")
    words = [*by, *before, noun]
    if noun.has("class") and not noun.has("particle"):
        kinds = tuple(s.iri for s in noun.of("class"))
        if marker.has("operator", LEX + "everyGroup"):
            groups = set(index.having("summarises"))
            kinds = tuple(k for k in kinds if groups.intersection((k, *index.above.get(k, ())))) or kinds
        said = (*(i for i in between if i.of("property", "says", "label")), noun)
        found = _without(words, "kind", kinds, said, slots, index)
        if marker.has("operator", LEX + "everyKind") and not found.slots.classes:
            return _without([*by, *before], "class", kinds, said, slots, index)  # 每类企业
        return found
    relation = noun.of("property", "label") and not noun.has("thing") and not noun.has("particle")
    if relation and len(noun.text) >= _LEAST_NOUN:
        return _without(words, "relation", (), (noun,), slots, index)
    if noun.has("mark", *_TIMES) and (marker in by or len(noun.text) > 1):
        return _without(words, "other", (), (noun,), slots, index)  # 按年份
    return None


def _without(
    words: Sequence[Item], by: str, kinds: tuple[str, ...], said: tuple[Item, ...], slots: Slots, index: Index
) -> Grouping:
    left = [one for item in slots.items if item not in words for one in _parted(item, index)]
    rest = read_slots([replace(item, index=number) for number, item in enumerate(left)], index)
    counts = any(item.has("operator", LEX + "tallied") for item in words)
    return Grouping(by, kinds, said, counts, rest)


def _parted(item: Item, index: Index) -> list[Item]:
    """Part the name of how many of a kind there are in two: 企业数量."""
    if item.has("class") or not any(
        index.counts(s.iri) for s in item.of("indicator", "label", "alias", "says")
    ):
        return [item]
    for end in range(len(item.text) - 1, 0, -1):
        kind, number = item.text[:end], item.text[end:]
        senses = [s for s in index.senses(kind) if s.kind == "class"]
        numbers = Item(0, number, item.start + end, item.end, index.senses(number))
        if senses and _is_number(numbers, index):
            return [Item(0, kind, item.start, item.start + end, tuple(senses)), numbers]
    return [item]


def _is_number(item: Item, index: Index) -> bool:
    """Whether a noun says how many there are of what stands before it."""
    counting = index.having("countsThings")
    return item.has("mark", LEX + "numberOf") or any(
        s.iri in counting for s in item.of("indicator", "label", "alias", "says")
    )


def tells_each(found: Grouping, reading: Reading, outcome: Outcome, index: Index) -> bool:
    """Whether an answer to a question that groups is not one number for all: no reading groups things."""
    if found.by == "other" or reading.kind == "count":
        return False
    if reading.kind not in ("value", "comparison"):
        return True
    if found.by == "relation":
        return False
    if len(outcome.items) == 1:
        return any(index.flagged(i, "ofEach") for f in reading.figures for i in f.indicators)
    return all(item.iri and index.is_a(item.iri, found.kinds) for item in outcome.items)


class GroupReader:
    """Composes readings of a question that groups.

    Args:
        found: what it groups by.
        slots: of the whole question.
    """

    def __init__(self, found: Grouping, slots: Slots, index: Index, graph: Graph) -> None:
        self.found = found
        self.slots = found.slots
        self.index = index
        self.graph = graph
        self.reader = Reader(found.slots, index, graph)
        whole = Evoker(slots, index)
        self.by_noun = {name: cost for word in found.words for name, cost in whole.evokes(word).items()}

    def readings(self) -> list[Reading]:
        """Return the readings, the best first."""
        if self.found.by == "other":
            return []
        found = [scored(reading, self.slots) for reading in self._readings()]
        return sorted((r for r in found if r.score >= ACCEPTED), key=lambda r: -r.score)

    def _readings(self) -> Iterator[Reading]:
        reader = self.reader
        homes = [item for item in reader.things if reader.is_home(item)]
        for things in reader.subsets():
            yield from self._of_things(things)
        if homes:
            others = [item for item in reader.things if item not in homes]
            for reading in self._of_things(others):
                used = reading.used | {item.index for item in homes}
                parts = (*reading.parts, (f"({homes[0].text})", _LEFT_HOME))
                yield replace(reading, used=used, parts=parts)

    def _of_things(self, things: Sequence[Item]) -> Iterator[Reading]:
        for wanted, used, cost in self.reader.targets():
            if cost < ACCEPTED - 1.0:
                continue
            if things:
                partials = self.reader.bound(wanted, used, things, cost=cost, least=ACCEPTED - 1.0)
            elif wanted:
                partials = [self.reader.everything(wanted, used, cost)]
            else:
                partials = [Partial(None, used=used)]
            for partial in partials:
                for finished in self.reader.finished(partial, wanted):
                    if self.found.by == "class":
                        yield self._reading(finished, wanted, None)
                        continue
                    for way in self._ways(finished, wanted):
                        yield self._reading(finished, wanted, way)

    def _reading(self, partial: Partial, wanted: Sequence[str], way: _Way | None) -> Reading:
        """Return the reading that groups by a relation, or by what things are."""
        types = dict(partial.types)
        if self.found.by == "kind":
            types[GROUP] = self.found.kinds
        if wanted:
            types[X] = tuple(wanted)
        numbers = [item for item in self.slots.items if _is_number(item, self.index)]
        asked = self.slots.asked("howMuch")
        counts = bool(asked or self.found.counts or numbers)
        words = [*asked, *numbers, *self.slots.op("list", "each", "both")]
        if not counts:
            words += self.slots.asked("which")
        reading = Reading(
            "groups",
            X,
            partial.edges,
            types,
            operation="count" if counts else "list",
            used=partial.used | {item.index for item in words},
            parts=(*partial.parts, ("GROUP BY", _GROUPED)),
        )
        if way is not None:
            ends = (GROUP, X) if way.forward else (X, GROUP)
            edge = Edge(ends[0], way.names, ends[1], way.modal)
            reading.edges, reading.nearest = (*reading.edges, edge), self._nearest(edge)
            reading.used, reading.parts = reading.used | way.used, (*reading.parts, *way.parts)
        return self.reader.timed(reading)

    def _nearest(self, edge: Edge) -> tuple[tuple[Edge, str], ...]:
        """Return the relation to a place, with what tells near from far: a park is one of its county's."""
        found = []
        turned = Edge(edge.object, edge.properties, edge.subject)
        for one, inverse in ((edge, False), (turned, True)):
            for name in edge.properties:
                for near in self.index.inverse.get(name, ()) if inverse else (name,):
                    for between in self.index.facts.get(near, {}).get("nearestBy", ()):
                        found.append((Edge(one.subject, (near,), one.object), between))
        return tuple(found)

    def _ways(self, partial: Partial, wanted: Sequence[str]) -> Iterator[_Way]:
        """Yield the relations between what is found and the groups that are said best."""
        by_words: dict[tuple[float, int, bool, bool], list[str]] = defaultdict(list)
        bare = self._related(partial, wanted)
        for name, forward, modal in sorted(bare):
            cost, word = self._said(name)
            if (modal and (name, forward, False) in bare) or (
                self.found.by == "relation" and cost < _BY_NOUN
            ):
                continue
            if not wanted and (word < 0 or not self._leads_to(word, name, forward)):
                continue  # nothing says what of them is asked for
            by_words[(cost, word, forward, modal)].append(name)
        best = max((key[0] for key in by_words), default=0.0)
        seen: set[str] = set()
        for (cost, word, forward, modal), found in sorted(by_words.items(), key=lambda pair: -pair[0][0]):
            names = [n for n in found if not seen.intersection(self.index.inverse.get(n, ()))]
            if cost < best or not names:
                continue
            seen.update(names)
            used = self.reader.evoker.with_companions(self.slots.items[word]) if word >= 0 else frozenset()
            said = self.slots.items[word].text if word >= 0 else self.found.words[-1].text
            why = f"{said if cost > _PLACED else '∅'} → {self.index.label(names[0])}"
            alike = [(n,) for n in names] if cost <= _HINTED else [without_inverses(tuple(names), self.index)]
            for one in alike:
                yield _Way(one, forward, "modal" if modal else "bare", used, ((why, cost),) if cost else ())

    def _related(self, partial: Partial, wanted: Sequence[str]) -> set[tuple[str, bool, bool]]:
        """Return what relates groups to things: the property, whether a group is its subject, and whether it
        is stated with a modality.
        """
        if self.found.by == "relation":
            things = partial.found or ()
            return {
                (a.property, not a.forward, bool(a.modality)) for m in things for a in self.graph.specific(m)
            }
        groups = self.graph.instances(self.found.kinds)
        return {
            (a.property, a.forward, bool(a.modality))
            for group in (groups if len(groups) <= _MOST_GROUPS else ())
            for a in self.graph.specific(group)
            if (not wanted or self.index.is_a(a.other, tuple(wanted)))
            and (partial.found is None or a.other in partial.found)
        }

    def _leads_to(self, word: int, name: str, forward: bool) -> bool:
        """Whether a word says a relation of what things are grouped by, and not of the things."""
        return self.reader.evoker.own(self.slots.items[word], Around(name, forward, "", "")) == forward

    def _said(self, name: str) -> tuple[float, int]:
        """Return what it costs to take a relation, and the word of the rest that says it, or -1."""
        said = [
            (self.reader.evoker.evokes(item).get(name, -1.0), item.index)
            for item in self.slots.relations
            if not (item.has("particle") and len(item.text) == 1)
        ]
        best = max(said, default=(-1.0, -1))
        if best[0] >= _LEAST_SAID:
            return best
        if self.by_noun.get(name, -1.0) >= _LEAST_SAID:
            return _BY_NOUN, -1
        if self.index.flagged_either_way(name, "nearestBy"):
            return _PLACED, -1
        return (_HINTED if name in self.reader.evoker.hints() else _UNSAID), -1
