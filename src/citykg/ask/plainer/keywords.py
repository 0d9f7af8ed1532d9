"""Keywords as one types them into a search box (签约额 最高 项目), in plainer words, and what is asked."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..fitting.last_keyword import is_figure
from ..model import Edge, Item, Reading, text_of
from ..reading.grouping import is_number
from ..words.amounts import figures_of
from ..words.index import LEX, Index
from ..words.slots import Slots
from .rewording import until

__all__ = [
    "but_for_named",
    "headed",
    "leads_there",
    "names_relation",
    "spelled_out",
]

_LEAST_NOUN = 3  # characters of the name of a relation that is a noun, and no verb
_LEAST_NAMED = 2
_RANKS = (LEX + "max", LEX + "min", LEX + "second", LEX + "third")


def headed(items: Sequence[Item], index: Index) -> str:
    """Return the question of keywords that name what they ask for, or nothing: who holds a post (书记 姓名),
    how many a relation leads to (甲 招商地 数量), how much in a unit (甲 总投资 亿元), of when something is
    (甲 年份), and what is greatest or least, with the noun behind it (签约额 最高 项目) or before all.
    """
    words = [item for item in _words(items) if not item.has("particle", LEX + "attributive")]
    if len(words) < 2 or _asks(words):
        return ""
    return (
        _of_the_last(items, words, index) or _greatest(items, words, index) or _of_each(items, words, index)
    )


def _of_the_last(items: Sequence[Item], words: Sequence[Item], index: Index) -> str:
    """Return the question in which the last keyword says what is asked of those before it, or nothing."""
    last, before = words[-1], words[-2]
    name = last.has("particle", LEX + "personName")
    of_one = before.has("thing") or before.has("class")
    ways = (
        (name and _is_post(before, index), "who-it-is"),
        (name and _are_people(before, index), "which-there-are"),
        (is_number(last, index) and names_relation(before), "how-many"),
        (_is_unit(last, index) and before.has("indicator"), "how-much-it-is"),
        (last.has("mark", LEX + "year-mark") and (of_one or _is_done(words)), "when-it-is"),
    )
    found = next((name for holds, name in ways if holds), "")
    if found == "how-many" and before is words[0] and (kind := _led_to(before, index)):
        return index.message("how-many-are", kind=kind, relation=before.text)
    if not found and len(words) == _LEAST_NAMED and _parted(items):  # 引进方 甲
        turned = names_relation(before) and last.has("thing")
        return index.message("what-is-it", clause=f"{last.text} {before.text}") if turned else ""
    clause = until(items, last)
    if found == "when-it-is" and len(words) > _LEAST_NAMED:
        clause = "".join(clause.split())  # what is done to what, as one says it
    return index.message(found, clause=clause) if found else ""


def _is_done(words: Sequence[Item]) -> bool:
    """Whether the word before the last is what is done to the things or the kind before it."""
    *named, verb, _ = words
    things = all(any(map(item.has, ("thing", "class"))) for item in named)
    return bool(named and verb.of("property", "says", "label")) and things


def _is_post(item: Item, index: Index) -> bool:
    """Whether a word names what somebody may hold."""
    posts = tuple(index.facts.get(LEX + "personName", {}).get("of", ()))
    return any(index.is_a(s.iri, posts) for s in item.of("thing"))


def _are_people(item: Item, index: Index) -> bool:
    """Whether a word names a kind of people, or a group."""
    people = set(index.facts.get(LEX + "who", {}).get("asksFor", ()))
    kinds = [{s.iri, *index.above.get(s.iri, ())} for s in item.of("class")]
    groups = index.having("summarises")
    return any(people & kind for kind in kinds) or any(index.is_a(s.iri, groups) for s in item.of("thing"))


def names_relation(item: Item) -> bool:
    """Whether a word is the name of a relation and nothing else: 招商地."""
    others = ("class", "thing", "indicator", "operator", "particle", "question")
    named = len(item.text) >= _LEAST_NOUN and item.of("property", "says", "label", "saysInverse")
    return bool(named) and not any(item.has(kind) for kind in others)


def _is_unit(item: Item, index: Index) -> bool:
    """Whether a word is a unit without a figure: 亿元."""
    amount = item.amount
    return amount is not None and bool(amount.units) and not figures_of(item.text, index)


def _greatest(items: Sequence[Item], words: Sequence[Item], index: Index) -> str:
    """Return the question for what is greatest or least where keywords name its kind, or nothing."""
    ranks = [item for item in words if item.has("operator", *_RANKS)]
    figures = any(item.has("indicator") and not item.has("class") for item in words)
    if len(ranks) != 1 or not figures or len(words) < 3:
        return ""
    if words[-1].has("class") and words[-2] is ranks[0]:
        return index.message("which-one", clause=_joined(items))
    if words[0].has("class") and not words[0].has("thing") and words[-1] is ranks[0] and _parted(items):
        rest = _joined([item for item in items if item is not words[0]])
        return index.message("which-of-them-is", noun=words[0].text, clause=rest)
    return ""


def _of_each(items: Sequence[Item], words: Sequence[Item], index: Index) -> str:
    """Return the question for each one of some figures that keywords name (甲 项目数 签约额), or nothing."""
    figures = [i for i in words if _is_figure(i, index)]
    others = [i for i in words if i not in figures]
    named = others and all(i.has("thing") or i.has("class") for i in others)
    apart = _parted(items) and all(
        items[i.index - 1] is not j for i, j in zip(figures[1:], figures, strict=False)
    )
    if len(figures) < _LEAST_NAMED or not named or not apart:
        return ""
    return index.message("each-of", names=text_of(others) + _listed(figures, index))


def _is_figure(item: Item, index: Index) -> bool:
    """Whether a word names a number or an amount, and nothing else."""
    if item.has("thing") or item.has("class") or item.has("operator"):
        return False
    terms = [s.iri for s in item.of("indicator")]
    return bool(terms) and all(index.counts(t) or index.flagged(t, "adds") for t in terms)


def spelled_out(items: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield what keywords ask for that no reading understands as they are."""
    words = _words(items)
    if len(words) < 2 or _asks(words):
        return
    if _parted(items) and not any(i.has("thing") and not i.has("class") for i in words):
        yield from _of_nothing_named(words, index)
    apart = ("except", "not") if _parted(items) else ("except",)
    left_out = [i for i in words[1:] if i.has("operator", *(LEX + name for name in apart))]
    if left_out and words[-1] is left_out[0] and words[0].has("class") and len(words) > _LEAST_NAMED:
        named = _joined(items[words[1].index : words[-1].index])
        yield index.message("but-for", named=named, noun=words[0].text)
    if left_out and left_out[0] is words[1] and words[0].has("thing"):
        rest = _joined(items[words[1].index + 1 :])
        yield index.message("but-for", named=rest, noun=words[0].text)
    if any(i.has("operator", LEX + "not") for i in words[:-1]) and words[-1].has("class"):
        yield index.message("which-there-are", clause=_joined(items))
    if left_out and words[0].has("class") and not words[0].has("thing"):
        yield index.message("which-of-them", noun=words[0].text, clause=_joined(items[words[0].index + 1 :]))
        yield index.message("which-there-are", clause=_joined(items))
    figures = all(item.has("indicator") or item.has("thing") for item in words[:-1])
    if figures and len(words) > _LEAST_NAMED:
        for operation in ("sum", "difference", "ratio"):
            if words[-1].has("operator", LEX + operation):
                yield index.message(f"{operation}-of", names=_listed(words[:-1], index))
        if words[-1].has("operator", LEX + "compare") and any(i.has("indicator") for i in words):
            yield index.message("each-of", names=_listed(words[:-1], index))
    if len({item.text for item in words}) > 1 and all(map(is_figure, words)):
        yield index.message("each-of", names=_listed(words, index))
    if words[-1].has("particle", LEX + "ordering") and any(item.has("indicator") for item in words):
        yield index.message("ordered", clause=_joined(items[: words[-1].index]))
    compiled = words[-1].has("operator", LEX + "compiled") and not any(
        i.has("indicator") or i.amount is not None for i in words
    )
    if compiled:
        yield until(items, words[-1])
        yield index.message("which-there-are", clause=until(items, words[-1]))
    one = names_relation(words[-1]) and len(words[-1].of("property", "says", "label", "saysInverse")) == 1
    if one and all(i.has("thing") or i.has("class") for i in words[:-1]):
        clause = index.message("noun-of-clause", clause=text_of(words[:-1]), noun=words[-1].text)
        yield index.message("where-it-is" if _is_place(words[-1], index) else "who-it-is", clause=clause)
    one_named = words[-2].has("thing") and all(item.has("class") for item in words[:-2])
    if len(words) > _LEAST_NAMED and one_named and _is_relation(words[-1]):
        yield index.message("what-is-it", clause=_joined(items))


