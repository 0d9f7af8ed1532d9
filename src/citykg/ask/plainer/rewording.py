"""Questions in other words, for those that no reading understands as they are put."""

from collections.abc import Iterator, Sequence

from ..model import BREAKS, Item, text_of
from ..words.index import LEX, Index

__all__ = ["reworded", "until"]

_LEAST_CLAIM = 5


def reworded(items: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield what a question asks in plainer words: how many there are, which there are, what is not apart
    from its verb.

    Args:
        items: of the question.
        index: whose messages are the plainer words.
    """
    words = [item for item in items if any(c.isalnum() for c in item.text)]
    if len(words) < 2:
        return
    last, before = words[-1], words[-2]
    figure = before.has("indicator") and (
        last.has("thing") or not (before.has("thing") or before.has("class"))
    )
    if not any(i.has("question") for i in words) and _counts(last, index) and not figure:
        yield index.message("how-many", clause=_with_noun(until(items, last), last, before, index))
    elif not any(i.has("question") for i in words) and _ends_with_number(last, before):
        yield index.message("how-many-of", clause=until(items, last))
    if before.has("question", LEX + "howMuch") and index.is_magnitude(last.text):
        yield index.message("how-much-money", clause=until(items, before))
    yield from _shares(items, index)
    if len(words) > 3 and _asks_whom(words):
        yield index.message("whom", clause=until(items, last))
    named = any(i.has("particle", LEX + "mentioned") for i in words) and last.has("class")
    if named and not any(_is_said(i) for i in words[:-1]) and not last.has("thing"):
        yield index.message("which-there-are", clause=until(items, last) + last.text)
    kind = len(words) > 2 and words[-3].has("class") and not words[-3].has("thing")
    if kind and before.has("aside") and last.has("operator", LEX + "list"):
        yield index.message("which-there-are", clause=until(items, before))
    if any(i.has("question", LEX + "whether") for i in words):
        plain = "".join(_is_still(n, items, index) for n in range(len(items)))
        if plain != text_of(items):
            yield plain
    if any(_tells_kind(item, items, index) for item in items):
        yield "".join(item.text for item in items if not _tells_kind(item, items, index))
    yield from _by_whom(items, index)
    yield from _without_remains(items, index)
    yield from _whichever(items, index)
    yield from _without_the_only(items, index)
    if any(_not_and_verb(item, index) for item in words):
        yield "".join(" ".join(_not_and_verb(item, index)) or item.text for item in items)


def _ends_with_number(last: Item, before: Item) -> bool:
    """Whether words end with a number of what is named before it (…企业数)."""
    named = before.has("thing") or before.has("class")
    return named and last.has("mark", LEX + "numberOf")


def _shares(items: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield what part of a whole something is where it is asked the other way round (甲里百分之几是乙)."""
    words = [item for item in items if any(c.isalnum() for c in item.text)]
    asked = next((n for n, i in enumerate(words) if i.has("question", LEX + "howMuch", LEX + "howBig")), 0)
    behind = words[asked + 1 :]
    while behind and not behind[0].has("thing") and _says_share(behind[0]):
        behind = behind[1:]
    named = len(behind) == 2 and behind[1].has("thing") and behind[0].of("property", "hints")
    if not asked or not named:
        return
    start = asked - 1 if _says_share(words[asked - 1]) else asked
    amount = words[start : len(words) - 2]
    before = [i for i in words[:start] if not i.has("particle")]
    if not any(_says_share(i) for i in amount) or len(before) != 1 or not before[0].has("thing"):
        return
    yield index.message(
        "share-of",
        part=behind[1].text,
        whole=before[0].text,
        amount="".join(i.text for i in amount),
    )


def _says_share(item: Item) -> bool:
    """Whether a word is of shares: a part in a hundred, a tenth, a proportion."""
    return item.has("unit") or any(s.kind == "operator" and s.iri == LEX + "share" for s in item.senses)


def _is_still(number: int, items: Sequence[Item], index: Index) -> str:
    """Return a word of what is asked to be so, without what says that it still is (还是), or is by now
    (已经是): what is stated is, and a plan or what was once is not.
    """
    item, behind = items[number], items[number + 1 : number + 2]
    if item.has("conjunction", LEX + "or") and len(item.text) > 1:
        endings = (item.text[start:] for start in range(1, len(item.text)))
        return next((e for e in endings if any(s.how == "hints" for s in index.senses(e))), item.text)
    by_now = item.has("modal", LEX + "done") and any(
        i.of("property", "hints") and not i.has("particle", LEX + "attributive", LEX + "having")
        for i in behind
    )
    return "" if by_now else item.text


def _tells_kind(item: Item, items: Sequence[Item], index: Index) -> bool:
    """Whether a word only says again of what kind a name before it is (煤化工这一行)."""
    kinds = tuple(index.facts.get(LEX + "ofThisKind", {}).get("of", ()))
    named = items[item.index - 1].of("thing") if item.index else ()
    return item.has("mark", LEX + "ofThisKind") and any(index.is_a(s.iri, kinds) for s in named)


def _not_and_verb(item: Item, index: Index) -> tuple[str, ...]:
    """Return a not and the verb that are one word (不属于, 不在), or nothing."""
    if not item.has("operator", LEX + "not"):
        return ()
    for end in range(1, len(item.text)):
        no, verb = index.senses(item.text[:end]), index.senses(item.text[end:])
        said = any(s.kind == "property" and s.how == "says" for s in verb) and len(item.text) > end + 1
        said = said or any(s.iri == LEX + "ongoing" for s in verb)
        if said and any(s.iri == LEX + "not" for s in no):
            return item.text[:end], item.text[end:]
    return ()


def _without_remains(items: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield how much one figure less another is, without the word for what is left (…减去…，还剩多少)."""
    asked = next((i.index for i in items if i.has("question", LEX + "howMuch")), 0)
    start = next((i.index + 1 for i in reversed(items[:asked]) if i.text in BREAKS or i.has("indicator")), 0)
    remains = text_of(items[start:asked]) in index.facts.get(LEX + "remains", {}).get("named", ())
    if remains and any(i.has("operator", LEX + "difference") for i in items[:start]):
        yield text_of(items[:start]).rstrip(BREAKS) + index.message("how-much") + text_of(items[asked + 1 :])


def _whichever(items: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield what is asked of both where a question asks it of whichever of them (无论是甲还是乙，都…)."""
    start = next((i.index for i in items if i.has("aside")), -1)
    end = next((i.index for i in items if i.has("particle", LEX + "all")), 0)
    named = items[start + 1 : end]
    if start < 0 or not any(i.has("conjunction", LEX + "or") for i in named):
        return
    things = [i for i in named if i.has("thing")]
    if len(things) > 1 and all(i in things or i.has("particle") or i.has("conjunction") for i in named):
        both = index.message("separator").join(i.text for i in things)
        yield text_of(items[:start]) + both + text_of(items[end:])


def _without_the_only(items: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield which have not one number, where a question says too that they have only how many they are
    (哪批项目只报了个数，没报金额).
    """
    only = next((i.index for i in items if i.has("particle", LEX + "only")), len(items))
    denied = next((i.index for i in items[only:] if i.has("operator", LEX + "not")), 0)
    between = [i for i in items[only + 1 : denied] if any(c.isalnum() for c in i.text)]
    counts = [i for i in between if i.has("mark", LEX + "numberOf") or _counts(i, index)]
    if denied and len(counts) == 1 and all(i in counts or i.has("particle") for i in between):
        yield text_of(items[:only]) + text_of(items[denied:])


def _by_whom(items: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield whether somebody does what is asked of things: …是甲打造的吗."""
    end = next((i for i in items if i.has("question", LEX + "whether")), None)
    if end is None or end.index < _LEAST_CLAIM:
        return
    start = end.index - (2 if items[end.index - 1].text in BREAKS else 1)
    joined, verb, who, copula = (items[start - n] for n in range(4))
    does = verb.of("property", "says", "label") and joined.has("particle", LEX + "attributive")
    if does and who.has("thing") and copula.has("particle") and copula.index > 0:
        before = text_of(items[: copula.index])
        yield index.message("by-whom", before=before, clause=who.text + verb.text + end.text)


def _with_noun(clause: str, last: Item, before: Item, index: Index) -> str:
    """Return the words before a number with the noun that it begins with (企业数), where they do not end with
    a kind of that.
    """
    noun = next(
        (last.text[:end] for end in range(len(last.text) - 1, 0, -1) if _kinds(last.text[:end], index)), ""
    )
    kinds = _kinds(noun, index)
    own = {s.iri for s in before.of("class")} | {
        k for s in before.of("thing") for k in index.types.get(s.iri, ())
    }
    same = any(kinds & {kind, *index.above.get(kind, ())} for kind in own)
    return clause if same or clause.endswith(noun) else clause + noun


def _kinds(word: str, index: Index) -> set[str]:
    return {s.iri for s in index.senses(word) if s.kind == "class"}


def _asks_whom(words: Sequence[Item]) -> bool:
    """Whether words name somebody, what they do, and ask to whom: 甲采访的是谁."""
    *clause, verb, joined, last = words
    who = last.has("question", LEX + "who") and len(last.text) > 1 and not last.has("class")
    does = verb.of("property", "says", "label") and joined.has("particle", LEX + "attributive")
    return bool(who and does) and clause[0].has("thing") and not any(i.has("question") for i in clause)


def _is_said(item: Item) -> bool:
    """Whether a word tells or asks something, besides that an article speaks of it."""
    return not item.has("particle") and not item.of("thing", "sole")


def _counts(item: Item, index: Index) -> bool:
    """Whether a word names a number of things (…的数量)."""
    return any(index.counts(s.iri) for s in item.of("indicator"))


def until(items: Sequence[Item], end: Item) -> str:
    """Return the text before a word, without the particle that joins it."""
    kept = list(items[: end.index])
    while kept and (kept[-1].has("particle", LEX + "attributive") or not kept[-1].text.strip()):
        kept.pop()
    return text_of(kept)
