"""Readings of what two or more things have in common: whether it is one of a kind, and which (同属哪个省)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..model import Edge, Reading
from .attaching import X

if TYPE_CHECKING:
    from .reader import Reader

__all__ = ["in_common"]


def in_common(reader: "Reader", kind: str, used: frozenset[int]) -> Iterator[Reading]:
    """Yield readings of one thing of a kind that all named things are related to.

    Args:
        reader: of the question.
        kind: of the reading: whether there is one (exists), or which (things).
        used: the words that ask.
    """
    slots, index = reader.slots, reader.index
    marks = slots.op("alike", "theSame")
    nouns = slots.classes or [i for i in slots.relations if i.of("property", "label")]
    noun = nouns[-1] if nouns else None
    if not marks or noun is None or len(reader.things) < 2 or noun.index < reader.things[-1].index:
        return
    named = [item.of("thing", "label", "alias") for item in reader.things]
    if not all(named):
        return
    classes = tuple(s.iri for s in noun.of("class", "label", "alias", "says")) or tuple(
        kind for s in noun.of("property", "label") for kind in index.range.get(s.iri, ())
    )
    saying = [i for i in slots.relations if not i.has("class") and not i.has("conjunction")]
    said = {name for item in saying for name in reader.evoker.evokes(item)}
    near = [
        {
            a.property
            for a in reader.graph.around(senses[0].iri)
            if a.forward and not a.modality and index.is_a(a.other, classes)
        }
        for senses in named
    ]
    names = {n for n in set.intersection(*near) if index.flagged(n, "onlyOneOfAKind") or n in said}
    names &= said or names
    if names:
        edges = tuple(Edge(senses[0].iri, tuple(sorted(names)), X) for senses in named)
        words = {noun.index, *(i.index for i in (*marks, *saying, *reader.things))}
        nearest = reader.nearest(edges) if kind == "things" else ()
        yield Reading(kind, X, edges, {X: classes}, used=used | words, nearest=nearest)
