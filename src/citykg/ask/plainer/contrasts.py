"""Questions that say first what is not so: 与其说甲…，不如说它…; 甲不是…，而是…."""

from collections.abc import Sequence

from ..model import BREAKS, Item, text_of
from ..words.index import LEX, Index

__all__ = ["contrasted"]


def contrasted(items: Sequence[Item], index: Index) -> tuple[str, frozenset[str]] | None:
    """Return what is asked behind what is not so, with what is named there and can be no answer, or None.

    Args:
        items: of the question.
        index: whose words say that something is rather so than not.
    """
    breaks = [i.index for i in items if i.text in BREAKS and i.index < len(items) - 1]
    asks = any(i.has("question", LEX + "whether") for i in items)
    turn = next((i for i in items if i.has("particle", LEX + "butRather")), None)
    if asks or turn is None or turn.index - 1 not in breaks or turn.index == len(items) - 1:
        return None
    first, second = items[: turn.index - 1], items[turn.index + 1 :]
    denial = next((i for i in first if i.has("particle", LEX + "ratherThan") or _denies(i)), None)
    if denial is None or any(i.has("question") for i in first) or not any(i.has("question") for i in second):
        return None
    before, behind = first[: denial.index], first[denial.index + 1 :]
    rest = second[1:] if second[0].has("particle", LEX + "pronoun") else second
    denied = frozenset(s.iri for i in behind for s in i.of("thing"))
    said = [i for i in before if not i.has("particle")]
    if len(said) > 1:
        copula = _copula(turn, index)
        return (text_of(before) + copula + text_of(rest), denied) if copula else None
    subject = said or (behind[:1] if denial.has("particle", LEX + "ratherThan") else [])
    if not rest or not all(i.has("thing") for i in subject) or not (subject or rest[0].has("thing")):
        return None
    denied -= {s.iri for i in subject for s in i.of("thing")}
    return ("" if rest[0].has("thing") else text_of(subject)) + text_of(rest), denied


def _copula(turn: Item, index: Index) -> str:
    """Return the word for being with which a turn ends (而是), or nothing."""
    endings = (turn.text[start:] for start in range(1, len(turn.text)))
    return next((e for e in endings if any(s.how == "hints" for s in index.senses(e))), "")


def _denies(item: Item) -> bool:
    return item.has("operator", LEX + "not")
