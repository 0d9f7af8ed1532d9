"""What a question lays in somebody's mouth: whether it is said by them (…是甲说的吗), and what is asked of
what they say (甲认为什么是…)."""

from collections.abc import Sequence
from dataclasses import replace

from ..model import Answer, AnswerItem, Item, text_of
from ..words.index import LEX, Index

__all__ = ["attribution", "judged", "said_by", "spoken"]


def attribution(items: Sequence[Item], index: Index) -> tuple[str, frozenset[str]] | None:
    """Return the question who says a claim, and whom the question names for it; None where it names nobody.

    The claim stands first; behind it who is named, a verb of saying, and what asks whether it is so.
    """
    said = [i for i in items if _says(i, index)]
    if not said:
        return None
    verb = said[-1]
    before = (i for i in reversed(items[: verb.index]) if not _only_asks(i))
    named = next(before, None)
    if named is None or not _may_speak(named, index):
        return None
    if any(i.has("thing") or i.amount is not None for i in items[verb.index + 1 :]):
        return None
    if not any(i.has("question") for i in items[named.index :]):
        return None
    claim = list(items[: named.index])
    while claim and (claim[-1].has("particle") or claim[-1].has("conjunction")):
        claim.pop()
    if not claim or any(i.has("question") for i in claim):
        return None
    question = index.message("who-says", claim=text_of(claim))
    return question, frozenset(s.iri for s in named.of("thing"))


def said_by(items: Sequence[Item], index: Index) -> tuple[frozenset[str], str] | None:
    """Return who a question begins with as the one who says something, and what it asks of that; None
    where it begins with nobody.

    Before who is named there may be particles only; right behind stands a verb of saying, and after it the
    question.
    """
    named = next((i for i in items if not (i.has("particle") or i.has("operator", LEX + "by"))), None)
    if named is None:
        return None
    speakers = frozenset(s.iri for s in named.of("thing"))
    speakers = speakers or frozenset(m for s in named.of("class") for m in index.members(s.iri))
    if not speakers:
        return None
    verb = next((i for i in items[named.index + 1 :] if _says(i, index) or not i.has("particle")), None)
    if verb is None or not _says(verb, index):
        return None
    start = verb.index + 1
    while start < len(items) and not any(c.isalnum() for c in items[start].text):
        start += 1
    rest = items[start:]
    if not any(i.has("question") for i in rest):
        return None
    return speakers, text_of(rest)


def spoken(question: str, answer: Answer, named: frozenset[str]) -> Answer | None:
    """Return an answer with the passages of who is named only, or None where an answer of it has none.

    Args:
        question: as it was asked.
        answer: to what is asked of what they say.
        named: who a question says to have said it.
    """
    said = tuple(e for e in answer.evidence if e.speaker in named)
    if answer.status != "answered" or not said or len(said) < len(answer.evidence) / 2:
        return None
    return replace(answer, question=question, evidence=said)


def _only_asks(item: Item) -> bool:
    """Whether a word between a name and a verb of saying only asks whether it is so (书记有没有这么讲)."""
    return item.has("question", LEX + "whether") or (item.has("particle") and not item.has("thing"))


def _may_speak(item: Item, index: Index) -> bool:
    """Whether an item names what a who asks for, or the post of somebody."""
    facts = index.facts.get(LEX + "who", {})
    posts = index.facts.get(LEX + "personName", {}).get("of", ())
    kinds = (*facts.get("asksFor", ()), *facts.get("mayAskFor", ()), *posts)
    return any(index.is_a(s.iri, kinds) for s in item.of("thing"))


def _says(item: Item, index: Index) -> bool:
    return any(index.flagged(s.iri, "attributes") for s in item.of("property", "says"))


def judged(question: str, answer: Answer, named: frozenset[str], index: Index) -> Answer | None:
    """Return yes or no by who says it, or None where that is not known.

    Args:
        question: as it was asked.
        answer: to who says it.
        named: whom the question names.
        index: of the graph.
    """
    speakers = {item.iri for item in answer.answers if item.iri}
    if answer.status != "answered" or not speakers:
        return None
    label = index.message("yes" if speakers & named else "no")
    facts = "、".join(item.label for item in answer.answers)
    text = f"{label}（{index.message('no-because', facts=facts)}）"
    return replace(answer, question=question, answers=(AnswerItem(label),), text=text)
