"""Questions for things of several kinds at once: 牵头哪些团队和园区, 在哪个县、哪个市."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from ..model import Answer, Item, text_of
from ..words.index import LEX, Index
from .parts import together
from .pieces import listed

__all__ = ["of_each_kind"]


def of_each_kind(
    question: str, items: Sequence[Item], index: Index, whole: Callable[[str], Answer]
) -> Answer | None:
    """Answer a which with several nouns by the things of each kind; None where it has one, or where not
    all of them are told.

    Args:
        question: as it was asked.
        items: of the question.
        index: of the graph.
        whole: answers a question that asks one thing.
    """
    kinds = _kinds(items)
    if len(kinds) < 2 or _nested(kinds, index):
        return None
    before, behind = text_of(items[: kinds[0].index]), text_of(items[kinds[-1].index + 1 :])
    told: Answer | None = None
    for kind in kinds:
        one = whole(before + kind.text + behind)
        if one.status != "answered" or not all(a.iri and a.value is None for a in one.answers):
            return None
        if told is not None and {a.iri for a in told.answers} & {a.iri for a in one.answers}:
            return None  # one that is not told apart
        told = one if told is None else together(told, one, "")
    if told is None:
        return None
    return replace(told, question=question, text=listed(told.answers, index))


def _kinds(items: Sequence[Item]) -> list[Item]:
    """Return the nouns behind a which, each joined to the one before it, with or without a which."""
    asked = [i for i in items if i.has("question", LEX + "which") and not i.has("question", LEX + "who")]
    if not asked or any(i.has("question") and i not in asked for i in items):
        return []
    place = asked[0].index + 1
    kinds: list[Item] = []
    while place < len(items) and _is_kind(items[place]):
        kinds.append(items[place])
        joined = items[place + 1 : place + 3]
        if not joined or not joined[0].has("conjunction", LEX + "and", LEX + "or"):
            break
        place += 3 if joined[-1] in asked else 2
    last = kinds[-1].index + 1 if kinds else 0
    if any(i.has("particle", LEX + "attributive") for i in items[last : last + 1]):
        return []  # 哪些企业和项目的投资
    return kinds if all(i.index < last for i in asked) else []


def _is_kind(item: Item) -> bool:
    return item.has("class") and not item.has("question")


def _nested(kinds: Sequence[Item], index: Index) -> bool:
    """Whether one kind is within another, which stands for both."""
    named = [{s.iri for s in kind.of("class")} for kind in kinds]
    wider = [{a for iri in own for a in index.above.get(iri, ())} for own in named]
    return any(
        named[n] & (named[m] | wider[m]) for n in range(len(named)) for m in range(len(named)) if n != m
    )
