"""What a question is asked for (写材料核个数，…): a clause before it that is about the asker's own work."""

from collections.abc import Sequence

from ..model import Item, text_of
from ..words.index import LEX, Index

__all__ = ["requested", "without_occasion"]

_BREAKS = ",;:。!"


def without_occasion(items: Sequence[Item], index: Index) -> tuple[str, str] | None:
    """Return the occasion that a question begins with and the question without it, or None where it begins
    with none.

    An occasion is a clause in which words of the lexicon's ``lex:occasion`` stand and that asks nothing,
    tells no figure and no time, and says nothing of a thing: leaving it out loses no condition.
    """
    start = 0
    for item in items:
        if item.text not in _BREAKS:
            continue
        if not _is_occasion(items[start : item.index], index):
            break
        start = item.index + 1
    if not start or start >= len(items):
        return None
    return text_of(items[: start - 1]), text_of(items[start:])


def requested(items: Sequence[Item], index: Index) -> tuple[str, str] | None:
    """Return what stands before a clause that begins with a request (…，想核一下), and what is requested, or
    None where no clause behind another does so.

    What stands before it asks nothing and tells no figure and no time; where it names a thing, it is about
    the asker's own work.
    """
    phrases = sorted(index.facts.get(LEX + "request", {}).get("named", ()), key=len, reverse=True)
    for number, item in enumerate(items):
        clause, rest = items[:number], text_of(items[number + 1 :])
        phrase = next((phrase for phrase in phrases if rest.startswith(phrase)), None)
        if item.text not in _BREAKS or phrase is None:
            continue
        named = any(i.has("thing") or i.has("indicator") for i in clause)
        if _tells(clause) or (named and not _is_occasion(clause, index)):
            return None
        return text_of(clause), rest.removeprefix(phrase).lstrip(_BREAKS)
    return None


def _tells(clause: Sequence[Item]) -> bool:
    """Whether a clause asks something, or tells a figure or a time."""
    return any(i.has("question") or i.amount is not None or i.period is not None for i in clause)


def _is_occasion(clause: Sequence[Item], index: Index) -> bool:
    text = text_of(clause)
    if not any(word in text for word in index.facts.get(LEX + "occasion", {}).get("named", ())):
        return False
    if _tells(clause):
        return False
    named = any(item.has("thing") for item in clause)
    return not (named and any(i.of("property", "says") and not i.has("particle") for i in clause))
