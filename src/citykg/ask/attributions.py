"""Whether somebody says what a question claims (…是甲说的吗): answered by who says it."""

from collections.abc import Sequence
from dataclasses import replace

from .index import Index
from .model import Answer, AnswerItem, Item

__all__ = ["attribution", "judged"]


def attribution(items: Sequence[Item], index: Index) -> tuple[str, frozenset[str]] | None:
    """Return the question who says a claim, and whom the question names for it; None where it names nobody.

    The claim stands first; behind it who is named, a verb of saying, and what asks whether it is so.
    """
    said = [i for i in items if any(index.flagged(s.iri, "attributes") for s in i.of("property", "says"))]
    if not said or not any(i.has("question") for i in items[said[-1].index :]):
        return None
    verb = said[-1]
    named = items[verb.index - 1] if verb.index else None
    if named is None or not named.has("thing"):
        return None
    if any(i.has("thing") or i.amount is not None for i in items[verb.index + 1 :]):
        return None
    claim = list(items[: named.index])
    while claim and (claim[-1].has("particle") or claim[-1].has("conjunction")):
        claim.pop()
    if not claim or any(i.has("question") for i in claim):
        return None
    question = index.message("who-says", claim="".join(i.text for i in claim))
    return question, frozenset(s.iri for s in named.of("thing"))


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
