"""What a question asks for, and what binds it to the things that it names."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf

from ..facts.graph import Around, Graph
from ..fitting.figures import asks_for_name
from ..model import Edge, Item, Reading, Sense
from ..words.index import LEX, Index
from ..words.slots import Slots
from .attaching import Attacher, Partial, X
from .nouns import by_what, does, had_by, of_aspect
from .scoring import ends_noun, says_of_what_kind

_MOST_PARTIALS = 12
_MOST_THINGS = 5
_LEFT_OUT = -0.04
_DOES = 0.35
_NOT_ASKED = 0.6
_BY_NAME = 0.12
_APPOSED = 0.2

__all__ = ["Binding"]


class Binding:
    """Binds what is asked for to the named things."""

    slots: Slots
    index: Index
    graph: Graph
    attacher: Attacher
    things: list[Item]
    excluded: list[Item]
    denied: Item | None
    choices: tuple[str, ...]
    choice_items: frozenset[int]
    twins: tuple[tuple[int, int], ...]
    context: bool

    def targets(self) -> list[tuple[tuple[str, ...], frozenset[int], float]]:
        """Return the classes that may be asked for: the class, the items that say so, and the cost."""
        found: list[tuple[tuple[str, ...], frozenset[int], float]] = []
        if self.choices:
            kinds = [set(self.index.types.get(iri, ())) & set(self.index.labels) for iri in self.choices]
            common = sorted(set.intersection(*kinds))
            narrow = tuple(k for k in common if not any(k in self.index.above.get(o, ()) for o in common))
            return [(narrow, self.choice_items, 0.0)]
        asked = [*self.slots.asked("which", "howMuch"), *self.slots.op("list")]
        nouns = [i for i in self.slots.classes if not i.has("particle") and i is not self.denied]
        direct = any(
            0 < i.index - a.index <= 2 and not self._in_clause(i, asked) for i in nouns for a in asked
        )
        listed = [a for a in self.slots.op("list") if any(i.index == a.index - 1 for i in nouns)]
        for item in self.slots.classes:
            if (
                of_aspect(item, self.slots)
                or item.index in self.slots.widened
                or says_of_what_kind(item, self.slots)
            ):
                continue
            classes = tuple(s.iri for s in item.of("class", "ending") or _proper(item))
            if any(item.index - a.index == 1 for a in self.slots.asked("whichGroup")):
                classes = self._groups_of(classes) or classes
            words = self._words_of(item)
            after = any(0 < min(words) - a.index <= 2 for a in asked)
            before = any(0 < a.index - item.index <= 3 for a in asked)
            last = item is self.slots.classes[-1]
            cost = 0.0 if after else (-0.01 if before else (-0.02 if last else -0.1))
            if not after and (direct or any(0 < a.index < item.index for a in listed)):
                cost -= _NOT_ASKED
            if not after and any(self.said_behind(a) for a in self.slots.asked("who")):
                cost -= _DOES
            if any(
                part(item, a, self.slots) for a in self.slots.asked("which") for part in (had_by, by_what)
            ):
                cost -= _NOT_ASKED
            if after and self._in_clause(item, asked):
                cost -= _NOT_ASKED
            if not after and self._says_what_it_is(item):
                cost -= _APPOSED
            if any(does(item, a, self.slots) for a in asked):
                cost -= _NOT_ASKED if self.slots.items[-1] in asked else _DOES
            if any(does(item, a, self.slots) for a in self.slots.asked("who")):
                cost -= _NOT_ASKED
            found.append((classes, words, cost))
            ending = tuple(s.iri for s in item.of("class", "group"))
            if ending and self.context and not self.slots.asked("whatLike"):
                found.append((ending, frozenset({item.index}), cost - _BY_NAME))
        if self.slots.asked("whichGroup") and not self.slots.classes:
            groups = tuple(sorted(self.index.having("summarises")))
            found.append((groups, frozenset(i.index for i in self.slots.asked("whichGroup")), 0.0))
        for name in ("who", "where"):
            for item in self.slots.asked(name):
                if item in asks_for_name(self.slots) and self.slots.classes:
                    continue  # the kind of what is called so is said
                for manner, extra in (("asksFor", 0.0), ("mayAskFor", -0.04)):
                    if manner == "mayAskFor" and (
                        item in asks_for_name(self.slots) or self._names_kind_of(item)
                    ):
                        continue
                    wanted: list[str] = []
                    for sense in item.of("question"):
                        wanted.extend(self.index.facts.get(sense.iri, {}).get(manner, ()))
                    if wanted:
                        cost = extra - (0.02 if self.slots.classes else 0.0)
                        found.append((tuple(wanted), frozenset({item.index}), cost))
        found.append(((), frozenset(), -0.6 if direct else (-0.08 if found else 0.0)))
        return found

    def _names_kind_of(self, asked: Item) -> bool:
        """Whether a class is said of what a word asks for first: who is a champion is no place."""
        first = {
            kind
            for sense in asked.of("question")
            for name in self.index.facts.get(sense.iri, {}).get("asksFor", ())
            for kind in (name, *self.index.below(name))
        }
        return any(sense.iri in first for item in self.slots.classes for sense in item.of("class"))

    def _in_clause(self, item: Item, asked: Sequence[Item]) -> bool:
        """Whether a class stands in a clause between a which and what is asked for (哪些担任某职务的官员)."""
        behind = self.slots.items[item.index + 1 : item.index + 3]
        verb = self.slots.items[item.index - 1] if item.index else None
        return (
            verb is not None
            and any(a.index == item.index - 2 for a in asked)
            and (bool(verb.of("property", "says", "label")) or self._says_what_it_is(item))
            and not verb.has("particle")
            and len(behind) == 2
            and behind[0].has("particle", LEX + "attributive")
            and behind[1].has("class")
        )

    def _words_of(self, noun: Item) -> frozenset[int]:
        """Return the places of a noun, with those of a narrower kind beside it that it stands for."""
        spans = [places for places in self.slots.widened.values() if noun.index in places]
        return frozenset({noun.index}).union(*spans)

    def _groups_of(self, classes: Sequence[str]) -> tuple[str, ...]:
        """Return the classes of groups among some."""
        groups = set(self.index.having("summarises"))
        return tuple(c for c in classes if c in groups or groups & set(self.index.above.get(c, ())))

    def _says_what_it_is(self, item: Item) -> bool:
        """Whether a class stands right behind the name of a thing of that class (某某机制)."""
        before = self.slots.items[item.index - 1] if item.index else None
        classes = tuple(s.iri for s in item.of("class"))
        return before is not None and any(self.index.is_a(s.iri, classes) for s in before.of("thing"))

    def agents(self) -> tuple[str, ...]:
        """Return the classes of what may do something: those that who asks for."""
        facts = self.index.facts.get(LEX + "who", {})
        return (*facts.get("asksFor", ()), *facts.get("mayAskFor", ()))

    def asks_speaker(self) -> bool:
        """Whether a verb of saying stands right behind a who: who says what is quoted is asked for."""
        behind = [
            self.slots.items[a.index + 1] for a in self.who_does() if a.index + 1 < len(self.slots.items)
        ]
        return any(
            self.index.flagged(s.iri, "attributes")
            for i in (*behind, *self.slots.asked("who"))
            for s in i.of("property", "says", "label")
        )

    def who_does(self) -> list[Item]:
        """Return the words for who, but for one to whom something is done (把谁当成…)."""
        before = [(a, self.slots.items[max(a.index - 1, 0) : a.index]) for a in self.slots.asked("who")]
        return [a for a, b in before if not any(i.has("particle", LEX + "disposal") for i in b)]

    def said_behind(self, asked: Item) -> bool:
        """Whether a verb stands behind a who: it asks for who does it, not for what is done."""
        behind = self.slots.items[asked.index + 1 :]
        return any(i.of("property", "says", "label") and not i.has("particle") for i in behind)

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
        least: float = -inf,
    ) -> list[Partial]:
        """Return the ways to bind what is asked for to all of some things."""
        parts = (("target", cost),) if cost else ()
        start: frozenset[str] | None = frozenset({constant}) if constant else None
        partials = [Partial(start, used=used, parts=parts)]
        for item in sorted(things, key=self._busy):
            grown: list[Partial] = []
            for partial in partials:
                if item.index in partial.used:
                    grown.append(partial)
                    continue
                grown.extend(
                    self.attacher.attach(
                        partial,
                        item,
                        wanted=wanted,
                        constant=constant,
                        steps=1 if self.context else steps,
                        unsaid=unsaid,
                        least=least,
                    )
                )
                if self.context and len(things) > 1:
                    grown.append(replace(partial, parts=(*partial.parts, (f"({item.text})", _LEFT_OUT))))
            grown.sort(key=lambda p: -p.score)
            partials = grown[:_MOST_PARTIALS]
        return [p for p in partials if p.edges or not things] if self.context else partials

    def _busy(self, item: Item) -> int:
        """Return how much the graph says of what an item names: the least first leaves fewest ways."""
        return max((len(self.graph.around(s.iri)) for s in item.of("thing")), default=0)

    def finished(self, partial: Partial, wanted: Sequence[str]) -> Iterator[Partial]:
        """Bind relations whose other side is left open, and account for classes that what is found has."""
        yield self.classes_accounted(partial)
        if any(what.startswith("∅") for what, _ in partial.parts):
            return  # a verb that is left over does not bear out a relation that no word says
        for item in self.slots.classes:
            if item.of("class", "beginning") and item.index not in partial.used:
                if partial.found is None and wanted:
                    partial = replace(partial, found=frozenset(self.graph.instances(wanted)))
                opened = self.attacher.of_kind(partial, item)
                if opened is not None:
                    yield self.classes_accounted(opened)
        if not self.slots.questions and not self.slots.operators and not self.slots.amounts:
            return  # the open side of the last relation is what is asked for
        left = [
            item
            for item in self.slots.relations
            if item.index not in partial.used
            and not item.has("particle")
            and not item.has("operator", LEX + "alike")
            and item.of("property", "says", "label")
            and not ends_noun(item, self.slots)
        ]
        for item in left[:3]:
            if partial.found is None and wanted:
                partial = replace(partial, found=frozenset(self.graph.instances(wanted)))
            opened = self._of_named(partial, item) or self.attacher.existential(partial, item)
            if opened is not None:
                yield self.classes_accounted(opened)

    def _of_named(self, partial: Partial, item: Item) -> Partial | None:
        """Bind a verb to what a where-question names: its place is asked for, not what the place does."""
        if not self.slots.asked("where") or len(self.things) != 1:
            return None
        for sense in self.things[0].of("thing"):
            found = replace(partial, found=frozenset({sense.iri}))
            opened = self.attacher.existential(found, item, name=sense.iri)
            if opened is not None:
                return replace(opened, found=partial.found)
        return None

    def classes_accounted(self, partial: Partial) -> Partial:
        """Count a class as used that stands right behind a name of its kind, or that all that is
        found has.
        """
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
        return replace(partial, used=frozenset(used)) if len(used) > len(partial.used) else partial

    def is_home(self, item: Item) -> bool:
        """Whether an item names what an article is about: it may be said although it goes without saying."""
        homes = set(self.index.homes.values())
        return any(s.iri in homes for s in item.of("thing"))

    def subsets(self) -> list[list[Item]]:
        """Return which things bind what is asked for: all of them, or all but one that is a class as well."""
        subsets = [self.things]
        for item in self.things:
            if item.has("class") or item.has("indicator") or item.has("property"):
                subsets.append([other for other in self.things if other is not item])
        return subsets

    def everything(self, wanted: Sequence[str], used: frozenset[int], cost: float) -> Partial:
        """Bind what is asked for to nothing but its classes."""
        found = frozenset(self.graph.instances(wanted))
        parts = (("target", cost),) if cost else ()
        return Partial(found, used=used, parts=parts)

    def _speaker(self) -> tuple[str, frozenset[int]]:
        """Return who is said to say something, with the items that say so."""
        kinds = set(self.index.having("speaks"))
        for item in self.slots.things:
            for sense in item.of("thing"):
                if not self.index.is_a(sense.iri, kinds):
                    continue
                for verb in self.slots.items[item.index + 1 : item.index + 3]:
                    if any(self.index.flagged(s.iri, "attributes") for s in verb.of("property")):
                        return sense.iri, frozenset({item.index, verb.index})
        return "", frozenset()

    def _exclusions(self, wanted: Sequence[str] = ()) -> tuple[tuple[str, ...], frozenset[int]]:
        if not self.excluded:
            if not self.slots.op("others", "alike") or (self.denied and self.slots.op("except")):
                return (), frozenset()
            named = tuple(s.iri for item in self.things for s in item.of("thing"))
            return named, frozenset(i.index for i in self.slots.op("others"))
        iris = tuple(s.iri for item in self.excluded for s in item.of("thing"))
        kinds = tuple(wanted)
        within = [iri for iri in iris if kinds and not self.index.is_a(iri, kinds)]  # 勃利县以外的公园
        iris += tuple(a.other for iri in within for a in self.graph.around(iri) if self._lies_in(a))
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

    def _lies_in(self, around: Around) -> bool:
        """Whether a relation of a place leads to what lies within it."""
        names = self.index.inverse.get(around.property, ()) if around.forward else (around.property,)
        return any(name in self.index.facts.get(name, {}).get("nearestBy", ()) for name in names)

    def timed(self, reading: Reading) -> Reading:
        """Ask for the time that the question names."""
        if not self.slots.times:
            return reading
        item = self.slots.times[0]
        used = reading.used | {i.index for i in self.slots.times}
        return replace(reading, period=item.period or "", used=used)

    def nearest(self, edges: tuple[Edge, ...]) -> tuple[tuple[Edge, str], ...]:
        """Return the relations of which the nearest is meant, with what tells near from far."""
        if self.slots.op("everyLevel"):
            return ()
        found = []
        placed = bool(self.slots.asked("where"))  # each of several things in its place
        for edge in edges:
            one = placed or not (edge.subject if edge.object == X else edge.object).startswith("?")
            if edge.object == X:
                found += [(edge, between) for n in edge.properties for between in self._near(n, one=one)]
            if edge.subject == X:
                for other in (o for name in edge.properties for o in self.index.inverse.get(name, ())):
                    turned = Edge(edge.object, (other,), X)
                    found += [(turned, between) for between in self._near(other, one=one)]
        return tuple(found)

    def _near(self, name: str, *, one: bool) -> tuple[str, ...]:
        """Return what tells near from far where a relation leads: of several things (not ``one``), where it
        leads to no place.
        """
        between = tuple(self.index.facts.get(name, {}).get("nearestBy", ()))
        return between if one else tuple(b for b in between if not self._is_placing(b))

    def _is_placing(self, name: str) -> bool:
        """Whether a relation leads to a place around a place."""
        return self.index.flagged(name, "onlyOneOfAKind")


def _proper(item: Item) -> tuple[Sense, ...]:
    return tuple(s for s in item.of("class") if s.how != "group")
