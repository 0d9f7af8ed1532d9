"""Readings of a question for each one of a kind: how many, or which, of something every one of them has.

What is left of the question without the words that group (`grouping`) is read as a question that asks for
things, and a relation binds these to what they are grouped by.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from ..facts.graph import Around, Graph
from ..model import Edge, Figure, Item, Reading, Sense, text_of
from ..words.index import LEX, Index
from ..words.slots import Slots
from .attaching import Partial, X
from .evoking import Evoker
from .grouping import Grouping, is_number
from .reader import Reader
from .relations import without_inverses
from .scoring import ACCEPTED, scored

__all__ = ["GROUP", "GroupReader"]

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
_BETWEEN = 2  # words between how many and the noun: 多少 个 项目


class _Way(NamedTuple):
    """A relation between things and their groups: ``forward`` when the group is its subject."""

    names: tuple[str, ...]
    forward: bool
    modal: str
    used: frozenset[int]
    parts: tuple[tuple[str, float], ...]


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
        numbers = [item for item in found.slots.items if is_number(item, index)]
        self.numbers = [*found.slots.asked("howMuch"), *numbers]
        self.counts = bool(self.numbers or found.counts)
        self.whole = Evoker(slots, index)
        self.by_noun = {name: cost for word in found.words for name, cost in self.whole.evokes(word).items()}

    def readings(self) -> list[Reading]:
        """Return the readings, the best first."""
        if self.found.by == "other":
            return []
        found = [scored(reading, self.slots) for reading in self._readings()]
        return sorted((r for r in found if r.score >= ACCEPTED), key=lambda r: -r.score)

    def _readings(self) -> Iterator[Reading]:
        reader = self.reader
        yield from self._of_figures()
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
        asked = {item.index for item in self.slots.asked("who", "where")}
        for wanted, used, cost in self.reader.targets():
            if cost < ACCEPTED - 1.0 or (asked and not asked & used):
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
                        kind = any(i.has("class") and i.index in way.used for i in self.slots.items)
                        if self.counts and kind and not wanted:
                            continue  # things of that kind are counted
                        yield self._reading(finished, wanted, way)

    def _of_figures(self) -> Iterator[Reading]:
        """Yield readings that ask for the figure of what is related to each group: 各活动签约项目的签约额."""
        for senses, words, kinds in self._indicators() if not self.slots.times else ():
            indicators = tuple(dict.fromkeys(b for s in senses for b in self.index.below(s.iri)))
            wanted = tuple(s.iri for c in kinds for s in c.of("class"))
            about = self.graph.measured(indicators) if indicators and self.found.by != "class" else ()
            measured = frozenset(a for a in about if not wanted or self.index.is_a(a, wanted))
            partial = Partial(measured, used=frozenset(i.index for i in (*words, *kinds)))
            figures = (Figure(X, indicators),)
            for way in self._ways(partial, wanted, both=True) if measured else ():
                yield replace(self._reading(partial, wanted, way), operation="figure", figures=figures)

    def _indicators(self) -> Iterator[tuple[Sequence[Sense], Sequence[Item], Sequence[Item]]]:
        """Yield the indicators that are asked for, the words that say so, and the nouns for what has them."""
        for item in self.slots.indicators:
            kinds = [c for c in self.slots.classes if c.index < item.index and not c.has("particle")]
            yield item.of("indicator", "label", "alias", "says"), [item], kinds
        for asked in self.slots.asked("howMuch"):
            for noun in self.slots.classes:
                between = self.slots.items[asked.index + 1 : noun.index]
                if (
                    noun.index > asked.index
                    and len(between) < _BETWEEN
                    and all(i.has("unit") for i in between)
                ):
                    named = [noun.text + end for end in self.index.names(LEX + "numberOf")]
                    senses = [s for name in named for s in self.index.senses(name) if s.how == "label"]
                    yield [s for s in senses if s.kind == "indicator"], between, [noun]

    def _reading(self, partial: Partial, wanted: Sequence[str], way: _Way | None) -> Reading:
        """Return the reading that groups by a relation, or by what things are."""
        types = dict(partial.types)
        if self.found.by == "kind":
            types[GROUP] = self.found.kinds
        if wanted:
            types[X] = tuple(wanted)
        words = [*self.numbers, *self.slots.op("list", "each", "both")]
        if not self.counts:
            words += self.slots.asked("which")
        reading = Reading(
            "groups",
            X,
            partial.edges,
            types,
            operation="count" if self.counts else "list",
            groups=self.found.named,
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
            if self.found.named and one.object != X:
                continue  # what is in a part of a named place is in it as well
            for name in edge.properties:
                for near in self.index.inverse.get(name, ()) if inverse else (name,):
                    for between in self.index.facts.get(near, {}).get("nearestBy", ()):
                        found.append((Edge(one.subject, (near,), one.object), between))
        return tuple(found)

    def _ways(self, partial: Partial, wanted: Sequence[str], *, both: bool = False) -> Iterator[_Way]:
        """Yield the relations between what is found and the groups that are said best.

        Args:
            partial: what is found.
            wanted: its kinds.
            both: whether a word may say a relation of things of no kind as well as one of their groups.
        """
        by_words: dict[tuple[float, int, bool, bool], list[str]] = defaultdict(list)
        related = self._related(partial, wanted)
        counted = self.counts and not self.slots.modals.get("planned")
        for name, forward, modal in sorted(related):
            if modal and (counted or (name, forward, False) in related):
                continue  # what is only planned is not counted
            cost, word = self._said(name)
            if self.found.by == "relation" and not self._named_by(name, forward):
                continue
            leads = word >= 0 and self._leads_to(word, name, forward)
            if word >= 0 and not leads and (name, not forward, modal) in related:
                continue  # both ways between things of one kind: the verb tells which is meant
            led = leads or (both and word >= 0)
            if not (wanted or led or (both and cost == _BY_NOUN)):
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
            if self.found.by == "relation":
                used |= self._said_again(names[0])
            nouns = text_of(self.found.words[-1:])
            said = self.slots.items[word].text if word >= 0 else nouns if cost > _PLACED else ""
            why = f"{said or '∅'} → {self.index.label(names[0])}"
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
        groups = self.found.named or self.graph.instances(self.found.kinds)
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

    def _named_by(self, name: str, forward: bool) -> bool:
        """Whether a relation leads from things to what the noun that groups them calls it: 按制定方."""
        own = self.whole.own(self.found.words[-1], Around(name, forward, "", ""))
        return self.by_noun.get(name, -1.0) >= _LEAST_SAID and own != forward

    def _said_again(self, name: str) -> frozenset[int]:
        """Return the words that say from the side of a group what relates things to it (产业大类下面有)."""
        said = ((i.index, s.iri) for i in self.slots.relations for s in i.of("property", "saysInverse"))
        return frozenset(place for place, iri in said if iri == name)

    def _said(self, name: str) -> tuple[float, int]:
        """Return what it costs to take a relation, and the word of the rest that says it, or -1."""
        said = [
            (self.reader.evoker.evokes(item).get(name, -1.0), item.index)
            for item in self.slots.relations
            if not (item.has("particle") and len(item.text) == 1) and not _only_each(item)
        ]
        best = max(said, default=(-1.0, -1))
        if best[0] >= _LEAST_SAID and self.found.by != "relation":
            return best
        if self.by_noun.get(name, -1.0) >= _LEAST_SAID:
            return _BY_NOUN, -1
        if self.index.flagged_either_way(name, "nearestBy"):
            return _PLACED, -1
        return (_HINTED if name in self.reader.evoker.hints() else _UNSAID), -1


def _only_each(item: Item) -> bool:
    """Whether a word says nothing besides each one (分别, but not 分别属于)."""
    return item.has("operator", LEX + "each", LEX + "list")
