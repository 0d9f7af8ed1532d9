"""Whether an answer fits what a question asks for: its kind, a name, a place, a figure that is its own."""

from .graph import Graph
from .index import Index
from .model import Item, Outcome, Reading
from .slots import Slots

__all__ = ["Fitting", "asks_for_name"]


def asks_for_name(slots: Slots) -> list[Item]:
    """Return the question words that ask what something or someone is called."""
    return [item for item in slots.asked("who") if item.has("question") and item in slots.asked("which")]


class Fitting:
    """Judges answers by the question words and nouns of their question."""

    def __init__(self, index: Index, graph: Graph) -> None:
        self.index = index
        self.graph = graph
        self._homes = frozenset(index.homes.values())

    def fits(self, reading: Reading, outcome: Outcome, slots: Slots) -> bool:
        """Whether an outcome is of the kind that is asked for."""
        if self._verb_unsaid(reading, slots):
            return False
        if reading.kind == "count":
            return not self._counts_itself(reading, outcome)
        if reading.kind != "things" or reading.choices:
            return True
        answers = {item.iri for item in outcome.items if item.iri}
        named = {s.iri for item in slots.things for s in item.of("thing")}
        if named & answers:
            return False  # what the question names is not what it asks for
        if answers and answers <= self._homes and not self._asked_home(reading, slots):
            return False
        return not asks_for_name(slots) or self._are_names(outcome, slots)

    def _verb_unsaid(self, reading: Reading, slots: Slots) -> bool:
        """Whether a verb is left to the context beside a relation that no word says."""
        unsaid = any(what.startswith("∅") and points <= -0.2 for what, points in reading.parts)
        return unsaid and any(
            slots.items[number].of("property", "says", "label") and not slots.items[number].has("particle")
            for number in reading.pending
        )

    def _asked_home(self, reading: Reading, slots: Slots) -> bool:
        """Whether what goes without saying may be asked for: by who, by a class of its own, or as a place."""
        if not reading.types.get("?x"):
            return False
        if slots.asked("where") and not asks_for_name(slots):
            return any(
                self.index.flagged(name, "nearestBy")
                for edge in reading.edges
                for p in edge.properties
                for name in (p, *self.index.inverse.get(p, ()))
            )
        return not asks_for_name(slots)

    def _are_names(self, outcome: Outcome, slots: Slots) -> bool:
        """Whether answers are names of single things, and not what the question calls them already."""
        groups = tuple(term for term in self.index.facts if self.index.flagged(term, "summarises"))
        people = tuple(term for term in self.index.facts if self.index.flagged(term, "speaks"))
        for item in outcome.items:
            if item.iri is None or self.index.is_a(item.iri, groups):
                return False
            if self.index.is_a(item.iri, people) and any(
                c.text in item.label for c in slots.classes if len(c.text) > 1
            ):
                return False
        return True

    def _counts_itself(self, reading: Reading, outcome: Outcome) -> bool:
        """Whether one thing is counted as one that stands for several, or that the question names."""
        if not any(item.value == 1 for item in outcome.items):
            return False
        return not reading.types.get("?x") or bool(reading.pending)
