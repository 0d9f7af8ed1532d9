"""Questions that put something first and ask behind a comma: what they are about, from where it is seen,
by which figure a share is told, one that is described before it is asked what it is.
"""

from collections.abc import Iterator, Sequence

from ..model import BREAKS, Item, text_of
from ..words.index import LEX, Index

__all__ = ["by_measure", "in_one_clause", "of_some"]

_PRONOUN = LEX + "pronoun"


def in_one_clause(items: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield what a question asks without its comma, where that is said in one clause as well."""
    first, second = _clauses(items)
    if not second:
        return
    excepted = any(i.has("operator", LEX + "except") for i in second[:1])
    named = [i for i in second if _names(i)]
    figures = all(i.has("indicator") and not i.has("thing") for i in named)
    of_several = any(i.has("operator", LEX + "sum") for i in second)
    of_several |= len(named) == 1 and any(i.has("operator", LEX + "more", LEX + "less") for i in second)
    if not named or (figures and not of_several) or (excepted and len(named) == 1 and named[0].has("class")):
        yield text_of(first) + text_of(second)
    seen = _seen_from(first, index)
    if seen is not None:
        yield text_of(seen) + text_of(_without_pronoun(second))
    yield from _because(first, second, index)
    before = 1 if len(first) > 1 and first[0].has("thing") else 0
    purpose = _purpose(first[before:], index)
    if purpose:
        doer = 1 if not before and second[0].has("thing") else 0
        yield text_of(first[:before]) + text_of(second[:doer]) + purpose + text_of(second[doer:])


def _clauses(items: Sequence[Item]) -> tuple[Sequence[Item], Sequence[Item]]:
    """Return the clause that asks nothing and the one behind it, or two empty ones."""
    breaks = [item.index for item in items if item.text in BREAKS]
    if len(breaks) != 1 or any(i.has("question") for i in items[: breaks[0]]):
        return (), ()
    return items[: breaks[0]], items[breaks[0] + 1 :]


def _seen_from(first: Sequence[Item], index: Index) -> Sequence[Item] | None:
    """Return the name in a clause that says only from where something is seen (从甲这边看), or None."""
    named = [i for i in first if i.has("thing")]
    if len(named) != 1 or not first[0].has("particle", LEX + "from", LEX + "toward", LEX + "seenFrom"):
        return None
    (thing,) = named
    behind = text_of(first[thing.index + 1 :])
    views = index.facts.get(LEX + "seenFrom", {}).get("named", ())
    return named if thing.index == 1 and behind in views else None


def _because(first: Sequence[Item], second: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield what is asked of what a clause names where it is asked as the reason (之所以重视甲,是因为它…)."""
    named = [i for i in first if i.has("thing")]
    place = next((n for n, i in enumerate(second) if i.has("particle", _PRONOUN)), 0)
    reasons = index.facts.get(LEX + "because", {}).get("named", ())
    denied = any(i.has("operator", LEX + "not") for i in first)
    if named and not denied and text_of(second[:place]) in reasons:
        yield named[-1].text + text_of(second[place + 1 :])


def _purpose(first: Sequence[Item], index: Index) -> str:
    """Return what somebody means to do by the words for a purpose (为了推进甲), or nothing."""
    says = any(i.has("thing") for i in first[-1:]) and any(
        i.of("property", "says", "maySay") for i in first[:-1]
    )
    text = text_of(first)
    words = sorted(index.facts.get(LEX + "inOrderTo", {}).get("named", ()), key=len, reverse=True)
    word = next((word for word in words if text.startswith(word)), "")
    return text.removeprefix(word) if says and word else ""


def by_measure(items: Sequence[Item], index: Index) -> str:
    """Return the question for a share with the figure by which it is told (按户数算,甲占多少;
    丙按户数算,甲占多少), or nothing.
    """
    shares = [i for i in items if i.has("operator", LEX + "share")]
    places = [i.index for i in items if _is_measure(i) and i not in shares]
    if not shares or not places or shares[0].index < places[-1]:
        return ""
    start, end = places[0], places[-1] + 1
    behind = next((i.index for i in items[end : shares[0].index] if i.text in BREAKS), 0)
    views = index.facts.get(LEX + "byMeasure", {}).get("named", ())
    if len(places) < end - start or not behind or (behind > end and text_of(items[end:behind]) not in views):
        return ""
    if any(i.has("question") for i in items[:behind]):
        return ""
    topic = start
    while topic and (items[topic - 1].has("particle") or items[topic - 1].has("operator", LEX + "by")):
        topic -= 1
    if any(i.has("indicator") for i in items[:topic]) or (topic and not _is_by(items[start - 1])):
        return ""
    whole = [i for i in items[:topic] if i.text not in BREAKS]
    before, tail = items[behind + 1 : shares[0].index], items[shares[0].index :]
    return text_of((*whole, *before, *items[start:end], *tail))


def _is_by(item: Item) -> bool:
    return item.has("operator", LEX + "by")


def _is_measure(item: Item) -> bool:
    """Whether a word is the name of a figure, or of a number of things."""
    return (item.has("indicator") or item.has("mark", LEX + "numberOf")) and not item.has("question")


def of_some(items: Sequence[Item], index: Index) -> str:
    """Return the question for one that is not named, but described (一个地点有…，它是哪里), or for what is
    asked of it (一个项目…，它的投资…); nothing for any other question.
    """
    first, second = _clauses(items)
    start = next((i.index for i in first if not _brings_in(i)), 0)
    if not second or start + 2 > len(first) - 1 or not first[start].has("particle", LEX + "some"):
        return ""
    noun, clause = first[start + 1], first[start + 2 :]
    rest = _without_pronoun(second, noun)
    if not noun.has("class") or noun.has("thing") or len(rest) == len(second):
        return ""
    if any(_names(item) and item.text != noun.text for item in rest):
        return index.message("noun-of-clause", clause=text_of(clause), noun=noun.text) + text_of(rest)
    return index.message("which-of-them-is", noun=noun.text, clause=text_of(clause))


def _brings_in(item: Item) -> bool:
    """Whether a word only brings in what is described: 有一个…."""
    return item.has("particle") and not item.has("particle", LEX + "some")


def _without_pronoun(clause: Sequence[Item], noun: Item | None = None) -> Sequence[Item]:
    """Return a clause without the words that it begins with and that stand for what is named before it: 它,
    and with a noun 这个地点.
    """
    first, behind = clause[0], clause[1] if len(clause) > 1 else None
    if first.has("particle", _PRONOUN):
        return clause[1:]
    named = noun is not None and behind is not None and behind.text == noun.text
    return clause[2:] if named and first.has("particle", LEX + "that") else clause


def _names(item: Item) -> bool:
    """Whether a word has a meaning of its own, and does not only ask or count."""
    if item.has("question") or item.has("particle") or item.has("operator") or not item.text.isalnum():
        return False
    return not (item.has("unit") or item.has("mark"))