def _of_nothing_named(words: Sequence[Item], index: Index) -> Iterator[str]:
    """Yield what keywords ask for that name no thing: a relation with the kind of what it leads to
    (招商地 直辖市), or with one that this is not (招商地 非直辖市), and a verb with a kind, and when.
    """
    denied = [i for i in words if i.has("operator", LEX + "not", LEX + "except")]
    relations = [i for i in words if names_relation(i)]
    says = [i for i in words if i not in (*relations, *denied) and _is_verb(i, index)]
    kinds = [i for i in words if i.has("class") and i not in denied]
    verbs = [i for i in says if i not in kinds] or [i for i in says if len(kinds) > 1 and len(says) == 1]
    kinds = [i for i in kinds if i not in verbs]
    times = [i for i in words if i.period]
    if len(words) != len({i.index for i in (*denied, *kinds, *relations, *verbs, *times)}) or len(kinds) != 1:
        return
    kind, when = kinds[0].text, text_of(times)
    if len(relations) == 1 and not verbs and not times and len(denied) < _LEAST_NAMED:
        relation = relations[0]
        reached = _led_to(relation, index)
        if denied and reached:
            yield index.message("which-are-not", denied=kind, kind=reached, relation=relation.text)
        elif reached:
            yield index.message("which-are", kind=kind, relation=relation.text)
    elif len(verbs) == 1 and not relations and not denied and len(times) < _LEAST_NAMED:
        if _may_be_reached(kinds[0], verbs[0], index):
            yield index.message("which-of-kind", before=when + verbs[0].text, kind=kind, behind="")
        if not verbs[0].has("class"):
            yield index.message("which-of-them", noun=kind, clause=when + verbs[0].text)


