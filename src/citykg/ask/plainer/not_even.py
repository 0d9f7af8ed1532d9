"""Claims with stress (连一半都不到) without it, and shares that go without saying (甲中，乙不到一半)."""

from collections.abc import Iterator, Sequence

from ..model import Item, text_of
from ..words.index import LEX, Index

__all__ = ["as_share", "without_stress"]


def without_stress(items: Sequence[Item], index: Index) -> str:
    """Return a question that says 连…都不到 with the bound before its figure, and a claim that begins with
    stress (哪怕是甲，也…吗) without that; or nothing for any other.
    """
    text = text_of(items)
    claims = any(i.has("question", LEX + "whether") for i in items)
    if claims and any(i.has("particle", LEX + "also") for i in items):
        words = [w for w in index.facts.get(LEX + "even", {}).get("named", ()) if text.startswith(w)]
        start = max(map(len, words), default=0)
        if words and any(i.start == start and i.has("thing") for i in items):
            return text[start:]
    for figure in items[1:-2]:
        even, also, bound = items[figure.index - 1], items[figure.index + 1], items[figure.index + 2]
        stressed = even.has("aside") and figure.amount is not None and also.has("particle", LEX + "also")
        if stressed and bound.has("operator", LEX + "under", LEX + "not"):
            before, behind = text_of(items[: even.index]), text_of(items[bound.index + 1 :])
            return index.message("less-than", before=before, figure=figure.text, behind=behind)
    return ""


def as_share(items: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield a question for a bound of what part some have among others, with the word for that."""
    bound = next((i for i in items if i.has("operator", LEX + "under", LEX + "over")), None)
    if bound is None or any(i.has("operator", LEX + "share") or i.has("indicator") for i in items):
        return
    inside = [i.index for i in items[: bound.index] if i.has("particle", LEX + "among")]
    if len(inside) != 1 or not _is_part(items[bound.index + 1 :], index):
        return
    sides = items[: inside[0]], items[inside[0] + 1 : bound.index]
    if all(sum(i.has("thing") for i in side) == 1 for side in sides):
        before, behind = text_of(items[: bound.index]), text_of(items[bound.index :])
        yield index.message("as-share", before=before, behind=behind)


def _is_part(items: Sequence[Item], index: Index) -> bool:
    """Whether what follows a bound is a part of a whole, in percent."""
    unit = items[0].amount.units if items and items[0].amount is not None else ()
    return any(index.facts.get(name, {}).get("differenceIn") for name in unit)
