"""Whether a reading goes down to what lies within a place, up to what is wider, or along another relation
than the one asked for, where nothing says so.
"""

from ..model import Edge, Reading
from ..words.index import Index
from ..words.slots import Slots

__all__ = ["climbs_unsaid", "descends_unsaid", "strays_unsaid"]

_X = "?x"
_BOTH = 2  # nouns: one for the place, one for what lies within it


def descends_unsaid(reading: Reading, slots: Slots, index: Index) -> bool:
    """Whether what lies within a place that is only passed through is told, as if what is said of the place
    were said of that as well: who goes to a province goes to none of its cities by that.
    """
    if reading.kind not in ("things", "count") or len(reading.edges) <= 1:
        return False
    nouns = [item for item in slots.classes if not item.has("particle")]
    return len(nouns) < _BOTH and any(_goes_down(edge, slots, index) for edge in reading.edges)


def climbs_unsaid(reading: Reading, slots: Slots, index: Index) -> bool:
    """Whether what is said of something wider is told of what is named: not all who belong to an industry
    make what one branch of it makes.
    """
    return reading.kind in ("things", "count") and any(_goes_up(e, slots, index) for e in reading.edges)


def strays_unsaid(reading: Reading, slots: Slots) -> bool:
    """Whether a relation that no word says is told where what asks says one itself (属于哪种)."""
    unsaid = any(what.startswith("∅") for what, _ in reading.parts)
    asking = slots.asked("whichKind")
    return unsaid and reading.kind == "things" and any(i.of("property", "says") for i in asking)


def _goes_down(edge: Edge, slots: Slots, index: Index) -> bool:
    """Whether an edge leads from a place that is not named to what lies within it, and no word says so."""
    inner, outer = (_X, edge.subject) if edge.object == _X else (edge.subject, edge.object)
    names = {*edge.properties, *(i for p in edge.properties for i in index.inverse.get(p, ()))}
    within = edge.properties if edge.subject == inner else names - set(edge.properties)
    if inner != _X or not outer.startswith("?"):
        return False
    if not any(p in index.facts.get(p, {}).get("nearestBy", ()) for p in within):
        return False
    said = {s.iri for item in slots.relations for s in item.of("property", "says", "label", "maySay")}
    return said.isdisjoint(names)


def _goes_up(edge: Edge, slots: Slots, index: Index) -> bool:
    """Whether an edge leads from what is named to something wider that is not named, and no word says so."""
    names = {*edge.properties, *(i for p in edge.properties for i in index.inverse.get(p, ()))}
    if edge.subject.startswith("?") or not edge.object.startswith("?") or edge.object == _X:
        return False
    if not any(p in index.facts.get(p, {}).get("nearestBy", ()) for p in edge.properties):
        return False
    said = {s.iri for item in slots.relations for s in item.of("property", "says", "label", "maySay")}
    return said.isdisjoint(names)