def _is_verb(item: Item, index: Index) -> bool:
    """Whether a word says a relation: what it names besides is the doing itself (治理)."""
    others = ("thing", "indicator", "question", "operator")
    said = [s.iri for s in item.of("property", "says", "label")]
    return bool(said) and not _leads_on(said, index) and not any(map(item.has, others))


def _led_to(relation: Item, index: Index) -> str:
    """Return the name of the kind to which the name of a relation leads, or nothing."""
    names = [s.iri for s in relation.of("property", "says", "label")]
    kinds = {kind for name in names for kind in _range(name, index)}
    return index.label(kinds.pop()) if len(kinds) == 1 and not _leads_on(names, index) else ""


def _may_be_reached(kind: Item, verb: Item, index: Index) -> bool:
    """Whether a verb says a relation that may lead to things of a kind."""
    own = {name for s in kind.of("class") for name in (s.iri, *index.above.get(s.iri, ()))}
    kinds = [_range(s.iri, index) for s in verb.of("property", "says", "label")]
    wider = {name for names in kinds for k in names for name in index.above.get(k, ())}
    return not all(kinds) or bool(own & set().union(*kinds)) or any(s.iri in wider for s in kind.of("class"))


def _range(name: str, index: Index) -> set[str]:
    """Return the narrowest kinds to which a relation leads."""
    kinds = set(index.range.get(name, ()))
    return {kind for kind in kinds if not any(kind in index.above.get(k, ()) for k in kinds)}


def _is_place(relation: Item, index: Index) -> bool:
    """Whether a relation leads to places, and to nothing else."""
    places = set(index.facts.get(LEX + "where", {}).get("asksFor", ()))
    names = [s.iri for s in relation.of("property", "says", "label")]
    ranges = [set(index.range.get(name, ())) for name in names]
    return _leads_on(names, index) or (bool(ranges) and all(places & kinds for kinds in ranges))


def _leads_on(names: Sequence[str], index: Index) -> bool:
    """Whether what relations lead to is related in the same way to more (所在地)."""
    return any(name in index.facts.get(name, {}).get("nearestBy", ()) for name in names)


def but_for_named(items: Sequence[Item]) -> tuple[str, list[Item]] | None:
    """Return what keywords ask for, and the words that they leave out of it, where these stand before it
    (除甲 乙, 甲以外 乙), or last behind a name (乙 甲除外).
    """
    words = _words(items)
    kinds = ("thing", "class", "particle", "conjunction")
    marked = [item for item in words if item.has("operator", LEX + "except")]
    if (
        not marked
        or len(words) <= _LEAST_NAMED
        or not all(i in marked or any(map(i.has, kinds)) for i in words)
    ):
        return None
    last = words[-1]
    ended = items[marked[-1].index + 1 : marked[-1].index + 2]
    asked, named = last.text, items[words[0].index : last.index]
    if last is marked[0]:
        blanks = [i.index for i in items[: last.index] if not i.text.strip()]
        start = blanks[-1] + 1 if blanks and blanks[-1] < last.index - 1 else words[1].index
        asked, named = _joined(items[:start]), items[start : last.index]
    elif words[0] is not marked[0] and (not ended or ended[0].text.strip()):
        return None
    return asked, [i for i in named if i not in marked]


def _is_relation(item: Item) -> bool:
    """Whether a word says a relation and nothing else."""
    return item.kinds == {"property"} and bool(item.of("property", "says", "label"))


