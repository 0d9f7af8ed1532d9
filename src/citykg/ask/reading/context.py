"""Words that a reading leaves over, borne out by what the passages of its answer state besides."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from ..facts.graph import Graph
from ..facts.passages import Fact
from ..model import Item, Outcome, Reading
from ..words.index import LEX, Index
from ..words.slots import Slots

__all__ = ["Context", "may_be_borne_out"]

#: What a word costs that only the context bears out, by what it is.
_COSTS = {"thing": -0.14, "class": -0.1, "property": -0.08, "indicator": -0.12, "piece": -0.06}
_AMOUNT = -0.06
_BOUND = -0.02
_PERIOD = -0.05
_FEW = 10
_KINDS = ("value", "extreme", "count", "things", "time", "figure-truth", "comparison")
_ROUNDS = 3
_ASKED = tuple(LEX + name for name in ("who", "which", "where"))


def may_be_borne_out(item: Item, reading: Reading, slots: Slots) -> float | None:  # noqa: PLR0911 - one kind after another
    """Return what it costs to leave a word to the context, or None where it must not be left to it."""
    if reading.kind not in _KINDS:
        return None
    beside = slots.items[max(item.index - 1, 0) : item.index + 2]
    bounding = slots.op("over", "under")
    if item.amount is not None and item.amount.value <= _FEW and any(i in bounding for i in beside):
        return None  # so few are told by a figure that is looked at, and by no other that happens to be so
    if item in bounding:
        bound = any(i.amount is not None and i.amount.value > _FEW for i in beside)
        return _BOUND if bound and reading.kind != "figure-truth" else None
    if item.period is not None:
        return _PERIOD if reading.kind in ("things", "count") else None
    if item.amount is not None:
        return _AMOUNT if reading.kind != "figure-truth" else None
    if any(item.has(kind) for kind in ("question", "operator", "modal")):
        return None
    unbound = reading.kind in ("things", "count") and not (
        reading.edges or reading.figures or reading.absent or reading.lacking
    )
    if unbound and item.of("property", "says", "label") and not item.has("particle"):
        return None  # nothing else says what they have to do with it
    if reading.kind == "things" and (_asks(item, slots) or item.of("property", "asks")):
        return None  # the verb that the question word belongs to, or what asks itself
    before = [i for i in slots.items[max(item.index - 2, 0) : item.index] if not i.has("unit")]
    if item.has("thing") and before and before[-1].has("question", LEX + "howMuch"):
        return None  # what is counted
    if item.has("thing") and item.has("class") and _counted_to_be(item, slots):
        return None
    if item.has("thing") and _counted_itself(item, slots):
        return None
    if item.has("thing") and any(
        i.has("conjunction", LEX + "and") and not i.has("time") for i in _beside(item, slots)
    ):
        return None  # what is said of both is asked of both
    for kind, cost in _COSTS.items():
        if item.has(kind):
            if kind == "indicator" and (slots.conjunctions or not _comes_first(item, reading, slots)):
                return None
            if kind == "indicator" and reading.kind in ("comparison", "extreme"):
                return None  # what is compared
            if item.index + 1 in slots.continued and item.index + 1 in reading.used:
                return None  # one name in two words, of which a figure has to bear out both
            if kind == "thing" and reading.kind == "count" and reading.types.get("?x") is None:
                return None
            return cost
    return None


def _asks(item: Item, slots: Slots) -> bool:
    """Whether a verb stands beside the question word that asks what does it, or what it does."""
    behind = slots.items[item.index + 1 : item.index + 2]
    if len(item.text) > 1 and item.has("particle") and item.of("property", "says") and not item.has("light"):
        return bool(behind) and behind[0].has("question", LEX + "which")  # 包括哪些
    if item.has("particle") or item.has("light") or item.has("thing") or item.has("class"):
        return False
    said = bool(item.of("property", "says", "label"))
    return said and any(i.has("question", *_ASKED) for i in _beside(item, slots))


def _counted_to_be(item: Item, slots: Slots) -> bool:
    """Whether it is asked how many are of the kind that a name names (多少户是民营企业)."""
    before = [i for i in slots.items[max(item.index - 3, 0) : item.index] if not i.has("unit")]
    joined = bool(before) and bool(before[-1].of("property", "hints"))
    return joined and len(before) > 1 and before[-2].has("question", LEX + "howMuch")


def _counted_itself(item: Item, slots: Slots) -> bool:
    """Whether nothing but how many stands behind a name: it is what is counted (某某有几位)."""
    behind = [i for i in slots.items[item.index + 1 :] if any(c.isalnum() for c in i.text)]
    numbers = [place for place, i in enumerate(behind) if i.has("question", LEX + "howMuch")]
    if not numbers or not all(i.has("particle") for i in behind[: numbers[0]]):
        return False
    return all(i.has("unit") and not i.has("class") for i in behind[numbers[0] + 1 :])


def _included(item: Item, slots: Slots) -> bool:
    """Whether a kind is only said to be included: …，包括县里的."""
    before = slots.items[max(item.index - 2, 0) : item.index]
    return len(before) == 2 and before[0].has("conjunction") and bool(before[1].of("property", "says"))


def _beside(item: Item, slots: Slots) -> list[Item]:
    return [i for i in slots.items[max(item.index - 1, 0) : item.index + 2] if i is not item]


def _comes_first(item: Item, reading: Reading, slots: Slots) -> bool:
    """Whether the figure that is asked for is named behind a word for another one."""
    used = [i.index for i in slots.indicators if i.index in reading.used]
    return not used or max(used) > item.index


@dataclass(slots=True)
class _Scene:
    """What the passages of an answer state, and the things that are on the scene so far."""

    facts: set[Fact]
    figures: set[tuple[str, str, Fraction]]
    answers: tuple[str, ...]
    periods: set[str]
    speakers: set[str]
    typed: bool
    close: bool
    about: set[str] = field(default_factory=set)

    def relates(self, thing: str, central: set[str]) -> bool:
        """Whether a thing is related to one on the scene, or to every answer."""
        near = {f.object for f in self.facts if f.subject == thing}
        near |= {f.subject for f in self.facts if f.object == thing}
        return bool(near & central) or (bool(self.answers) and near.issuperset(self.answers))

    def joins(self, properties: set[str], central: set[str]) -> bool:
        """Whether one of some properties holds of a thing on the scene, or of every answer."""
        ends = {end for f in self.facts if f.property in properties for end in (f.subject, f.object)}
        return bool(ends & central) or (bool(self.answers) and ends.issuperset(self.answers))


class Context:
    """Holds what is left over against what passages state."""

    def __init__(self, index: Index, graph: Graph) -> None:
        self.index = index
        self.graph = graph
        self.passages = graph.passages

    def bears_out(
        self, items: Sequence[Item], reading: Reading, outcome: Outcome, slots: Slots, *, close: bool = False
    ) -> bool:
        """Whether the passages of an outcome connect every one of some words with what it is about.

        Args:
            items: the words.
            reading: that leaves them over.
            outcome: of the reading.
            slots: of the same question.
            close: whether there is one passage only, so that what it says of the home is of a piece as well.
        """
        self.passages.fetch_stated(e.passage for e in outcome.evidence)
        passages = [self.passages.stated(e.passage) for e in outcome.evidence]
        scene = _Scene(
            {fact for passage in passages for fact in passage.facts},
            {figure for passage in passages for figure in passage.figures},
            tuple(item.iri for item in outcome.items if item.iri),
            {period for passage in passages for period in passage.periods},
            {evidence.speaker for evidence in outcome.evidence if evidence.speaker},
            bool(reading.types.get("?x")),
            close,
        )
        self._set(scene, reading)
        left = list(items)
        for _ in range(_ROUNDS):
            still = [item for item in left if not self._explained(item, scene, slots)]
            if not still:
                return True
            if len(still) == len(left):
                return False
            left = still
        return False

    def miscounts(self, outcome: Outcome, slots: Slots) -> bool:
        """Whether a question asks for so many things, or for several, and an outcome has another number."""
        if slots.asked("whichSeveral") and len(outcome.items) == 1:
            return True
        wanted = {item.many for item in slots.asked("which") if item.many}
        return (bool(wanted) and len(outcome.items) not in wanted) or self._other_aspects(outcome, slots)

    def _other_aspects(self, outcome: Outcome, slots: Slots) -> bool:
        """Whether it is asked in which respects something is done, and the passage that states in how many
        has as many others.
        """
        counting = {
            s.iri
            for item in slots.asked("whichAspect")
            for start in range(1, len(item.text) - 1)
            for s in self.index.senses(item.text[start:])
            if s.kind == "indicator"
        }
        named = [s.iri for item in slots.things for s in item.of("thing")] if counting else []
        stated = [f for f in self.graph.figures(named) if f.indicator in counting]
        told = {item.iri for item in outcome.items if item.iri}
        return bool(stated) and not any(
            len(outcome.items) == f.value and told <= self.passages.things(f.passage) for f in stated
        )

    def contradicts(self, reading: Reading, slots: Slots) -> bool:
        """Whether a question counts the members of a thing otherwise than the graph does."""
        for item in slots.amounts:
            behind = slots.items[item.index + 1 : item.index + 2]
            if item.amount is None or item.index in reading.used:
                continue
            if self._another_figure(item, reading, slots):
                return True
            if not behind:
                continue
            counts = {
                figure.value
                for figure in self.graph.figures(s.iri for s in behind[0].of("thing"))
                if figure.unit in item.amount.units and self.index.counts(figure.indicator)
            }
            if counts and item.amount.value not in counts:
                return True
        return False

    def _another_figure(self, item: Item, reading: Reading, slots: Slots) -> bool:
        """Whether a figure stands beside the name of an indicator that has it nowhere."""
        amount = item.amount
        beside = slots.items[max(item.index - 2, 0) : item.index + 2]
        if amount is None or not amount.units or any(i in slots.op("over", "under") for i in beside):
            return False
        names = {
            below
            for i in slots.items[max(item.index - 1, 0) : item.index + 2]
            for s in i.of("indicator")
            if s.how != "counts"
            for below in self.index.below(s.iri)
        }
        if not names or reading.kind in ("figure-truth", "comparison-truth"):
            return False
        measures = {s.iri for s in self.index.senses(amount.classifier) if s.how == "counts"}
        if measures.isdisjoint(names) and amount.value <= _FEW:
            return False  # 三类: so many kinds
        found = self.graph.figures(self.graph.measured(sorted(names)))
        values = {f.value for f in found if f.indicator in names and f.unit in amount.units}
        return bool(values) and amount.value not in values

    def _set(self, scene: "_Scene", reading: Reading) -> None:
        """Put the things that a reading names into its scene."""
        about = scene.about
        for edge in reading.edges:
            about |= {end for end in (edge.subject, edge.object) if not end.startswith("?")}
        if not reading.target.startswith("?"):
            about.add(reading.target)
        for figure in reading.figures:
            if figure.about.startswith("?"):
                about |= {a for a, indicator, _ in scene.figures if indicator in figure.indicators}
            else:
                about.add(figure.about)
            about |= {name for name in (figure.group, figure.work) if name}
            names = {name for indicator in figure.indicators for name in self.index.names(indicator)}
            about |= {f.object for f in scene.facts if self.index.label(f.object) in names}

    def _explained(self, item: Item, scene: "_Scene", slots: Slots) -> bool:  # noqa: PLR0911 - one kind after another
        central = scene.about - (set() if scene.close else set(self.index.homes.values()))
        if not central and not scene.answers:
            central = scene.about
        if item.period is not None:
            return any(period.startswith(item.period) for period in scene.periods)
        named = [self._names(thing, item.text) for thing in scene.answers if scene.typed]
        if (named and all(named)) or any(self._names(thing, item.text) for thing in central):
            return True
        if item.amount is not None:
            return any(
                value == item.amount.value and (a in scene.about or scene.relates(a, central))
                for a, _, value in scene.figures
            )
        if item.has("operator"):
            return True  # the amount beside it is the one that has to be explained
        for sense in item.of("thing"):
            if sense.iri in scene.answers:
                # what the question names is not what it asks for, but for the rest of its name
                return scene.typed and sense.how in ("part", "mention")
            if scene.answers and self._classed(scene, sense.iri):
                return True
            if self._titled(item, scene, slots) or self._tells_who(sense.iri, central):
                return True
            if not scene.answers and any(
                a.forward and a.other in scene.about and self.index.flagged(a.property, "figuresOfPart")
                for a in self.graph.around(sense.iri)
            ):
                return False  # what is measured of the whole is not measured of the part
            if sense.iri in scene.speakers or sense.iri in scene.about or scene.relates(sense.iri, central):
                scene.about.add(sense.iri)
                return True
        if any(
            about in scene.about and indicator in self.index.below(s.iri)
            for s in item.of("indicator")
            for about, indicator, _ in scene.figures
        ):
            return True
        names = {
            name
            for s in item.of("property")
            if s.how != "hints"
            for below in self.index.below(s.iri)
            for name in (below, *self.index.inverse.get(below, ()))
        }
        if names and scene.joins(names, central):
            if scene.close:
                scene.about |= {f.object for f in scene.facts if f.property in names and f.subject in central}
            return True
        return item.has("class") and self._kind_explained(item, scene, central, slots)

    def _tells_who(self, thing: str, central: set[str]) -> bool:
        """Whether a thing is what something on the scene is, whatever the passage says of it: its post."""
        return any(
            a.other in central and not a.modality and self.index.flagged_either_way(a.property, "describes")
            for a in self.graph.around(thing)
        )

    def _titled(self, item: Item, scene: "_Scene", slots: Slots) -> bool:
        """Whether a name stands right beside the one that it tells who it is: 市委书记某某某."""
        beside = {s.iri for i in _beside(item, slots) for s in i.of("thing")} & scene.about
        return any(
            a.other in beside and self.index.flagged_either_way(a.property, "describes")
            for s in item.of("thing")
            for a in self.graph.around(s.iri)
        )

    def _classed(self, scene: "_Scene", thing: str) -> bool:
        """Whether every answer is classed by a thing, or has a name that begins with one of its names."""
        names = tuple(name for name in self.index.names(thing) if len(name) > 1)
        return all(
            self.index.label(answer).startswith(names)
            or any(
                a.other == thing
                and a.forward
                and not a.modality
                and self.index.flagged(a.property, "classifies")
                for a in (self.graph.around(answer) if scene.typed else ())
            )
            for answer in scene.answers
        )

    def _kind_explained(self, item: Item, scene: "_Scene", central: set[str], slots: Slots) -> bool:
        classes = tuple(s.iri for s in item.of("class"))
        near = set(central)
        for fact in scene.facts:
            if fact.subject in central:
                near.add(fact.object)
            if fact.object in central:
                near.add(fact.subject)
        if any(self.index.is_a(t, classes) or self._names(t, item.text) for t in near):
            return True
        if _included(item, slots):
            return any(self.index.is_a(a.other, classes) for t in scene.answers for a in self.graph.around(t))
        before = slots.items[item.index - 1] if item.index else None
        owners = {s.iri for s in before.of("thing")} & scene.about if before is not None else set()
        return any(self.index.is_a(a.other, classes) for owner in owners for a in self.graph.around(owner))

    def _names(self, thing: str, word: str) -> bool:
        return len(word) > 1 and any(word in name for name in self.index.names(thing))
