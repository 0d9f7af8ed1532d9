"""Whether a reading passes over, or turns round, a word by which a question asks: several things
together, the verb of a what, the noun that a relation starts from.
"""

from collections.abc import Iterable

from ..model import Edge, Item, Outcome, Reading
from ..words.index import LEX, Index
from ..words.slots import Slots

__all__ = ["asks_otherwise"]

_JOINS = LEX + "attributive"
_WITH_NOUN = 3  # words: the noun between what joins it to a name and its verb


def asks_otherwise(reading: Reading, outcome: Outcome, slots: Slots, index: Index) -> bool:
    """Whether something else is asked for than the things or the figure of a reading."""
    answers = [item.iri for item in outcome.items if item.iri]
    if _asks_groups(slots, index) and not any(_is_group(iri, index) for iri in answers):
        return True
    return reading.kind == "things" and (
        _verb_passed_over(reading, slots, index)
        or _verb_halved(reading, slots)
        or _topic_passed_over(reading, slots)
        or _turned_round(reading, slots)
        or _told_apart_otherwise(answers, slots, index)
    )


def _asks_groups(slots: Slots, index: Index) -> bool:
    """Whether a which for several things together (哪批) stands before a kind of which there are groups, and
    nothing else is asked.
    """
    if slots.asked("howMuch", "howBig", "who", "where", "when"):
        return False
    first = min((item.index for item in slots.asked("whichGroup")), default=None)
    noun = next((i for i in slots.classes if first is not None and i.index > first), None)
    kinds = {s.iri for s in noun.of("class")} if noun is not None else set()
    return any(_is_group(thing, index) for kind in kinds for thing in index.members(kind))


def _is_group(iri: str, index: Index) -> bool:
    return index.is_a(iri, index.having("summarises"))


def _said(item: Item) -> bool:
    """Whether a word says a relation, and names nothing."""
    return bool(item.of("property", "says", "label")) and not (item.has("thing") or item.has("class"))


def _words(slots: Slots) -> list[Item]:
    return [item for item in slots.items if any(c.isalnum() for c in item.text)]


def _before_last_which(slots: Slots) -> list[Item]:
    """Return the words before a which that ends a question, or nothing."""
    words = _words(slots)
    return words[:-1] if words and words[-1].has("question", LEX + "which") else []


def _verb_passed_over(reading: Reading, slots: Slots, index: Index) -> bool:
    """Whether the verb of which a what is asked says none of the relations of a reading (靠的是什么)."""
    words = _before_last_which(slots)
    while words and words[-1].has("particle", LEX + "attributive"):
        words.pop()
    if len(words) < _WITH_NOUN or not _said(words[-1]) or not words[-1].has("light"):
        return False
    names = {s.iri for s in words[-1].of("property")}
    names |= {other for name in names for other in index.inverse.get(name, ())}
    return names.isdisjoint(_properties(reading.edges))


def _properties(edges: Iterable[Edge]) -> set[str]:
    return {name for edge in edges for name in edge.properties}


def _verb_halved(reading: Reading, slots: Slots) -> bool:
    """Whether both parts of a verb are left over, of which the first says nothing else (以…为突破点)."""
    relations = [i for i in slots.relations if not i.has("operator")]
    left = [set(i.of("property", "says")) for i in relations if i.index not in reading.used]
    return any(one and one <= other for n, one in enumerate(left) for other in left[n + 1 :])


def _topic_passed_over(reading: Reading, slots: Slots) -> bool:
    """Whether a kind stands between a name that it is joined to and the verb of a what: of those of that kind
    it is asked, and not of the name (甲的规划瞄准什么), nor which they are.
    """
    words = [i for i in _before_last_which(slots) if i.kinds != {"particle"} or i.has("particle", _JOINS)]
    if len(words) < _WITH_NOUN:
        return False
    joint, noun, verb = words[-_WITH_NOUN:]
    kind = noun.has("class") and not noun.has("thing") and joint.has("particle", _JOINS)
    leads = bool(noun.of("property") or noun.of("indicator")) and noun.index in reading.used
    says = bool(verb.of("property", "says", "label", "maySay")) and not (
        verb.has("thing") or verb.has("class")
    )
    return kind and says and not verb.has("operator") and not (leads and "?x" not in reading.types)


def _turned_round(reading: Reading, slots: Slots) -> bool:
    """Whether a relation that is called by its name behind a name starts from something else (甲的范围是什么:
    not what has 甲 for its 范围, nor the 范围 of what has to do with 甲).
    """
    words = _before_last_which(slots)[-_WITH_NOUN:]
    if len(words) < _WITH_NOUN or words[0].has("class") or not words[0].has("thing"):
        return False
    _, joint, noun = words
    if noun.kinds != {"property"} or not joint.has("particle", LEX + "attributive"):
        return False
    names = {s.iri for s in noun.of("property", "label", "says")}
    called = [e for e in reading.edges if names & set(e.properties)]
    return bool(called) and all(e.subject.startswith("?") for e in called)


def _told_apart_otherwise(answers: Iterable[str], slots: Slots, index: Index) -> bool:
    """Whether answers are of another kind than the names by which things are told apart (按甲、乙来分)."""
    start = min((item.index + 1 for item in slots.op("by") if not slots.classes), default=len(slots.items))
    named: list[set[str]] = []
    for item in slots.items[start:]:
        if item.has("thing"):
            named.append({kind for s in item.of("thing") for kind in index.types.get(s.iri, ())})
        elif not item.has("conjunction"):
            break
    shared = tuple(set.intersection(*named)) if len(named) > 1 else ()
    return bool(shared) and not all(index.is_a(answer, shared) for answer in answers)
