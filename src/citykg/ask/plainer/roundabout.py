"""Roundabout ways to ask: what is left of a difference, which kinds there are of something, by which kinds it
is told apart, a narrower name before the same kind, a verb that says again what is done.
"""

from collections.abc import Iterator, Sequence

from ..model import BREAKS, Item, text_of
from ..words.index import LEX, Index
from .rewording import until

__all__ = ["straightforward"]


def straightforward(items: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield what a question asks in fewer words.

    Args:
        items: of the question.
        index: whose messages are the plainer words.
    """
    words = [item for item in items if any(c.isalnum() for c in item.text)]
    if len(words) > 3:
        yield from _what_is_left(items, words, index)
        yield from _kinds_of(items, words, index)
        yield from _by_their_kind(items, index)
        yield from _called_twice(items)
        yield from _done_again(items)
        yield from _of_home_said(items, index)


def _what_is_left(items: Sequence[Item], words: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield how much a difference is: 甲减去乙还剩多少."""
    *before, rest, last = words
    less = any(i.has("operator", LEX + "difference") for i in before)
    if less and rest.has("operator", LEX + "others") and last.has("question", LEX + "howMuch"):
        yield index.message("how-much-it-is", clause=until(items, rest))


def _kinds_of(items: Sequence[Item], words: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield which kinds somebody has of something: 甲的乙分哪几种."""
    *_, joined, noun, verb, last = words
    kinds = last.has("question", LEX + "whichKind", LEX + "whichSeveral")
    has = verb.has("particle", LEX + "having") or verb.has("operator", LEX + "by")
    if kinds and has and joined.has("particle", LEX + "attributive") and not noun.has("particle"):
        yield index.message("has-which", clause=until(items, joined), which=last.text, noun=noun.text)


def _by_their_kind(items: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield which ones of a kind something is of, where all that are of the kind are named: 按甲、乙、丙来分,
    它算哪些.
    """
    start = next((i.index + 1 for i in items if i.has("operator", LEX + "by")), 0)
    named: list[Item] = []
    for item in items[start:] if start else ():
        if item.has("thing"):
            named.append(item)
        elif not (item.has("conjunction", LEX + "and") and item.text not in BREAKS):
            break
    asks = [i for i in items if i.has("question")]
    breaks = [i.index for i in items if i.text in BREAKS]
    if len(named) < 2 or len(breaks) != 1 or len(asks) != 1 or not asks[0].has("question", LEX + "which"):
        return
    rest = text_of(items[breaks[0] + 1 : asks[0].index + 1])
    ends = not any(c.isalnum() for i in items[asks[0].index + 1 :] for c in i.text)
    things = {s.iri for item in named for s in item.of("thing")}
    shared = set.intersection(*({*index.types.get(iri, ())} for iri in things))
    for kind in sorted(shared & set(index.labels)):
        if ends and asks[0].index > breaks[0] and things == set(index.members(kind)):
            yield rest + index.label(kind)


def _called_twice(items: Sequence[Item]) -> Iterator[str]:
    """Yield a question without a name for a kind before another one for it: 银行等金融机构."""
    for one, joint, other in zip(items, items[1:], items[2:], strict=False):
        same = {s.iri for s in one.of("class")} & {s.iri for s in other.of("class")}
        if same and joint.has("particle", LEX + "andSuch"):
            yield text_of([*items[: one.index], *items[other.index :]])


def _done_again(items: Sequence[Item]) -> Iterator[str]:
    """Yield how much of what is done there is without a verb that begins its name: 修复矿山修了多少公顷."""
    for work, verb, done, asked in zip(items, items[1:], items[2:], items[3:], strict=False):
        named = (work.has("thing") or work.has("indicator")) and len(work.text) > len(verb.text)
        again = work.text.startswith(verb.text) and not any(map(verb.has, ("thing", "class")))
        if named and again and done.has("particle") and asked.has("question", LEX + "howMuch"):
            yield text_of([*items[: verb.index], *items[asked.index :]])


def _of_home_said(items: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield who says something of a figure without the place of which everything is told."""
    home = set(index.homes.values())
    asked = any(i.has("question", LEX + "who") for i in items)
    says = any(index.flagged(s.iri, "attributes") for i in items for s in i.of("property", "says"))
    if not (asked and says):
        return
    for item in items:
        behind = [i for i in items[item.index + 1 :] if not i.has("particle", LEX + "attributive")]
        if home & {s.iri for s in item.of("thing")} and behind and behind[0].has("indicator"):
            yield text_of([*items[: item.index], *items[behind[0].index :]])
