"""Roundabout ways to ask: what is left of a difference, which kinds there are of something, by which kinds it
is told apart, a narrower name before the same kind, a verb that says again what is done, the year before
with which growth compares anyway.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..model import BREAKS, Item, text_of
from ..words.amounts import number_of
from ..words.index import LEX, Index
from .rewording import until

__all__ = ["of_growth", "of_what_kind", "straightforward"]

_APART = ("difference", "ratio", "more", "less", "max", "min", "sum")
_SEVERAL = 2


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
        yield from _not_yet(words, index)
        yield from _comes_to(items, index)
        yield from _as_so_many(items, index)
    yield from filter(None, [of_what_kind(items, index, related=False)])


def of_what_kind(items: Sequence[Item], index: Index, *, related: bool = True) -> str:
    """Return a question with a which right before its noun for of-what-kind (属于哪一类线路), or nothing.

    Args:
        items: of the question.
        index: whose messages are the plainer words.
        related: whether only a noun counts that names a relation to kinds as well (属于哪一类产业).
    """
    for item, noun in pairwise(items):
        classes = any(index.flagged(s.iri, "classifies") for s in noun.of("property", "says", "label"))
        if not (item.has("operator", LEX + "describe") and noun.has("class") and (classes or not related)):
            continue
        for end in range(1, len(item.text) - 1):
            verb, which = index.senses(item.text[:end]), index.senses(item.text[end:])
            says = any(s.kind == "property" and s.how == "says" for s in verb)
            if says and any(s.iri in (LEX + "which", LEX + "describe") for s in which):
                before, behind = text_of(items[: item.index]) + item.text[:end], text_of(items[noun.index :])
                return index.message("of-what-kind", before=before, behind=behind)
    return ""


def of_growth(items: Sequence[Item], index: Index) -> str:
    """Return the question how much several figures have grown, without the year before (甲、乙比去年各增长
    多少; 跟去年比，甲和乙各涨了多少), or nothing.
    """
    markers = [i for i in items[1:-1] if i.has("operator", LEX + "compare") and not i.has("conjunction")]
    apart = any(i.has("operator", *(LEX + name for name in _APART)) for i in items)
    if len(markers) != 1 or apart or not any(i.has("question", LEX + "howMuch") for i in items):
        return ""
    place = markers[0].index
    behind = _year(items[place + 1])
    start, end = (place, place + 2) if behind else (place - 2, place + 1)
    year = behind or _year(items[place - 1])
    if not behind and (start < 0 or not items[start].has("conjunction", LEX + "and")):
        return ""
    rest = [*items[:start], *items[end:]]
    now = {_year(i) for i in rest if i.period} or {index.year}
    grown = [i for i in items[end:] if _is_rate(i, index)]
    figures = [i for i in rest if i.has("indicator") and i not in grown and not i.has("question")]
    if now != {year + 1} or not grown or len(figures) < _SEVERAL:
        return ""
    return text_of([*items[:start], *items[end + (items[end].text in BREAKS) :]])


def _year(item: Item) -> int:
    """Return the year that a word names, or zero."""
    return int(item.period) if item.period and item.period.isdigit() else 0


def _is_rate(item: Item, index: Index) -> bool:
    """Whether a word says how something grows."""
    terms = {b for s in item.of("indicator", "label", "alias", "says") for b in index.below(s.iri)}
    return bool(terms & index.rates.keys()) and not item.has("operator")


def _what_is_left(items: Sequence[Item], words: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield how much a difference is: 甲减去乙还剩多少."""
    *before, rest, last = words
    less = any(i.has("operator", LEX + "difference") for i in before)
    if less and rest.has("operator", LEX + "others") and last.has("question", LEX + "howMuch"):
        yield index.message("how-much-it-is", clause=until(items, rest))


def _comes_to(items: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield how much a mean is without what says that it comes to so much (摊到每个甲头上，合多少)."""
    named = index.facts.get(LEX + "comesTo", {}).get("named", ())
    mean = next((i.index for i in items if i.has("operator", LEX + "average")), len(items))
    for item in items[mean + 1 : -1]:
        behind = items[item.index + 1]
        asks = behind.has("question", LEX + "howMuch") or behind.of("indicator", "asks") or behind.has("unit")
        if item.text in named and asks:
            yield text_of([*items[: item.index], *items[item.index + 1 :]])


def _as_so_many(items: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield the sum over several that are named, without how many they are (甲、乙，两条路子一共…)."""
    called = index.facts.get(LEX + "soManyOf", {}).get("named", ())
    sums = next((i.index for i in items if i.has("operator", LEX + "sum")), 0)
    named = [i for i in items[:sums] if i.has("thing")]
    behind = [i for i in items[named[-1].index + 1 : sums] if i.text not in BREAKS] if named else []
    behind = behind[1:] if behind and behind[0].has("particle", LEX + "pronoun") else behind
    text = text_of(behind)
    values = [int(v) for s in index.senses(text[:1]) for v in index.facts.get(s.iri, {}).get("value", ())]
    if text[1:] in called and len(named) in (number_of(text[:1]), *values):
        yield text_of([*items[: named[-1].index + 1], *items[sums:]])


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


def _not_yet(words: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield of which of some things it is not so, where a question leaves out those of which it is:
    除了已经完成的,工作还有哪些.
    """
    start = next((n for n, i in enumerate(words) if i.has("operator", LEX + "except")), len(words))
    end = next((n for n, i in enumerate(words[start:], start) if i.has("particle", LEX + "attributive")), 0)
    verbs = [i for i in words[start + 1 : end] if not i.has("particle") or i.of("property", "says")]
    rest = [i for i in (*words[:start], *words[end + 1 :]) if i.has("class") or i.has("thing")]
    asked = any(i.has("question", LEX + "which") for i in words[end:])
    while len(verbs) > 1 and verbs[0].has("modal", LEX + "done"):
        verbs = verbs[1:]
    if not asked or len(verbs) != 1 or len(rest) != 1 or rest[0].has("thing"):
        return
    verb = verbs[0].text
    for cut in range(1, len(verb)):
        done = any(s.iri == LEX + "done" for s in index.senses(verb[:cut]))
        if done and any(s.kind == "property" and s.how == "says" for s in index.senses(verb[cut:])):
            verb = verb[cut:]
            break
    if any(s.kind == "property" and s.how in ("says", "label") for s in index.senses(verb)):
        yield index.message("which-not-yet", noun=rest[0].text, verb=verb)
