"""Which of some things that are named first, each with a figure of its own, has the greater one
(甲和乙,哪项工作的面积更大)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..model import Answer, Item, text_of
from ..words.index import LEX, Index
from .piecewise import relisted

__all__ = ["greater_of", "told_by_thing"]

_LEAST_WORDS = 4


def greater_of(items: Sequence[Item], index: Index) -> tuple[str, dict[str, str]] | None:
    """Return which of their figures is greater, and of which thing each figure is; None where no things with
    figures of their own are set against each other.
    """
    words = [i for i in items if any(c.isalnum() for c in i.text)]
    asked = next((n for n, i in enumerate(words) if i.has("question", LEX + "which")), 0)
    if len(words) < _LEAST_WORDS or not asked:
        return None
    named, between, (figure, more) = words[:asked], words[asked + 1 : -2], words[-2:]
    things = [i for i in named if not i.has("conjunction")]
    owned = {f.iri: t.iri for i in things for f in i.of("indicator") for t in i.of("thing")}
    if len(things) < 2 or not all(i.has("thing") and i.has("indicator") for i in things):
        return None
    if not figure.has("indicator") or not more.has("operator", LEX + "more", LEX + "less"):
        return None
    if not all(i.has("class") or i.has("particle") for i in between):
        return None
    names = text_of(named)
    return index.message("which-is-more", names=names, figure=figure.text, more=more.text), owned


def told_by_thing(question: str, answer: Answer, owned: Mapping[str, str], index: Index) -> Answer | None:
    """Return an answer with the things instead of their figures, or None where it has others."""
    if answer.status != "answered" or not all(i.iri in owned for i in answer.answers):
        return None
    told = tuple(
        replace(item, label=index.label(owned[item.iri]), iri=owned[item.iri])
        for item in answer.answers
        if item.iri
    )
    return replace(relisted(answer, told, index), question=question)
