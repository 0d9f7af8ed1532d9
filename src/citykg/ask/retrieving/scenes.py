"""The passages that name most of a question's words, and what it costs that they bear out the others."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ..facts.graph import Graph
from ..facts.passages import Fact, Stated
from ..fitting.answers import Fitting
from ..model import Item
from ..reading.evoking import Evoker
from ..reading.reader import Reader
from ..reading.scoring import says_of_what_kind
from ..words.index import LEX, Index
from ..words.slots import Slots

__all__ = ["HOME", "Scene", "Scenes"]

HOME = -0.04
"""What it costs that a word names what goes without saying."""

_BOUNDS = (LEX + "over", LEX + "under")
_MOST_PASSAGES = 12
_MOST_OF_A_THING = 24
_MOST_STATED = 12
_STATED = 0.5
_SMALL = 3
_OTHER_VERB = -0.08
_BESIDE = -0.05
_NEAR = -0.08
_MENTION = -0.1
_KIND_BESIDE = -0.04


@dataclass(frozen=True, slots=True)
class Scene:
    """One passage: what it names, and what it states."""

    passage: str
    things: frozenset[str]
    company: frozenset[str]
    stated: Stated

    def linked(self, thing: str) -> set[str]:
        """Return what the passage states a relation of a thing to, either way."""
        facts = self.stated.facts
        return {f.object for f in facts if f.subject == thing} | {
            f.subject for f in facts if f.object == thing
        }


class Scenes:
    """Finds the passages that name what a question names, and holds its other words against them.

    Args:
        reader: of the question; it says what may be asked for.
        fitting: tells what places something.
    """

    def __init__(self, reader: Reader, fitting: Fitting) -> None:
        self.fitting = fitting
        self.reader = reader
        self.slots: Slots = reader.slots
        self.index: Index = reader.index
        self.graph: Graph = reader.graph
        self.evoker: Evoker = reader.evoker
        self.passages = reader.graph.passages
        self.homes = frozenset(self.index.homes.values())
        self.asked = {i.index + 1 for i in self.slots.asked("which")}
        self.named = {
            s.iri
            for item in self.slots.things
            if not (item.has("class") and item.index in self.asked)
            for s in item.of("thing")
        }
        self.called_home = self.graph.beside_homes("describes")

    def scenes(self) -> Iterator[Scene]:
        """Yield the passages that name most of what the question names, the most first."""
        weights: dict[str, float] = defaultdict(float)
        for item in self.slots.items:
            things = [s.iri for s in item.of("thing")] or self._naming(item)
            found = {p for thing in things for p in self.passages.naming(thing)}
            for passage in found:
                weights[passage] += 1.0 / (1 + len(found))
        for passage in self._stating() | self._valued() | self._measured():
            weights[passage] += _STATED
        ranked = sorted(weights, key=lambda p: (-weights[p], p))[:_MOST_PASSAGES]
        self.passages.fetch_company(ranked)
        self.passages.fetch_stated(ranked)
        for passage in ranked:
            named, company = self.passages.things(passage), self.passages.company(passage)
            yield Scene(passage, named, company, self.passages.stated(passage))

    def _valued(self) -> set[str]:
        """Return the passages that state a figure which the question gives."""
        return {
            figure.passage
            for item in self.slots.amounts
            if item.amount is not None and item.amount.value > _SMALL
            for about, _, _ in self.graph.valued(item.amount.value)
            for figure in self.graph.figures([about])
            if figure.value == item.amount.value
        }

    def measured(self) -> set[str]:
        """Return the indicators that the question names, and those below them."""
        return {
            below
            for item in self.slots.indicators
            for sense in item.of("indicator", "says", "label", "alias")
            for below in self.index.below(sense.iri)
        }

    def _measured(self) -> set[str]:
        """Return the passages with figures of an indicator of which is asked who says it."""
        if not self.reader.asks_speaker():
            return set()
        measured = self.measured()
        return {
            figure.passage
            for indicator in sorted(measured)
            for about in self.graph.measured([indicator])
            for figure in self.graph.figures([about])
            if figure.indicator in measured
        }

    def _stating(self) -> set[str]:
        """Return the passages that state of a named thing a relation which a word says."""
        found: set[str] = set()
        said = {
            name
            for verb in self.slots.relations
            if not verb.has("particle")
            for name in self.evoker.evokes(verb)
        }
        facts = [
            Fact(thing, a.property, a.other) if a.forward else Fact(a.other, a.property, thing)
            for thing in sorted(self.named)
            for a in [a for a in self.graph.around(thing) if a.property in said][:_MOST_STATED]
        ]
        self.passages.fetch_stating(facts)
        for fact in facts:
            found.update(self.passages.stating(fact.subject, (fact.property,), fact.object))
        return found

    def _naming(self, item: Item) -> list[str]:
        """Return the things within whose names a word stands."""
        if len(item.text) < 2 or not (item.has("piece") or item.has("class") or item.has("property")):
            return []
        found = self.index.containing(item.text)
        return found if len(found) <= _MOST_OF_A_THING else []

    def left_over(
        self, scene: Scene, known: str, answers: set[str], taken: set[int]
    ) -> list[tuple[str, float]] | None:
        """Return what the words that are left over cost, or None where one of them is not borne out."""
        parts = []
        for item in self.slots.items:
            if item.index in taken:
                continue
            cost = self._word(item, scene, known, answers)
            if cost is None:
                return None
            if cost:
                parts.append((f"- {item.text}", cost))
        return parts

    def _word(self, item: Item, scene: Scene, known: str, answers: set[str]) -> float | None:  # noqa: PLR0911 - one kind after another
        if item.has("question") or item.has("conjunction"):
            return 0.0
        behind = self.slots.items[item.index + 1 : item.index + 2]
        before_which = bool(behind) and behind[0].has("question", LEX + "which")
        said = before_which and len(item.text) > 1 and item.has("particle") and not item.has("light")
        if item.of("property", "asks") or (said and item.of("property", "says")):
            return None  # it asks for a relation of its own, or says the one that is asked for: 包括哪些
        if item.index in self.asked and item.has("class") and self.slots.asked("whatLike"):
            return 0.0
        if item.period is not None:
            return -0.03 if any(p.startswith(item.period) for p in scene.stated.periods) else None
        if item.amount is not None:
            values = {value for _, _, value in scene.stated.figures}
            return -0.04 if item.amount.value in values or item.amount.value == len(answers) else None
        if item.has("modal"):
            return -0.01
        if item.has("operator", *_BOUNDS) and item.has("particle") and not self.slots.amounts:
            before = self.slots.items[item.index - 1] if item.index else None
            if before is not None and before.of("property", "says") and not before.has("thing"):
                return 0.0  # 去过
        if item.has("operator"):
            free = {LEX + n for n in ("list", "describe", "each", "both")}
            return -0.02 if all(s.iri in free for s in item.of("operator")) else None
        if all(self.names(a, item) for a in answers) or (known and self.names(known, item)):
            return -0.02
        if says_of_what_kind(item, self.slots):
            return None
        if item.has("thing"):
            if item.index in self.asked and not item.has("class"):
                return None  # what is asked for is something of this
            senses = {s.iri for s in item.of("thing")}
            if senses & self.called_home and not self._predicated(item):
                return HOME
            ends = answers if known in self.homes else {*answers, *([known] if known else ())}
            near = {a.other for t in ends for a in self.graph.around(t) if not self.fitting.within(a)}
            near |= scene.linked(known)
            if senses & near:
                return _BESIDE
            if self._owns_asked(item):
                return None  # what stands beside it need not be its own
            if self._beside_known(item, known):
                return None  # what is asked of both does not hold of it
            # Of the home everything is said: what is merely named beside does not tell what is meant.
            if senses & scene.things and known not in self.homes:
                return _BESIDE
            if senses & scene.company and known not in self.homes:
                return _NEAR
            if not item.has("class") and not all(s.how == "mention" for s in item.of("thing")):
                return None
        if self.index.is_title(item.text):
            near = {a.other for t in (*answers, known) if t for a in self.graph.around(t)}
            return _BESIDE if any(self.names(t, item) for t in near) else None  # nobody else's title
        if any(self.names(t, item) for t in scene.things):
            return _BESIDE
        if any(self.names(t, item) for t in scene.company):
            return _NEAR
        if any(self.index.flagged(s.iri, "attributes") for s in item.of("property", "says", "label")):
            return None  # who says it is asked for
        if item.has("particle"):
            return 0.0
        told = {indicator for _, indicator, _ in scene.stated.figures}
        if any(s.how != "counts" and told & set(self.index.below(s.iri)) for s in item.of("indicator")):
            return -0.03
        if item.has("property"):
            evoked = set(self.evoker.evokes(item))
            if not evoked:
                return 0.0  # a hint
            if evoked & {f.property for f in scene.stated.facts} or item.has("light"):
                return _OTHER_VERB
        if item.has("class"):
            classes = tuple(s.iri for s in item.of("class"))
            if any(self.index.is_a(t, classes) for t in scene.things | answers):
                return _KIND_BESIDE
            if any(self.index.is_a(t, classes) for t in scene.company):
                return _NEAR
        if item.has("unit") and not item.has("property"):
            return -0.03
        return _MENTION if item.has("thing") and not item.has("class") else None

    def _predicated(self, item: Item) -> bool:
        """Whether a name for what goes without saying is said of what is asked for (哪些城市是煤城)."""
        before = self.slots.items[item.index - 1] if item.index else None
        ends = not any(c.isalnum() for i in self.slots.items[item.index + 1 :] for c in i.text)
        names = {s.iri for s in before.of("property", "hints")} if before is not None else set()
        said = any(self.index.flagged(name, "describes") for name in names)
        return said and ends and self.homes.isdisjoint(s.iri for s in item.of("thing"))

    def _owns_asked(self, item: Item) -> bool:
        """Whether it is asked for the people of a thing, whose name stands right before the noun for them."""
        behind = [i for i in self.slots.items[item.index + 1 :] if not i.has("particle", LEX + "attributive")]
        people = tuple(self.index.facts.get(LEX + "who", {}).get("asksFor", ()))
        return bool(behind) and any(
            kind in self.index.below(s.iri) or s.iri in self.index.below(kind)
            for s in behind[0].of("class")
            for kind in people
        )

    def _beside_known(self, item: Item, known: str) -> bool:
        """Whether a name is joined with that of the thing which a fact is about."""
        joints = [i for i in self.slots.conjunctions if i.has("conjunction", LEX + "and")]
        return any(
            {item.index, other.index} == {joint.index - 1, joint.index + 1}
            for joint in joints
            for other in self.slots.things
            if any(s.iri == known for s in other.of("thing"))
        )

    def names(self, thing: str, item: Item) -> bool:
        """Whether a word stands within a name of a thing."""
        return len(item.text) > 1 and any(item.text in name for name in self.index.names(thing))
