"""Whether an answer fits what a question asks for: its kind, a name, a place, a figure that is its own."""

from ..facts.graph import Around, Graph
from ..model import Edge, Item, Outcome, Reading
from ..words.index import LEX, Index
from ..words.slots import Slots
from .asked_words import asks_otherwise
from .contents import are_places_themselves
from .counting import counts_a_part, counts_itself
from .doers import does_otherwise
from .figures import FigureFitting, asks_for_name
from .repeating import leads_from_one, repeats
from .so_many import ranks_several
from .whereabouts import lies_around, lies_elsewhere
from .who import tells_kind_for_who

__all__ = ["Fitting"]


def _asks_relation(slots: Slots) -> bool:
    """Whether a which asks for a relation (何种合作关系)."""
    for item in slots.op("relation"):
        start = max((i.index for i in slots.asked("which") if i.index < item.index), default=item.index)
        between = slots.items[start + 1 : item.index]
        if between and all(i.has("unit") or i.of("property", "says", "label") for i in between):
            return True
    return False


def _opens(edge: Edge) -> bool:
    """Whether the other side of an edge is left open."""
    return any(end.startswith("?z") for end in (edge.subject, edge.object))


#: What a word for a plan may be besides: a verb (打造), or what is planned (规划).
_OTHERWISE = frozenset({"particle", "indicator", "property", "class", "thing"})


