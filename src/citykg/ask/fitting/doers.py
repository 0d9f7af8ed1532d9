"""Who does something, asked for by the word that marks it (由谁制定): told by what the verb says only."""

from ..model import Reading
from ..words.index import LEX, Index
from ..words.slots import Slots

__all__ = ["does_otherwise"]


def does_otherwise(reading: Reading, slots: Slots, index: Index) -> bool:
    """Whether what a question asks by whom is told by relations that its verb does not say."""
    told = {p for e in reading.edges if "?x" in (e.subject, e.object) for p in e.properties}
    for who in slots.asked("who"):
        before = slots.items[max(who.index - 1, 0) : who.index]
        verb = next((i for i in slots.items[who.index + 1 :] if i.of("property", "says", "label")), None)
        if (
            verb is None
            or verb.index != who.index + 1
            or not any(i.has("particle", LEX + "agent") for i in before)
        ):
            continue
        said = {s.iri for s in verb.of("property")}
        said |= {other for name in said for other in index.inverse.get(name, ())}
        if told and not any(said & {name, *index.above.get(name, ())} for name in told):
            return True
    return False
