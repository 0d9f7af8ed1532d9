"""Whether a question asks what there is in places, and not which there are (公园里有什么)."""

from itertools import pairwise

from ..model import Outcome
from ..words.index import LEX, Index
from ..words.slots import Slots

__all__ = ["are_places_themselves"]

_LEAST = 3


def are_places_themselves(outcome: Outcome, slots: Slots, index: Index) -> bool:
    """Whether answers are of the kind of places in which a question looks for something, or are not called
    like what it looks for (公园里有什么雕像).
    """
    words = [i for i in slots.items if any(c.isalnum() for c in i.text)]
    for asked, noun in pairwise(words):
        last = noun is words[-1] and asked.has("question", LEX + "which") and asked.index
        if last and noun.kinds == {"thing"} and noun.of("thing", "mention"):
            return any(noun.text not in item.label for item in outcome.items)
    kinds = _looked_into(slots, index)
    return bool(kinds) and any(index.is_a(item.iri or "", kinds) for item in outcome.items)


def _looked_into(slots: Slots, index: Index) -> tuple[str, ...]:
    """Return the kinds of places before a word that something is inside, with a what behind it that ends the
    question.
    """
    words = [i for i in slots.items if any(c.isalnum() for c in i.text)]
    if len(words) < _LEAST or not words[-1].has("question", LEX + "which"):
        return ()
    noun = next((i for i in reversed(words[:-1]) if i.has("class") or i.has("thing")), None)
    said = "".join(i.text for i in words if noun is not None and i.index > noun.index)
    having = any(s.iri == LEX + "having" for c in said[1:] for s in index.senses(c))
    if noun is None or noun is words[-2] or not having:
        return ()
    places = set(index.facts.get(LEX + "where", {}).get("asksFor", ()))
    inside = any(s.how == "hints" and index.flagged(s.iri, "onlyOneOfAKind") for s in index.senses(said[:1]))
    kinds = tuple(s.iri for s in noun.of("class") if places & {s.iri, *index.above.get(s.iri, ())})
    return kinds if inside else ()