class Fitting(FigureFitting):
    """Judges answers by the question words and nouns of their question."""

    def __init__(self, index: Index, graph: Graph) -> None:
        super().__init__(index, graph)
        self._homes = frozenset(index.homes.values())

    def fits(self, reading: Reading, outcome: Outcome, slots: Slots) -> bool:  # noqa: PLR0911 - one kind after another
        """Whether an outcome is of the kind that is asked for."""
        if self._verb_unsaid(reading, slots) or self._is_partner(reading, outcome, slots):
            return False
        if reading.kind == "things" and (
            self._passes_over(reading, slots)
            or does_otherwise(reading, slots, self.index)
            or lies_elsewhere(outcome, slots, self.index, self.graph)
            or lies_around(outcome, slots, self.index, self.graph)
            or are_places_themselves(outcome, slots, self.index)
        ):
            return False
        if self._ranks_several(reading, outcome, slots) or self._is_done(reading, outcome, slots):
            return False
        if asks_otherwise(reading, outcome, slots, self.index):
            return False
        if tells_kind_for_who(reading, outcome, slots, self.index):
            return False
        if any(number != len(outcome.items) for number in _others_asked(slots)):
            return False
        if reading.kind in ("count", "value") and len(slots.asked("howMuch")) > len(outcome.items):
            return False  # two numbers are asked for
        if reading.kind == "count":
            part = counts_a_part(reading, outcome, slots, self.index, self.graph)
            itself = counts_itself(reading, outcome, slots)
            return not (part or itself or self.in_magnitudes(slots))
        if reading.kind == "value":
            return self.fits_figure(reading, slots)
        if reading.kind == "kind" and slots.op("relation"):
            return False  # to what it is related is not understood
        if reading.kind == "things" and _asks_relation(slots):
            return False
        if reading.kind == "kind" and self._said_by_name(reading, outcome, slots):
            return False
        if reading.kind == "kind" and asks_for_name(slots):
            return self._are_names(outcome, slots) and not self.index.is_a(reading.target, self.groups())
        if reading.kind == "things" and not reading.figures and self._which_is_more(slots):
            return False
        if reading.kind != "things" or reading.choices:
            return True
        answers = {item.iri for item in outcome.items if item.iri}
        typed = bool(reading.types.get("?x"))
        named = {
            s.iri
            for item in slots.things
            for s in item.of("thing")
            if s.how != "namesake"  # what is named after it may well be asked for
            and not (typed and s.how in ("part", "mention") and self._is_kind(item, reading, slots))
        }
        if named & answers:
            return False  # what the question names is not what it asks for
        if not self.of_asked_kind(outcome, slots):
            return False
        if reading.figures and self.asks_indicator(reading, slots):
            return False
        if slots.asked("where") and not self._leads_there(reading, slots):
            return False
        if self._by_whom(slots) and any(self.placing(p) for e in reading.edges for p in e.properties):
            return False
        pending = [slots.items[number] for number in reading.pending]
        if slots.asked("where") and any(i.has("thing") or i.has("class") for i in pending):
            return False  # where something else is
        if slots.asked("where") and self._is_located(answers, slots):
            return False
        if answers & self._homes and slots.asked("whichAspect"):
            return False
        if answers and answers <= self._homes and not self._asked_home(reading, slots):
            return False
        if asks_for_name(slots):
            unsaid = any(what.startswith("∅") for what, _ in reading.parts)
            if unsaid and self._has_its_name(slots):
                return False
            untyped = (slots.classes or unsaid) and not reading.types.get("?x")
            return not untyped and self._are_names(outcome, slots)
        return (
            leads_from_one(reading, slots, self.index) or not repeats(answers, slots, self.index)
        ) and self._of_last_kind(answers, slots)

    def _has_its_name(self, slots: Slots) -> bool:
        """Whether somebody whose name is asked for is called by it already (某某叫什么名字)."""
        behind = {item.index - 1 for item in asks_for_name(slots)}
        people = self.index.having("speaks")
        return any(
            item.index in behind and any(self.index.is_a(s.iri, people) for s in item.of("thing", "label"))
            for item in slots.things
        )

    def _ranks_several(self, reading: Reading, outcome: Outcome, slots: Slots) -> bool:
        """Whether so many of the greatest are asked for, and a reading tells another number of them."""
        if not (reading.figures and reading.kind in ("extreme", "value", "comparison")):
            return False
        told = {i.iri for i in outcome.items if i.iri} | {f.about for f in reading.figures}
        return ranks_several(told, slots, self.index)

    def _is_done(self, reading: Reading, outcome: Outcome, slots: Slots) -> bool:
        """Whether what is planned is asked for, and answered by what is so already."""
        planned = [item for item in slots.modals.get("planned", ()) if not item.kinds & _OTHERWISE]
        told = bool(outcome.notes) or any(item.note for item in outcome.items)
        return bool(planned and reading.edges) and reading.kind in ("things", "count") and not told

    def _said_by_name(self, reading: Reading, outcome: Outcome, slots: Slots) -> bool:
        """Whether of what kind something is stands in the name that the question has for it."""
        names = [i.text for i in slots.things if any(s.iri == reading.target for s in i.of("thing"))]
        kinds = [item.label for item in outcome.items if len(item.label) > 1]
        return any(kind in name for kind in kinds for name in names)

    def _is_kind(self, item: Item, reading: Reading, slots: Slots) -> bool:
        """Whether a word that a name has in it is but the kind that is asked for (哪支团队)."""
        behind = item.has("class") and any(item.index == a.index + 1 for a in slots.asked("which"))
        behind = behind or (item.has("class") and self._is_asked(item, slots))
        return behind or item.index in reading.pending

    def of_asked_kind(self, outcome: Outcome, slots: Slots) -> list[str]:
        """Return those answers that are of the kind that a question asks for, or are called so."""
        nouns = [
            item
            for item in slots.classes
            if item.index not in slots.widened and not item.has("particle") and self._is_asked(item, slots)
        ]
        return [
            item.iri
            for item in outcome.items
            if item.iri
            and all(
                noun.text in item.label or self.index.is_a(item.iri, tuple(s.iri for s in noun.of("class")))
                for noun in nouns
            )
        ]

    def _is_asked(self, noun: Item, slots: Slots) -> bool:
        """Whether a noun stands right behind a which, or right before one that ends a question (…有哪些,
        …是哪支), or before among and which (…中，哪一家).
        """
        if noun.has("question", LEX + "which"):
            return True  # 哪几行, in one word
        before = slots.items[noun.index - 1] if noun.index else None
        behind = slots.items[noun.index + 1] if noun.index + 1 < len(slots.items) else None
        asked = before is not None and before.has("question", LEX + "which")
        if asked and before is not None:
            noun_behind = behind is not None and bool(behind.of("property", "says", "label"))
            noun_behind = noun_behind and not any(
                c.isalnum() for i in slots.items[noun.index + 2 :] for c in i.text
            )
            return not noun_behind and not before.has(
                "question", LEX + "whichKind"
            )  # may be called otherwise
        rest = [i for i in slots.items[noun.index + 1 :] if any(c.isalnum() for c in i.text)]
        if (
            len(rest) > 2
            and rest[0].has("particle", LEX + "among")
            and rest[1].has("question", LEX + "which")
        ):
            return not rest[2].has("class")
        if len(rest) == 2 and rest[0].has("particle") and rest[1].has("question", LEX + "whichGroup"):
            return True
        return (
            behind is not None
            and behind.has("operator", LEX + "list")
            and not behind.has("question", LEX + "who")
            and not any(c.isalnum() for i in slots.items[behind.index + 1 :] for c in i.text)
        )

    def _by_whom(self, slots: Slots) -> bool:
        """Whether who does something is asked for, and not where (由谁…)."""
        asked = {i.index for i in slots.asked("who") if i not in asks_for_name(slots)}
        return any(i.has("particle", LEX + "agent") and i.index + 1 in asked for i in slots.items)

    def _passes_over(self, reading: Reading, slots: Slots) -> bool:
        """Whether a name stands right before the verb that a reading says of something else."""
        behind = [
            slots.items[number + 1]
            for number in reading.pending
            if slots.items[number].has("thing") and number + 1 < len(slots.items)
        ]
        return any(
            i.index in reading.used and i.of("property", "says") and len(i.text) > 1 and not i.has("class")
            for i in behind
        )

    def _is_located(self, answers: set[str], slots: Slots) -> bool:
        """Whether answers are what a question asks the place of: of a kind that it names elsewhere."""
        behind = {i.index + 1 for i in slots.asked("where")}
        return any(
            answers
            and all(self.index.is_a(answer, tuple(s.iri for s in item.of("class"))) for answer in answers)
            for item in slots.classes
            if item.index not in behind and not item.has("particle")
        )

    def _verb_unsaid(self, reading: Reading, slots: Slots) -> bool:
        """Whether a verb is left to the context beside a relation that no word says."""
        unsaid = any(what.startswith("∅") and points <= -0.2 for what, points in reading.parts)
        return unsaid and any(
            slots.items[number].of("property", "says", "label") and not slots.items[number].has("particle")
            for number in reading.pending
        )

    def _which_is_more(self, slots: Slots) -> bool:
        """Whether a question asks which of some is more: what figures tell, and no relation."""
        several = slots.conjunctions or slots.indicators
        asked = slots.asked("who") or (slots.asked("which") and several)
        ors = [i for i in slots.conjunctions if i.has("conjunction", LEX + "or")]
        return bool(slots.op("more", "less")) and bool(ors or asked)

    def _is_partner(self, reading: Reading, outcome: Outcome, slots: Slots) -> bool:
        """Whether it is asked in what respect two have to do with each other, and answered who has, or
        that they have.
        """
        if not slots.asked("whichAspect"):
            return False
        verbs = [i.text for i in slots.relations if len(i.text) > 1 and not i.has("particle")]
        return any(verb in item.label for verb in verbs for item in outcome.items) or any(
            "?x" in (edge.subject, edge.object) and set(edge.properties) & set(self.index.symmetric)
            for edge in reading.edges
        )

    def _leads_there(self, reading: Reading, slots: Slots) -> bool:
        """Whether it is a relation to a place that where asks for, when the verb leaves its own side open."""
        if not any(what.endswith(": …") for what, _ in reading.parts):
            if any(what.startswith("∅") or points <= -0.1 for what, points in reading.parts if "→" in what):
                return any(self._places(edge) for edge in reading.edges)  # no verb says more than where
            return not any(self._listed(edge, slots) for edge in reading.edges)
        asked = [e for e in reading.edges if "?x" in (e.subject, e.object) and not _opens(e)]
        doing = {end for e in reading.edges if _opens(e) for end in (e.subject, e.object)} & self._homes
        if any(doing & {e.subject, e.object} for e in asked):
            return False  # where it does something, not where it is itself
        return all(any(self.placing(p) for p in edge.properties) for edge in asked)

    def _places(self, edge: Edge) -> bool:
        """Whether what is asked for is where something is, or what it is known as."""
        return "?x" in (edge.subject, edge.object) and any(
            self.placing(p) or self._describes(p) for p in edge.properties
        )

    def _listed(self, edge: Edge, slots: Slots) -> bool:
        """Whether what is asked for is bound by a relation to no place, said by a word for each one only."""
        if "?x" not in (edge.subject, edge.object) or any(self.placing(p) for p in edge.properties):
            return False
        names = {n for p in edge.properties for n in (p, *self.index.inverse.get(p, ()))}
        saying = [i for i in slots.relations if names & {s.iri for s in i.of("property")}]
        return bool(saying) and all(i.has("operator") for i in saying)

    def _asked_home(self, reading: Reading, slots: Slots) -> bool:
        """Whether what goes without saying may be asked for: by who, by a class of its own, or as a place."""
        if not (
            reading.types.get("?x") or self._called_by_kind(slots) or self._asked_by_name(reading, slots)
        ):
            return False
        anywhere = set(self.index.facts.get(LEX + "where", {}).get("asksFor", ()))
        own = {c for c in reading.types.get("?x", ()) if any(self.index.is_a(h, (c,)) for h in self._homes)}
        wide = bool(own) and own <= anywhere
        said = {s.iri for item in slots.relations for s in item.of("property", "says", "label")}
        if slots.asked("whence"):
            return all(
                said.intersection(edge.properties)
                and any(self.index.flagged_either_way(p, "tellsOrigin") for p in edge.properties)
                for edge in reading.edges
            )
        if wide and not slots.asked("where", "who"):
            return False  # 什么设施
        if slots.asked("where") and not asks_for_name(slots):
            return all(
                any(
                    self.placing(p) or self._describes(p) or said & {p, *self.index.inverse.get(p, ())}
                    for p in names
                )
                for names in (edge.properties for edge in reading.edges)
            )
        return not asks_for_name(slots)

    def _asked_by_name(self, reading: Reading, slots: Slots) -> bool:
        """Whether it is asked what a relation leads to that is called by its name (甲的出发地, 甲 出发地),
        or what leads to it (甲的参与方).
        """
        called = {
            (s.iri, s.how == "saysInverse")
            for item in slots.relations
            for s in item.of("property", "label", "says", "saysInverse")
            if item.index
            and (
                slots.items[item.index - 1].has("particle", LEX + "attributive") or _stands_alone(item, slots)
            )
            and all(
                i.has("operator", LEX + "describe", LEX + "list") or not any(c.isalnum() for c in i.text)
                for i in slots.items[item.index + 1 :]
            )
        }
        return bool(reading.edges) and all(
            "?x" in (e.subject, e.object)
            and any((name, e.subject == "?x") in called for name in e.properties)
            for e in reading.edges
        )

    def _called_by_kind(self, slots: Slots) -> bool:
        """Whether a word for a relation ends with a kind that the home is of: 对口合作城市."""
        return any(
            all(self.index.is_a(home, (kind,)) for home in self._homes)
            for item in slots.relations
            if item.of("property", "says", "label") and not item.has("particle")
            for kind in self.index.kinds_ending(item.text)
        )

    def _are_names(self, outcome: Outcome, slots: Slots) -> bool:
        """Whether answers are names of single things, and not what the question calls them already."""
        people = self.index.having("speaks")
        for item in outcome.items:
            if item.iri not in self.index.types or self.index.is_a(item.iri, self.groups()):
                return False
            if self.index.is_a(item.iri, people) and any(
                c.text in item.label for c in slots.classes if len(c.text) > 1
            ):
                return False
        return True

    def _of_last_kind(self, answers: set[str], slots: Slots) -> bool:
        """Whether answers are of the kind that a question ends with, where no word asks (…的产业有)."""
        if slots.questions or slots.operators:
            return True
        for item in reversed([i for i in slots.items if i.index not in slots.widened]):
            if item.has("class"):
                classes = tuple(s.iri for s in item.of("class"))
                return all(self.index.is_a(answer, classes) for answer in answers)
            if item.has("thing") or not (item.has("particle") or not any(c.isalnum() for c in item.text)):
                return True
        return True

    def _describes(self, name: str) -> bool:
        """Whether a relation says what its subject is, such as what a city is known as."""
        return self.index.flagged_either_way(name, "describes")

    def within(self, around: Around) -> bool:
        """Whether a relation leads to what merely lies within a thing."""
        outward = self.index.flagged(around.property, "nearestBy")
        return self.placing(around.property) and around.forward != outward


def _others_asked(slots: Slots) -> list[int]:
    """Return how many others are asked for (另外4条)."""
    behind = {item.index + 1 for item in slots.op("others")} if not slots.op("except") else set()
    return [int(i.amount.value) for i in slots.amounts if i.amount is not None and i.index in behind]


def _stands_alone(item: Item, slots: Slots) -> bool:
    """Whether a word that says nothing else stands right behind a name, or a blank."""
    before = slots.items[item.index - 1]
    return not item.has("operator") and (before.has("thing") or not before.text.strip())
