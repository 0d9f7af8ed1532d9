"""Questions that say something of one thing and ask the same of another: 甲签了21个项目，乙呢."""

from collections.abc import Sequence

from ..model import BREAKS, Item, text_of
from ..reading.excepting import alike
from ..words.amounts import number_of
from ..words.index import LEX, Index

__all__ = ["same_of_another"]


def same_of_another(items: Sequence[Item], index: Index) -> tuple[str, str] | None:
    """Return what is said of the first thing, as a question, and what is asked of the other in words of its
    own: nothing where the same cannot be said of it; None for any other question.

    Args:
        items: of the question.
        index: whose words and messages make the question.
    """
    words = [i for i in items if any(c.isalnum() for c in i.text) or i.text in BREAKS]
    breaks = [place for place, i in enumerate(words) if i.text in BREAKS]
    if len(breaks) != 1 or any(i.has("question") for i in words):
        return None
    first, second = words[: breaks[0]], words[breaks[0] + 1 :]
    figures = [i for i in first if _figure(i, index)]
    others = [i for i in second if not i.has("particle")]
    if not second or not second[-1].has("particle", LEX + "andWhatOf") or len(figures) != 1 or not others:
        return None
    claim = text_of(first) + index.message("is-it-so")
    if any(i.has("indicator") for i in others):  # another figure is asked for
        asked = text_of(i for i in second if not i.has("particle", LEX + "andWhatOf"))
        return (claim, asked + index.message("how-much")) if len(others) > 1 else None
    other = others[0]
    like = [i for i in first if i is not figures[0] and alike(i, other, index)]
    if len(like) != 1 or len(others) > 1:
        return claim, ""
    place, text = first.index(figures[0]), figures[0].text
    said = [other.text if i is like[0] else i.text for i in first]
    behind = text[len(_figure(figures[0], index)) :] + "".join(said[place + 1 :])
    return claim, index.message("so-many", before="".join(said[:place]), behind=behind)


def _figure(item: Item, index: Index) -> str:
    """Return the number with which a word begins, before its unit where it has one."""
    ends = [end for end in range(1, len(item.text) + 1) if number_of(item.text[:end]) is not None]
    with_unit = [end for end in ends if any(s.kind == "unit" for s in index.senses(item.text[end:]))]
    return item.text[: (with_unit or ends or [0])[-1]]
