"""Readings of a question that asks what something is called, what it is, or how two things are related."""

from collections.abc import Iterator
from dataclasses import replace

from ..fitting.figures import asks_for_name
from ..model import Edge, Item, Reading
from ..words.index import LEX
from ..words.slots import EXPRESSED
from .attaching import X
from .binding import Binding

__all__ = ["Naming"]

_NAMED = -0.12
_HEADLESS = 0.3
_LIKENED = 0.05


class Naming(Binding):
    """Composes readings about what is named itself."""

    def of_names(self) -> Iterator[Reading]:
        """Yield readings that ask for the whole name of what a question names by a part of it."""
        for item in self.things:
            beside = self.slots.items[max(item.index - 1, 0) : item.index]
            asked = [i for i in beside if i in self.slots.asked("which")]
            behind = self.slots.items[item.index + 1 : item.index + 2]
            asked += [i for i in asks_for_name(self.slots) if i in behind]
            further = self.slots.items[item.index + 2 : item.index + 3]
            if behind and behind[0].of("property", "hints") and not item.of("thing", "label", "alias"):
                asked += [i for i in self.slots.op("describe") if i in further]  # 25万千瓦的是什么项目
            if not asked or item.has("class"):
                continue
            rest = [other for other in self.things if other is not item]
            for sense in item.of("thing"):
                if asked[0] in asks_for_name(self.slots) and self._held(sense.iri):
                    continue
                if sense.how not in ("part", "mention", "alias") or self.index.label(sense.iri) == item.text:
                    continue
                used = frozenset({item.index, *(i.index for i in asked)})
                used |= {
                    i.index
                    for i in self.slots.classes
                    if i.index - 1 in used and self.index.is_a(sense.iri, tuple(s.iri for s in i.of("class")))
                }
                for partial in self.bound((), used, rest, constant=sense.iri, steps=1, unsaid=False):
                    start = replace(partial, found=frozenset({sense.iri}))
                    opened = [
                        o
                        for relation in self.slots.relations
                        if relation.index not in partial.used and not relation.has("particle")
                        if (o := self.attacher.existential(start, relation, name=sense.iri)) is not None
                    ]
                    for one in opened or [start]:
                        parts = (*one.parts, ("name", _NAMED))
                        yield Reading(
                            "things",
                            X,
                            one.edges,
                            dict(one.types),
                            used=one.used,
                            parts=parts,
                            choices=(sense.iri,),
                        )

    def _held(self, thing: str) -> bool:
        """Whether somebody holds it: it is he whose name is asked for."""
        people = self.index.facts.get(LEX + "who", {}).get("asksFor", ())
        return any(
            not a.modality
            and self.index.is_a(a.other, tuple(people))
            and self.index.flagged_either_way(a.property, "describes")
            for a in self.graph.around(thing)
        )

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
                yield from self._likened(sense.iri, used, cost)
                told = any(
                    a.forward and not a.modality and self.index.flagged(a.property, "describes")
                    for a in self.graph.around(sense.iri)
                )
                if self._headless_what(item):
                    cost -= _HEADLESS
                base = 0.08 if told or (self.slots.op("describe") and not self.slots.asked("who")) else 0.4
                yield Reading("kind", sense.iri, used=used, parts=(("describe", cost - base),))

    def _likened(self, name: str, used: frozenset[int], cost: float) -> Iterator[Reading]:
        """Yield the reading that asks for the one thing that a figurative name is given to."""
        around = [
            a for a in self.graph.around(name) if not a.forward and self.index.flagged(a.property, "likens")
        ]
        if self.slots.op("describe") and len({a.other for a in around}) == 1:
            edge = Edge(X, (around[0].property,), name)
            yield Reading("things", X, (edge,), used=used, parts=(("describe", cost - _LIKENED),))

    def _headless_what(self, item: Item) -> bool:
        """Whether a particle stands between a name and the words that ask what: what it says is asked for."""
        describing = {i.index for i in self.slots.op("describe")}
        behind = self.slots.items[item.index + 1 : item.index + 2]
        return item.index + 2 in describing and bool(behind) and bool(behind[0].of("property", "hints"))

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
