"""Everyday ways to ask in words that readings understand: for one of several, from where something is done,
of what aspect, how many there were about a year before."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..model import BREAKS, Item, text_of
from ..words.index import LEX, Index

__all__ = ["from_everyday_words"]


def from_everyday_words(items: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield what an everyday question asks, for those that no reading understands as they are put.

    Args:
        items: of the question.
        index: whose messages are the plainer words.
    """
    yield from _of_each(items, index)
    yield from _of_an_area(items, index)
    yield from _of_an_aspect(items, index)
    yield from _counted_back(items, index)
    yield from _in_money(items, index)
    yield from _of_a_group(items, index)
    yield from _having(items, index)
    yield from _said_twice(items)


def _of_each(items: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield what is asked of one of several for each one of them: 一个园区配几位…, 单个项目平均…."""
    each = any(index.flagged(s.iri, "ofEach") for i in items for s in i.of("indicator"))
    each = each or any(i.has("operator", LEX + "average") for i in items)
    for item in items if each else ():
        ends = range(len(item.text), 0, -1)
        end = next((n for n in ends if _is_single(item.text[:n], index)), 0)
        behind = items[item.index + 1 :]
        if end and (item.has("class") or any(noun.has("class") for noun in behind[:1])):
            noun = index.message("for-each") + item.text[end:]
            yield text_of(items[: item.index]) + noun + text_of(behind)


def _is_single(word: str, index: Index) -> bool:
    return any(s.iri == LEX + "single" for s in index.senses(word))


def _of_an_area(items: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield in what area somebody does something, for where it is from: …是哪里推出的."""
    for item, verb in pairwise(items):
        if (
            item.has("question", LEX + "where")
            and not item.has("question", LEX + "whence")
            and verb.of("property", "says", "label")
        ):
            starts = range(len(item.text) - 1, -1, -1)
            asking = (n for n in starts if _asks_where(item.text[n:], index))
            before = item.text[: next(asking, 0)]
            area = index.message("which-area")
            yield text_of(items[: item.index]) + before + area + text_of(items[verb.index :])


def _asks_where(word: str, index: Index) -> bool:
    return any(s.iri == LEX + "where" for s in index.senses(word))


def _of_an_aspect(items: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield a question that puts an aspect first with the kind that its noun is of: 环境方面…哪些工作."""
    end = next((i.index for i in items if i.has("particle", LEX + "aspect")), 0)
    aspect = text_of(items[:end])
    asked = [i for i in items[end + 1 :] if i.has("question", LEX + "which")]
    nouns = items[asked[0].index + 1 : asked[0].index + 2] if asked else ()
    if len(aspect) < 2 or not nouns or not nouns[0].has("class"):
        return
    start = end + (2 if items[end + 1].text in BREAKS else 1)
    kinds = {below for s in nouns[0].of("class") for below in index.below(s.iri)}
    names = {n for kind in kinds for n in index.names(kind) if n.startswith(aspect)}
    for name in sorted(names, key=lambda n: (len(n), n)):
        yield text_of(items[start : nouns[0].index]) + name + text_of(items[nouns[0].index + 1 :])


def _counted_back(items: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield the question to count back for how many there were about a year before: 去年大概有多少个…."""
    about = any(i.has("particle", LEX + "roughly") for i in items)
    before = any(i.period is not None and i.note and int(i.note) < index.year for i in items)
    named = any(i.has("class") or i.has("thing") for i in items)
    if about and before and named and any(i.has("question", LEX + "howMuch") for i in items):
        yield index.message("counted-back", clause=text_of(items))


def _in_money(items: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield how much money is asked for by a mean of which no figure is named: 平均每个项目签约多少."""
    words = [i for i in items if any(c.isalnum() for c in i.text)]
    mean = any(i.has("operator", LEX + "average") for i in words)
    if mean and words[-1].has("question", LEX + "howMuch") and not any(i.has("indicator") for i in words):
        yield index.message("how-much-money", clause=text_of(items[: words[-1].index]))


def _of_a_group(items: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield how many there are in the group that the noun behind a how-many may name as well (几个地市)."""
    groups = index.having("summarises")
    asked = any(i.has("question", LEX + "howMuch") for i in items)
    for item in items if asked else ():
        named = [s.iri for s in item.of("thing", "alias") if index.is_a(s.iri, groups)]
        if item.has("class") and len(named) == 1:
            yield text_of(items[: item.index]) + index.label(named[0]) + text_of(items[item.index + 1 :])


def _having(items: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield what a place has for what there is below it: 某省下面有几个…."""
    asked = any(i.has("question", LEX + "howMuch") for i in items)
    for place, item in pairwise(items) if asked else ():
        placing = place.has("thing") and any(
            index.flagged(s.iri, "nearestBy") for s in item.of("property", "hints")
        )
        has = next((n for n in range(1, len(item.text)) if _is_having(item.text[n:], index)), 0)
        if placing and has:
            yield text_of(items[: item.index]) + item.text[has:] + text_of(items[item.index + 1 :])


def _is_having(word: str, index: Index) -> bool:
    return any(s.iri == LEX + "having" for s in index.senses(word))


def _said_twice(items: Sequence[Item]) -> Iterator[str]:
    """Yield a question without one of two nouns for a relation: 甲的定位目标."""
    if any(not i.text.strip() for i in items):
        return  # keywords lead from one relation to the next
    for item, other in pairwise(items):
        relations = [{s.iri for s in i.of("property", "says", "label")} for i in (item, other)]
        alone = not any(i.has("particle") or i.has("thing") or i.has("question") for i in (item, other))
        if alone and relations[0] & relations[1]:
            yield text_of(items[: other.index]) + text_of(items[other.index + 1 :])
            yield text_of(items[: item.index]) + text_of(items[other.index :])
