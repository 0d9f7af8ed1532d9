"""Whether a who is answered by a kind: who somebody is may be told so, who holds a post may not."""

from ..model import Outcome, Reading
from ..words.index import LEX, Index
from ..words.slots import Slots

__all__ = ["tells_kind_for_who"]


def tells_kind_for_who(reading: Reading, outcome: Outcome, slots: Slots, index: Index) -> bool:
    """Whether a person is asked for, and all that is told is of what kind something is that is none."""
    if reading.kind != "kind" or not slots.asked("who"):
        return False
    people = tuple(index.facts.get(LEX + "who", {}).get("asksFor", ()))
    kinds = index.types.get(reading.target, ())
    return not index.is_a(reading.target, people) and all(item.iri in kinds for item in outcome.items)
