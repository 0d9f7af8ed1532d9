"""Which of some things that are named first, each with a figure of its own, has the greater one
(甲和乙,哪项工作的面积更大)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..model import Answer, Item
from ..words.index import LEX, Index
from .pieces import relisted

__all__ = ["greater_of", "told_by_thing"]

_LEAST_WORDS = 4


def greater_of(items: Sequence[Item], index: Index) -> tuple[str, dict[str, str]] | None:
    """Return which of their figures is greater, and of which thing each figure is; None where no things with
    figures of their own are set against each other.
    """
    words = [i for i in items if any(c.isalnum() for c in i.text)]
    things = [i for i in words if i.has("thing")]
    more = [i for i in words if i.has("operator", LEX + "more", LEX + "less")]
    figures = [i for i in words if i.has("indicator") and i not in things and not i.has("unit")]
    if len(words) < _LEAST_WORDS or len(things) < 2 or not all(i.has("indicator") for i in things):
        return None
    owned = {f.iri: t.iri for i in things for f in i.of("indicator") for t in i.of("thing")}
    ways = {s.iri for i in more for s in i.of("operator", "says")} & {LEX + "more", LEX + "less"}
    if len(ways) != 1 or len(figures) != 1 or not any(_asks(i, index) for i in words):
        return None
    others = [i for i in words if i not in (*things, *more, *figures)]
    if not all(_says_nothing(i) for i in others):
        return None
    names, figure = index.message("separator").join(i.text for i in things), figures[0]
    return index.message("which-is-more", names=names, figure=figure.text, more=more[0].text), owned


def _asks(item: Item, index: Index) -> bool:
    """Whether a word asks which one it is, by itself or with what it compares (谁更)."""
    which = (LEX + "which", LEX + "who")
    begins = (s for end in range(1, len(item.text)) for s in index.senses(item.text[:end]))
    compares = item.has("operator", LEX + "compare", LEX + "more", LEX + "less")
    return (
        item.has("question", *which)
        or item.has("conjunction", LEX + "or")
        or (compares and any(s.iri in which for s in begins))
    )


def _says_nothing(item: Item) -> bool:
    """Whether a word only asks, joins, compares, or tells how many of which kind they are (这两项工作)."""
    if item.amount is not None or item.has("operator", LEX + "compare"):
        return True
    return any(item.has(kind) for kind in ("question", "class", "particle", "conjunction", "numeral", "unit"))


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
