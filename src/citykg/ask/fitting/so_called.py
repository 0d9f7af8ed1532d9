"""Whether what is told is of the kind that a question calls by a noun, or by a name."""

from ..facts.graph import Graph
from ..model import Outcome, Reading
from ..words.index import Index
from ..words.slots import Slots

__all__ = ["are_called", "classified"]


def are_called(reading: Reading, outcome: Outcome, slots: Slots, index: Index) -> bool:
    """Whether what has the greatest figure is of the kinds that the reading leaves to the passages."""
    nouns = [slots.items[number] for number in reading.pending if slots.items[number].has("class")]
    return all(
        item.label.endswith(noun.text) or index.is_a(item.iri, tuple(s.iri for s in noun.of("class")))
        for item in outcome.items
        if item.iri
        for noun in nouns
    )


def classified(outcome: Outcome, slots: Slots, graph: Graph) -> bool:
    """Whether what is told has to do with the name right behind a which, which is its kind (哪些煤城)."""
    asked = {item.index + 1 for item in slots.asked("which")}
    names = [item for item in slots.things if item.index in asked and item.kinds == {"thing"}]
    near = [{a.other for s in i.of("thing") for a in graph.around(s.iri)} for i in names]
    return all(item.iri in others for item in outcome.items if item.iri for others in near)
