"""Readings from the side of the graph: the facts of the passages that name most of a question's words.

Where no reading of the question accounts for every word, the passages do: those that name the things of the
question are taken, and each fact of theirs is held against the question. What is asked for is one end of the
fact; the other end, the relation and the rest of the passage have to bear out every other word.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ..facts.graph import Around
from ..model import Edge, Item, Reading
from ..reading.attaching import X
from ..words.slots import EXPRESSED
from .scenes import HOME, Scene, Scenes

__all__ = ["RETRIEVED", "Retriever"]

RETRIEVED = 0.5
"""The least score of a reading from this side that is answered."""


_BASE = -0.1
_CALLED = -0.06
_IMPLIED = -0.1
_BY_WAY = -0.12
_NO_VERB = -0.12
_PARTICLE = -0.02
_TOGETHER = -0.28
_UNTYPED = -0.08
_LIKE = -0.12
_TURNED = -0.5
_SAID = -0.1


class Retriever(Scenes):
    """Finds readings in the passages that name what a question names."""

    def readings(self) -> Iterator[Reading]:
        """Yield readings, each scored."""
        if self.slots.asked("whether", "when", "howMuch", "howBig") or self.slots.op(
            "not", "except", "others", "alike"
        ):
            return
        asks = any(item.of("property", "asks") for item in self.slots.relations)
        if self._asks_itself():
            return
        if not (self.slots.questions or asks or self.slots.op("list")):
            return
        yield from self._said()
        for scene in self.scenes():
            for noun, used in self._nouns():
                yield from self._from_facts(scene, (), used, 0.0, noun=noun)
            for wanted, used, cost in self.reader.targets():
                if not wanted and not self._may_be_anything():
                    continue
                if not wanted and self.slots.asked("whatLike"):
                    cost = max(cost, _LIKE)
                yield from self._from_facts(scene, wanted, used, cost)
                if wanted:
                    yield from self._from_company(scene, wanted, used, cost)

    def _asks_itself(self) -> bool:
        """Whether it is asked which of a kind something is that is named and of that kind: no other one."""
        for asked in self.slots.asked("which"):
            before = self.slots.items[asked.index - 1] if asked.index else None
            behind = self.slots.items[asked.index + 1 : asked.index + 2]
            kinds = tuple(s.iri for noun in behind for s in noun.of("class"))
            named = before is not None and any(self.index.is_a(s.iri, kinds) for s in before.of("thing"))
            if before is not None and named and not self.evoker.joined(before):
                return True
        return False

    def _nouns(self) -> Iterator[tuple[str, frozenset[int]]]:
        """Yield the noun behind a which, in as many words as names end with."""
        for asked in self.slots.asked("which") if not self.slots.asked("whatLike") else ():
            text, used = "", set()
            for item in self.slots.items[asked.index + 1 : asked.index + 4]:
                if item.amount is not None or item.has("question") or item.period is not None:
                    break
                text += item.text
                used.add(item.index)
                if len(text) > 1 and self.index.ends_names(text):
                    yield text, frozenset(used)

    def _may_be_anything(self) -> bool:
        """Whether what is asked for need be of no class: neither a place nor who does something."""
        if self.slots.asked("where", "whence"):
            return False
        for asked in self.slots.asked("who"):
            with_whom = asked.index > 0 and self.slots.items[asked.index - 1].has("conjunction")
            if self.reader.said_behind(asked) and not with_whom:
                return False
        return bool(self.named) or not self.slots.asked("who")

    # Facts

    def _from_facts(
        self, scene: Scene, wanted: Sequence[str], used: frozenset[int], cost: float, *, noun: str = ""
    ) -> Iterator[Reading]:
        groups: dict[tuple[str, str, bool], set[str]] = defaultdict(set)
        for fact in scene.stated.facts:
            for known, answer, forward in (
                (fact.subject, fact.object, True),
                (fact.object, fact.subject, False),
            ):
                if answer in self.named | self.homes or not {answer, known} <= self.index.labels.keys():
                    continue
                if wanted and not self._of_kind(answer, wanted, used):
                    continue
                if noun and not self.index.label(answer).endswith(noun):
                    continue
                if self.slots.asked("where", "whence") and not self.fitting.placing(fact.property):
                    continue
                inner = self.fitting.within(Around(fact.property, forward, answer, ""))
                if self.slots.asked("where") and inner:
                    continue  # what is in it does not tell where it is
                groups[(known, fact.property, forward)].add(answer)
        for (known, name, forward), answers in groups.items():
            reading = self._judged(scene, known, name, forward, answers, wanted, used, cost, noun)
            if reading is not None:
                yield reading

    def _judged(
        self,
        scene: Scene,
        known: str,
        name: str,
        forward: bool,
        answers: set[str],
        wanted: Sequence[str],
        used: frozenset[int],
        cost: float,
        noun: str,
    ) -> Reading | None:
        parts: list[tuple[str, float]] = [("retrieved", _BASE)]
        if cost:
            parts.append(("target", cost))
        if not wanted and not noun:
            parts.append(("what", _UNTYPED))
        taken = set(used)
        start = self._alignment(known, scene, taken)
        ends = {f.object if forward else f.subject for f in scene.stated.facts if f.property == name}
        one_of_them = start == _CALLED and bool(ends & self.named)
        if start is None or one_of_them or not self._is_what_is_somewhere(known, used):
            return None
        if start:
            parts.append((f"~ {self.index.label(known)}", start))
        verbs = [
            item
            for item in self.slots.relations
            if item.index not in taken and self.evoker.evokes(item).get(name, -1.0) > -0.5
        ]
        if verbs:
            best = max(verbs, key=lambda i: (not i.has("particle"), self.evoker.evokes(i)[name]))
            taken |= self.evoker.with_companions(best)
            asked = [i for i in verbs if self.evoker.asks_value(i)]
            of_another = start == _BY_WAY and self._is_of_another(best, name)
            turned = any(forward != self._leads_on(i, name) for i in asked)
            turned = turned or self._turned_round(best, known, name, answers, forward=forward)
            if of_another or turned or self._only_attributes(best, taken):
                return None  # what it leads to is asked for
            points = self.evoker.evokes(best)[name] + (_PARTICLE if best.has("particle") else 0.0)
            if points:
                parts.append((f"{best.text} → {self.index.label(name)}", round(points, 3)))
        elif not wanted and not noun:
            return None
        else:
            parts.append((f"∅ → {self.index.label(name)}", _NO_VERB))
        if start == _IMPLIED and known in self.homes and not self._goes_without_saying(verbs, answers):
            return None
        left = self.left_over(scene, known, answers, taken)
        fits = self._with_partners(known, name, answers) and not self._otherwise_dated(scene, name, answers)
        if left is None or not fits:
            return None
        parts += left
        if not verbs and any(self._is_verb(item) for item in self.slots.relations if item.index not in taken):
            parts.append(("verb", _NO_VERB))  # it says another relation
        edge = Edge(known, (name,), X) if forward else Edge(X, (name,), known)
        types = {X: tuple(wanted)} if wanted else {}
        return Reading(
            "things",
            X,
            (edge,),
            types,
            used=self.slots.indexes,
            parts=tuple(parts),
            choices=tuple(sorted(answers)) if left else (),
        )

    def _with_partners(self, known: str, name: str, answers: set[str]) -> bool:
        """Whether those with whom something is done (哪个城市与甲合作) are the other end of a fact, or have
        to do with one of its ends in that way.
        """
        for item in self.slots.things:
            before = self.slots.items[max(item.index - 2, 0) : item.index]
            joint = before[-1] if before else None
            if joint is None or not joint.has("conjunction") or before[0].has("thing"):
                continue
            mutual = {s.iri for s in joint.of("property") if s.iri in self.index.symmetric}
            near = {
                a.other for end in (known, *answers) for a in self.graph.around(end) if a.property in mutual
            }
            partners = {known} if name in mutual else near
            said = any(
                mutual & self.evoker.evokes(i).keys() for i in self.slots.relations if self._is_verb(i)
            )
            if said and partners.isdisjoint(s.iri for s in item.of("thing")):
                return False
        return True

    def _turned_round(self, verb: Item, known: str, name: str, answers: set[str], *, forward: bool) -> bool:
        """Whether the order of words says that it is the other who does it (甲采访了谁)."""
        named = [i for i in self.slots.things if any(s.iri == known for s in i.of("thing"))]
        return bool(named) and all(
            self.evoker.order(verb, item, Around(name, forward, answer, ""), known) <= _TURNED
            for item in named
            for answer in answers
        )

    def _is_of_another(self, verb: Item, name: str) -> bool:
        """Whether the thing right before a verb is one of which it may itself be said (甲任职于)."""
        before = self.slots.items[verb.index - 1] if verb.index else None
        domain = self.index.domain.get(name, ())
        things = before.of("thing") if before is not None else ()
        return bool(domain) and any(
            all(self.index.is_a(s.iri, (kind,)) for kind in domain if kind in self.index.labels)
            for s in things
        )

    def _otherwise_dated(self, scene: Scene, name: str, answers: set[str]) -> bool:
        """Whether the time that a question names is the time of something else of which the same is said."""
        dated = {
            end
            for item in self.slots.times
            for f in scene.stated.facts
            if f.property == name
            for end in (f.subject, f.object)
            if end not in self.homes | self.named
            and any(time.period.startswith(item.period or "") for time in self.graph.times(end))
        }
        return bool(dated) and not dated & answers

    def _leads_on(self, item: Item, name: str) -> bool:
        """Whether a word says a relation itself, and not its inverse."""
        names = (name, *self.index.above.get(name, ()))
        return any(s.iri in names for s in item.of("property"))

    def _of_kind(self, thing: str, wanted: Sequence[str], used: frozenset[int]) -> bool:
        """Whether a thing is of a class that is asked for, or called by the noun for it."""
        if self.index.is_a(thing, tuple(wanted)):
            return True
        nouns = [self.slots.items[i].text for i in used if self.slots.items[i].has("class")]
        return any(len(noun) > 1 and self.index.label(thing).endswith(noun) for noun in nouns)

    def _goes_without_saying(self, verbs: Sequence[Item], answers: set[str]) -> bool:
        """Whether the question says a verb, and nobody else who does it."""
        said = [item for item in verbs if not item.has("particle")]
        for verb in said:
            first = next((i for i in self.slots.things if i.index < verb.index), None)
            names = {s.iri for s in first.of("thing")} if first is not None else self.homes
            near = [{a.other for a in self.graph.around(answer)} for answer in answers]
            if names & self.called_home or all(names & others for others in near):
                continue
            if any(self.index.is_a(name, self.reader.agents()) for name in names):
                return False
        return bool(said)

    def _is_what_is_somewhere(self, known: str, used: frozenset[int]) -> bool:
        """Whether a thing is of the kind of which a where-question asks where it is."""
        if not self.slots.asked("where"):
            return True
        kinds = [
            i
            for i in self.slots.classes
            if i.index not in used and not i.has("thing") and not i.has("particle")
        ]
        return all(
            self.names(known, i) or self.index.is_a(known, tuple(s.iri for s in i.of("class"))) for i in kinds
        )

    def _is_verb(self, item: Item) -> bool:
        return (
            not item.has("particle") and not item.has("light") and bool(item.of("property", "says", "label"))
        )

    def _only_attributes(self, verb: Item, taken: set[int]) -> bool:
        """Whether a verb tells whose words something is (记者说甲需要什么), not what an article speaks of."""
        attributes = any(self.index.flagged(s.iri, "attributes") for s in verb.of("property", "says"))
        left = self.slots.items[verb.index + 1 :]
        return attributes and any(self._is_verb(i) for i in left if i.index not in taken)

    def _alignment(self, known: str, scene: Scene, taken: set[int]) -> float | None:
        """Say what it costs that a fact is about a thing; None where the question does not lead to it."""
        for item in self.slots.things:
            for sense in item.of("thing"):
                if sense.iri == known:
                    taken.add(item.index)
                    return EXPRESSED.get(sense.how, -0.1) + (HOME if known in self.homes else 0.0)
        for item in self.slots.items if not self.slots.op("each") else ():
            empty = item.has("particle") and not item.has("property")
            empty = empty or (item.has("thing") and item.has("class"))  # it is called by its kind only
            if not empty and item.index not in taken | self.asked and self.names(known, item):
                taken.add(item.index)
                return _CALLED
        if known in self.homes:
            return _IMPLIED
        if scene.linked(known) & (self.named - self.homes) and not self.slots.op("each"):
            return _BY_WAY
        return None

    # Company

    def _from_company(
        self, scene: Scene, wanted: Sequence[str], used: frozenset[int], cost: float
    ) -> Iterator[Reading]:
        """Yield the reading that asks for what of a kind is named beside the things of the question."""
        company = {s.iri for i in self.slots.things for s in i.of("thing")} & scene.things - self.homes
        if not company or self.slots.asked("where", "whence", "who"):
            return
        answers = {t for t in scene.things - self.named - self.homes if self.index.is_a(t, tuple(wanted))}
        if not answers or len(answers) > 1:
            return
        taken = set(used)
        for item in self.slots.things:
            if any(s.iri in scene.things for s in item.of("thing")):
                taken.add(item.index)
        said = [i for i in self.slots.items if i.index not in taken and not i.has("question")]
        if all(i.has("particle") or not any(c.isalnum() for c in i.text) for i in said):
            return  # no word says what they have to do with one another
        left = self.left_over(scene, "", answers, taken)
        if left is None:
            return
        parts = [("retrieved", _BASE), ("beside", _TOGETHER), *left]
        if cost:
            parts.append(("target", cost))
        yield Reading(
            "things",
            X,
            (),
            {X: tuple(wanted)},
            used=self.slots.indexes,
            parts=tuple(parts),
            choices=tuple(sorted(answers)),
            beside=tuple(sorted(company)),
        )

    # Who says it

    def _said(self) -> Iterator[Reading]:
        """Yield the reading that asks who says what the question quotes."""
        verbs = [
            item
            for item in self.slots.items
            if any(self.index.flagged(s.iri, "attributes") for s in item.of("property", "says", "label"))
        ]
        quoted = self.named - self.homes
        counted = any(item.amount is not None and item.amount.units for item in self.slots.amounts)
        measured = self.measured()
        if not self.reader.who_does() or not verbs or not (quoted or counted or measured):
            return
        taken = {i.index for i in verbs} | {
            i.index for i in self.slots.things if quoted & {s.iri for s in i.of("thing")}
        }
        for scene in self.scenes():
            there = scene.things | {end for f in scene.stated.facts for end in (f.subject, f.object)}
            named = {item.index: {s.iri for s in item.of("thing")} & there for item in self.slots.things}
            home = [i for i in self.slots.things if {s.iri for s in i.of("thing")} & self.homes]
            if any(not things for index, things in named.items() if index not in {i.index for i in home}):
                continue
            left = self.left_over(scene, "", quoted, taken)
            if left is None:
                continue
            used = self.slots.indexes
            things = tuple(sorted({t for found in named.values() for t in found} & scene.things))
            given = {i.amount.value for i in self.slots.amounts if i.amount is not None and i.amount.units}
            told = tuple(
                (about, value)
                for about, indicator, value in scene.stated.figures
                if value in given or (not counted and indicator in measured)
            )
            if not things and not told:
                continue
            parts = (("retrieved", _BASE), ("said", _SAID), *left)
            yield Reading(
                "things", X, (), {}, used=used, parts=parts, beside=things, told=told, operation="said"
            )