def leads_there(reading: Reading, slots: Slots, index: Index) -> bool:
    """Whether the things of a reading are what the relation leads to by whose name they are asked for
    (甲 引进方, 甲的举办地), or who does what is asked for (甲是谁引进的): not what it comes from,
    nor what has nothing to do with it.
    """
    whole = _whole_asked(slots)
    if whole is not None and reading.kind == "things":
        names = {below for s in whole.of("property", "saysInverse") for below in index.below(s.iri)}
        inverse = {other for name in names for other in index.inverse.get(name, ())}
        about = [e for e in reading.edges if (names | inverse) & set(e.properties)]
        within = any(_ends(edge, names, inverse) for edge in about)
        return within or (not about and all(edge.object == "?x" for edge in reading.edges))
    counted = _relation_counted(slots)
    if counted is not None and reading.kind == "value":
        return any(counted.has("property", name) for edge in reading.edges for name in edge.properties)
    noun, verb = _relation_asked(slots), _done_by_whom(slots)
    word = noun or verb
    if word is None or reading.kind != "things":
        return True
    names = {below for s in word.of("property", "says", "label") for below in index.below(s.iri)}
    inverse = {other for name in names for other in index.inverse.get(name, ())}
    inverse |= {below for s in word.of("property", "saysInverse") for below in index.below(s.iri)}
    ways = (names, inverse) if noun is not None else (inverse, names)
    return any(_ends(edge, *ways) for edge in reading.edges)


def _whole_asked(slots: Slots) -> Item | None:
    """Return the word for a part behind the whole that is asked for: 甲是哪一届运动会的一部分."""
    words = _words(slots.items)
    if len(words) < 4 or not words[-1].of("property", "saysInverse"):
        return None
    which, _, joined, part = words[-4:]
    asked = which.has("question", LEX + "which") and joined.has("particle", LEX + "attributive")
    return part if asked else None


def _relation_counted(slots: Slots) -> Item | None:
    """Return the name of a relation of which it is asked how many there are: 甲的招商地有多少个."""
    asked = next((i.index for i in slots.asked("howMuch")), 0)
    having = slots.items[asked - 1].has("particle", LEX + "having") if asked > 1 else False
    noun = slots.items[asked - 2] if having else None
    return noun if noun is not None and names_relation(noun) else None


def _done_by_whom(slots: Slots) -> Item | None:
    """Return the verb right behind who it is that does it: 甲是谁引进的."""
    asked = {i.index + 1 for i in slots.asked("who") if i.has("operator", LEX + "describe") and i.index}
    verbs = (i for i in slots.relations if i.index in asked and i.of("property", "says", "label"))
    saying = slots.saying  # who says what is quoted is told by the passage
    return next((i for i in verbs if not i.has("particle") and not saying & {s.iri for s in i.senses}), None)


def _ends(edge: Edge, names: set[str], inverse: set[str]) -> bool:
    forward = edge.object == "?x" and not names.isdisjoint(edge.properties)
    return forward or (edge.subject == "?x" and not inverse.isdisjoint(edge.properties))


def _relation_asked(slots: Slots) -> Item | None:
    """Return the name of a relation that ends what is asked, if it is a noun behind something."""
    words = _words(slots.items)
    ends = (LEX + "describe", LEX + "list")
    while words and words[-1].has("operator", *ends) and words[-1] not in slots.asked("who"):
        words.pop()
    if _asks(words) or any(i.of("property", "asks") for i in words) or slots.op("groupedBy", "by"):
        return None
    last, before = (words[-1], words[-2]) if len(words) > 1 else (None, None)
    if last is None or before is None:
        return None
    named = before.has("thing") or before.has("class") or before.has("particle", LEX + "attributive")
    return last if (named or names_relation(before)) and names_relation(last) else None


def _listed(words: Sequence[Item], index: Index) -> str:
    """Return some words as one says them one after the other: figures, or things, with a comma between."""
    text = words[0].text
    for before, item in pairwise(words):
        begins = before.of("indicator", "elided") and not item.of("indicator", "elided")
        alike = any(before.has(kind) and item.has(kind) for kind in ("indicator", "thing"))
        text += (index.message("separator") if alike and not begins else "") + item.text
    return text


def _words(items: Sequence[Item]) -> list[Item]:
    return [item for item in items if any(c.isalnum() for c in item.text)]


def _asks(words: Sequence[Item]) -> bool:
    return any(item.has("question") for item in words)


def _parted(items: Sequence[Item]) -> bool:
    """Whether there are blanks between words."""
    return any(not item.text.strip() for item in items)


def _joined(items: Sequence[Item]) -> str:
    return text_of(items).strip()
