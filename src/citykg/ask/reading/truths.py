"""Readings of questions that ask whether something holds."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..model import Edge, Item, Reading
from ..words.index import LEX, Index
from ..words.slots import EXPRESSED, Slots
from .attaching import Partial, X
from .sharing import in_common

if TYPE_CHECKING:
    from .reader import Reader

__all__ = ["TruthReader"]

_IMPLIED = -0.12
_DATED = -0.1
_OPEN = -0.1
_REVERSED = -0.1


class TruthReader:
    """Composes what a question claims: a relation, a kind, a time, or that there is something."""

    def __init__(self, reader: "Reader") -> None:
        self.reader = reader
        self.slots: Slots = reader.slots
        self.index: Index = reader.index

    def readings(self) -> Iterator[Reading]:
        """Yield readings that ask whether something holds."""
        asked = frozenset(i.index for i in self.slots.asked("whether"))
        silent = frozenset(i.index for i in self.slots.asked("whether") if not i.has("property"))
        negations = frozenset(i.index for i in self.slots.op("not"))
        nouns = [noun for noun in self.slots.relations if not noun.has("class")]
        owned = len(self.slots.things) > 1 and any(map(self._owner, nouns))
        for item in self.reader.things:
            rest = [other for other in self.reader.things if other is not item]
            for sense in item.of("thing"):
                cost = EXPRESSED.get(sense.how, -0.1)
                parts = ((f"{item.text} ~ {self.index.label(sense.iri)}", cost),) if cost else ()
                base = asked | {item.index} | negations
                if rest:
                    for partial in self.reader.bound(
                        (), base - asked | silent, rest, constant=sense.iri, unsaid=False, steps=1
                    ):
                        accounted = self.reader.classes_accounted(partial)
                        if self._relates_joined(accounted.edges):
                            continue
                        turned = self._turned_round(accounted)
                        reverse = self._is_noun_of(item) if turned else self._order_tells(partial, item, rest)
                        if turned or reverse:
                            if reverse and self._one_way(accounted.edges):
                                used, told = accounted.used | asked, (*parts, ("⇄", _REVERSED))
                                yield Reading("reverse", sense.iri, accounted.edges, used=used, parts=told)
                            continue
                        yield self.reader.timed(
                            Reading(
                                "truth",
                                sense.iri,
                                accounted.edges,
                                used=accounted.used | asked,
                                parts=(*parts, *partial.parts),
                            )
                        )
                    yield from self._refutable(sense.iri, rest, base, parts)
                elif self.slots.relations:
                    yield from self._true_of_home(item, base, parts)
                    yield from self._done_at_all(sense.iri, base, parts) if not owned else ()
                for kind in self.slots.classes if not self.slots.op("same") else ():
                    if kind.index <= item.index + 1:
                        continue  # what it is said to be stands behind, and a word between
                    between = self.slots.items[item.index + 1 : kind.index]
                    if all(i.has("particle", LEX + "attributive") for i in between):
                        continue  # 甲省的城市: whose it is
                    if kind.has("thing") and any(i.has("aside") or self._has(i) for i in between):
                        continue  # 甲包括乙: what it has, and not what it is
                    classes = tuple(s.iri for s in kind.of("class"))
                    yield Reading(
                        "truth", sense.iri, types={sense.iri: classes}, used=base | {kind.index}, parts=parts
                    )
        yield from self._of_indicators(asked | negations)
        yield from in_common(self.reader, "exists", asked)
        if len(self.slots.times) == 1:
            yield from self._dated(asked | negations)
        lacked = any(
            self._has(i) for n in self.slots.op("not") for i in self.slots.items[n.index - 1 : n.index]
        )
        for reading in self.reader.of_things() if not (owned or lacked) else ():
            if reading.types.get(X) and not any(what.startswith("∅") for what, _ in reading.parts):
                yield replace(
                    reading,
                    kind="exists",
                    used=reading.used | asked | negations,
                    parts=(*reading.parts, ("EXISTS", -0.04)),
                )

    def _has(self, item: Item) -> bool:
        """Whether a word says that there is something: 有, 里有, 有没有."""
        if item.has("thing") or item.has("class"):
            return False
        endings = {item.text[start:] for start in range(len(item.text))}
        return any(s.iri == LEX + "having" for ending in endings for s in self.index.senses(ending))

    def _relates_joined(self, edges: Sequence[Edge]) -> bool:
        """Whether an edge relates two things that are joined, of both of which something else is asked
        (甲与乙都在丙吗).
        """
        if not self.slots.op("alike", "both") or len(self.reader.things) < 3:
            return False
        for joint in self.slots.conjunctions:
            beside = [i for i in self.reader.things if abs(i.index - joint.index) == 1]
            named = {s.iri for i in beside for s in i.of("thing")}
            if len(beside) == 2 and any({e.subject, e.object} <= named for e in edges):
                return True
        return False

    def _turned_round(self, partial: Partial) -> bool:
        """Whether something is said to be what a noun says of another (甲是乙的出发地), and an edge has it
        the other way round.
        """
        for noun in self.slots.relations:
            owner = self._owner(noun) if noun.index in partial.used else None
            owners = {s.iri for s in owner.of("thing")} if owner is not None else set()
            for edge in partial.edges if owners else ():
                if not noun.of("property", "label", "saysInverse") and not self._alike(edge):
                    continue  # a verb, by what is done (甲是乙的支撑)
                ways = {self.reader.evoker.leads_on(noun, name) for name in edge.properties}
                if (ways == {True} and edge.subject not in owners) or (
                    ways == {False} and edge.object not in owners
                ):
                    return True
        return False

    def _is_noun_of(self, thing: Item) -> bool:
        """Whether what is claimed of a thing is nothing but what a noun says of another (甲是乙的一部分)."""
        nouns = [(noun, owner) for noun in self.slots.relations if (owner := self._owner(noun)) is not None]
        if len(nouns) != 1 or nouns[0][0].has("class") or nouns[0][1].index < thing.index:
            return False
        between = self.slots.items[thing.index + 1 : nouns[0][1].index]
        return all(i.has("particle") or not i.of("property", "says", "label") for i in between)

    def _order_tells(self, partial: Partial, thing: Item, rest: Sequence[Item]) -> bool:
        """Whether an edge between two things of one kind is the other way round than the order of words has
        it: 甲采访了乙, 采访乙的是甲, 乙是甲采访的.
        """
        if len(rest) != 1 or len(partial.edges) != 1:
            return False
        first, second = sorted((thing, rest[0]), key=lambda i: i.index)
        before, between, behind = (
            [i for i in items if i.of("property", "says", "label", "saysInverse") and not i.has("particle")]
            for items in (
                self.slots.items[: first.index],
                self.slots.items[first.index + 1 : second.index],
                self.slots.items[second.index + 1 :],
            )
        )
        around = [i for i in self.slots.relations if i.pieces]
        if any(first.index < i.index < second.index for i in around) and around[-1].index > second.index:
            return self._led_otherwise(partial.edges[0], first, around[:1])  # 甲归乙管
        agent = any(i.has("particle", LEX + "agent") for i in self.slots.items[first.index : second.index])
        if agent and len(behind) == 1 and not before and not between:
            return self._led_otherwise(partial.edges[0], second, behind)  # 甲被乙采访
        if not self._alike(partial.edges[0]):
            return False
        joined = self.slots.items[first.index + 1 : first.index + 2]
        attributive = any(i.has("particle", LEX + "attributive") for i in joined)
        after = self.slots.items[second.index + 2 : second.index + 3]
        nominal = any(i.has("particle", LEX + "attributive") for i in after)
        doer, verbs = second, []
        if len(between) == 1 and not before and not behind:
            doer, verbs = first, between
        elif len(before) == 1 and attributive and not between and not behind:
            verbs = before
        elif len(behind) == 1 and nominal and not before and not between:
            verbs = behind
        return self._led_otherwise(partial.edges[0], doer, verbs)

    def _led_otherwise(self, edge: Edge, doer: Item, verbs: Sequence[Item]) -> bool:
        """Whether some verbs say one and the same relation, and an edge has it from another than its doer."""
        own = {s.iri for s in doer.of("thing")}
        ways = {self.reader.evoker.leads_on(verb, name) for verb in verbs for name in edge.properties}
        return (ways == {True} and edge.subject not in own) or (ways == {False} and edge.object not in own)

    def _one_way(self, edges: Sequence[Edge]) -> bool:
        """Whether a relation that holds excludes that it holds the other way round."""
        return len(edges) == 1 and all(
            self.index.flagged_either_way(name, "oneWay") for name in edges[0].properties
        )

    def _alike(self, edge: Edge) -> bool:
        """Whether both sides of an edge are of one kind: nothing but the words tells which is which."""
        kinds = [set(self.index.types.get(end, ())) for end in (edge.subject, edge.object)]
        return not kinds[0].isdisjoint(kinds[1])

    def _owner(self, noun: Item) -> Item | None:
        """Return the name before a noun with 的 between that ends what is claimed."""
        before = self.slots.items[max(noun.index - 2, 0) : noun.index]
        behind = self.slots.items[noun.index + 1 :]
        silent = behind[1:] if behind and behind[0].has("class") else behind  # 下辖县
        ends = all(i.has("question") or i.has("particle") or not i.text.isalnum() for i in silent)
        joined = len(before) == 2 and before[1].has("particle", LEX + "attributive")
        return before[0] if joined and ends and before[0].has("thing") else None

    def _dated(self, used: frozenset[int]) -> Iterator[Reading]:
        """Yield readings that ask whether the time of something is the one that is named."""
        for reading in self.reader.of_times():
            if reading.target != X and self.slots.times[0].index not in reading.used:
                timed = replace(self.reader.timed(reading), kind="time-truth")
                yield replace(timed, used=timed.used | used, parts=(*timed.parts, ("?", _DATED)))

    def _done_at_all(
        self, thing: str, used: frozenset[int], parts: tuple[tuple[str, float], ...]
    ) -> Iterator[Reading]:
        """Yield readings that ask whether anything has a relation with the one thing that is named."""
        start = Partial(frozenset({thing}), used=used, parts=(*parts, ("…", _OPEN)))
        for relation in self.slots.relations:
            opened = None
            if relation.index not in used and not relation.has("particle") and not self.slots.classes:
                opened = self.reader.attacher.existential(start, relation, name=thing)
            if opened is not None:
                spoken = opened.used | self.reader.evoker.with_companions(relation)
                yield self.reader.timed(
                    Reading("truth", thing, opened.edges, used=spoken, parts=opened.parts)
                )

    def _of_indicators(self, used: frozenset[int]) -> Iterator[Reading]:
        """Yield readings that ask whether something holds that is stated of an indicator itself, and of none
        of its figures.
        """
        graph, home = self.reader.graph, frozenset(self.index.homes.values())
        whose = [i for i in self.reader.things if home & {s.iri for s in i.of("thing")}]
        rest = [i for i in self.reader.things if i not in whose]
        for item in self.slots.indicators:
            for sense in item.of("indicator", "label", "alias"):
                if graph.measured([sense.iri]) or not graph.around(sense.iri):
                    continue
                base = used | {i.index for i in (item, *whose)}
                told = ((f"({i.text})", _IMPLIED) for i in whose)
                start = Partial(frozenset({sense.iri}), used=base, parts=tuple(told))
                for relation in self.slots.relations if not rest else ():
                    opened = self.reader.attacher.existential(start, relation, name=sense.iri)
                    if opened is not None and relation.index not in base:
                        spoken = opened.used | self.reader.evoker.with_companions(relation)
                        yield Reading("truth", sense.iri, opened.edges, used=spoken, parts=opened.parts)
                for partial in self.reader.bound((), base, rest, constant=sense.iri, steps=1) if rest else ():
                    parts = (*start.parts, *partial.parts)
                    yield Reading("truth", sense.iri, partial.edges, used=partial.used, parts=parts)

    def _true_of_home(
        self, item: Item, used: frozenset[int], parts: tuple[tuple[str, float], ...]
    ) -> Iterator[Reading]:
        """Yield readings that ask whether the home has done something with the one thing that is named."""
        home, *others = set(self.index.homes.values()) or {""}
        if not home or others or home in {s.iri for s in item.of("thing")}:
            return
        for partial in self.reader.bound((), used, [item], constant=home, unsaid=False, steps=1):
            if any(edge.subject == home for edge in partial.edges):
                told = (*parts, *partial.parts, (f"({self.index.label(home)})", _IMPLIED))
                yield self.reader.timed(Reading("truth", home, partial.edges, used=partial.used, parts=told))

    def _refutable(
        self, thing: str, rest: Sequence[Item], used: frozenset[int], parts: tuple[tuple[str, float], ...]
    ) -> Iterator[Reading]:
        """Yield readings that state a relation which the graph does not hold: they may be known
        to be false.
        """
        if len(rest) != 1:
            return
        for relation in [*self.slots.relations, *self.slots.hints]:
            if relation.index in used:
                continue
            hows = EXPRESSED if relation in self.slots.relations else {"hints": -0.2}
            said = {s.iri for s in relation.of("property") if s.how in hows}
            names = tuple(sorted(n for n in said if self._single(n)))
            if not names:
                continue
            spoken = used | self.reader.evoker.with_companions(relation) | {relation.index, rest[0].index}
            spoken = self.reader.classes_accounted(Partial(None, used=spoken)).used
            for other in rest[0].of("thing"):
                cost = -0.1 if relation in self.slots.relations else -0.25
                edge = Edge(thing, names, other.iri)
                yield Reading("untruth", thing, (edge,), used=spoken, parts=(*parts, ("?", cost)))

    def _single(self, name: str) -> bool:
        """Whether something may have a relation, or its inverse, with one thing only, or one of a kind."""
        return any(self.index.flagged_either_way(name, flag) for flag in ("onlyOne", "onlyOneOfAKind"))
