"""Keywords that lead on from one thing to the next (甲 专访记者 供职单位), and those that ask several things
of one (甲 总投资 地点), asked one by one.
"""

from collections.abc import Iterator, Sequence

from ..fitting.last_keyword import is_figure
from ..model import Item, text_of
from ..plainer.keywords import names_relation
from ..words.index import Index

__all__ = ["asked_first", "asked_of", "several_of", "steps"]

_LEAST = 2
_SEVERAL = 2


def steps(items: Sequence[Item]) -> Iterator[list[list[Item]]]:
    """Yield the keywords between blanks, each as its words, in the order in which they lead on: the first
    with a name, those behind it with none, each ended by a noun, and nothing that asks or reckons. Where
    nothing is named, the first of two is one that a relation leads to (对口合作城市 所在省份); either may be.
    """
    groups = _between_blanks(items)
    if len(groups) < _LEAST or not all(groups):
        return
    reckons = any(i.has("question") or i.has("operator") or i.amount is not None for i in items)
    named = any(i.has("thing") for i in groups[0])
    others = any(i.has("thing") and not i.has("class") for group in groups[1:] for i in group)
    if reckons or others:
        return
    if named and len(groups) > _LEAST and all(map(_ends_with_noun, groups[1:])):
        yield groups
    if not named and len(groups) == _LEAST and all(map(_ends_with_noun, groups)):
        yield from (way for way in (groups, groups[::-1]) if len(way[0]) == 1 and names_relation(way[0][0]))


def _ends_with_noun(group: Sequence[Item]) -> bool:
    return any(map(group[-1].has, ("class", "indicator"))) or names_relation(group[-1])


def asked_first(group: Sequence[Item], index: Index) -> str:
    """Return what asks for the thing that keywords lead on from, where they only say how it is related."""
    alone = len(group) == 1 and names_relation(group[0])
    return index.message("which-one", clause=text_of(group)) if alone else ""


def several_of(items: Sequence[Item]) -> tuple[list[Item], list[list[Item]]]:
    """Return what keywords name, with all of it at the beginning or at the end, and the several things that
    they ask of it, each as its words: a figure is one of them at least, and nothing asks or reckons.
    """
    groups = _between_blanks(items)
    named = [g for g in groups if any(i.has("thing") and not i.has("indicator") for i in g)]
    others = [g for g in groups if g not in named]
    reckons = any(i.has("question") or i.has("operator") or i.amount is not None for i in items)
    figures = any(is_figure(g[-1]) for g in others if g)
    if not named or len(others) < _SEVERAL or not all(groups) or reckons or not figures:
        return [], []
    together = (groups[: len(named)], groups[-len(named) :])
    return ([i for g in named for i in g], others) if named in together else ([], [])


def _between_blanks(items: Sequence[Item]) -> list[list[Item]]:
    groups: list[list[Item]] = [[]]
    for item in items:
        if item.text.strip():
            groups[-1].append(item)
        else:
            groups.append([])
    return groups


def asked_of(thing: str, step: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield what a keyword asks of a thing: by its name, or where it is a verb and a noun, what the thing
    does to one of these, or which of them does it (专访记者).
    """
    yield f"{thing} {text_of(step)}"
    if len(step) == 2 and step[0].of("property", "says", "label") and step[1].has("class"):
        verb, noun = (item.text for item in step)
        yield index.message("which-of-kind", before=thing + verb, kind=noun, behind="")
        measure = index.message("measure")
        yield index.message("which-described", clause=verb + thing, measure=measure, noun=noun)
