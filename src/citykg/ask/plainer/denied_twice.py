"""Claims of all in two denials (没有一个甲不是…, 甲里没有谁不…): the same with a word for all (甲都是…)."""

from collections.abc import Sequence
from itertools import pairwise

from ..model import BREAKS, Item, text_of
from ..words.index import LEX, Index

__all__ = ["of_all"]

_NOT = LEX + "not"


def of_all(items: Sequence[Item], index: Index) -> str:
    """Return what a question claims of all, or nothing where it does not deny that one is not so."""
    for none, one in pairwise(items):
        if none.has("operator", _NOT) and (one.has("particle", LEX + "some") or _asks_one(one)):
            break
    else:
        return ""
    denied = next((i for i in items[one.index + 1 :] if i.has("operator", _NOT)), None)
    whether = [i for i in items if i.has("question", LEX + "whether") and i is not none and i is not denied]
    if denied is None or not whether:
        return ""
    before, noun = list(items[: none.index]), items[one.index + 1 : denied.index]
    while before and (before[-1].has("particle", LEX + "among") or before[-1].text in BREAKS):
        before.pop()
    named = [any(i.has("class") or i.has("thing") for i in words) for words in (before, noun)]
    if named[0] == named[1]:
        return ""  # nothing, or what they are of and a noun as well
    copula = next((denied.text[n:] for n in range(1, len(denied.text)) if _hints(denied.text[n:], index)), "")
    clause = f"{copula}{text_of(items[denied.index + 1 :])}"
    return index.message("of-all", kind=text_of((*before, *noun)), clause=clause)


def _asks_one(item: Item) -> bool:
    """Whether a word behind a not means anyone: 没有谁, 没有哪个."""
    return item.has("question", LEX + "which", LEX + "who") and not item.has("class")


def _hints(word: str, index: Index) -> bool:
    return any(s.how == "hints" for s in index.senses(word))
