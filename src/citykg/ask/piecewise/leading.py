"""Which group has most, or least, of something (哪个字号的产业最多, 哪场活动签下的项目最多): the first
or the last of all that are counted, or told by a figure.
"""

from collections.abc import Sequence
from dataclasses import replace

from ..model import Answer, AnswerItem, Item, text_of
from ..words.index import LEX, Index

__all__ = ["counted_by_group", "leading"]

_ATTRIBUTIVE = LEX + "attributive"
_LEAST_WORDS = 3


def counted_by_group(items: Sequence[Item], index: Index) -> tuple[str, bool] | None:
    """Return the question how many each group has, and whether the least is asked for; or None where no
    group is asked for by number.
    """
    words = [i for i in items if any(c.isalnum() for c in i.text) and not i.has("particle", _ATTRIBUTIVE)]
    ranks = [i for i in words if i.has("operator", LEX + "max", LEX + "min")]
    if len(words) < _LEAST_WORDS or len(ranks) != 1:
        return None
    rank, least = ranks[0], ranks[0].has("operator", LEX + "min")
    done = _of_what_is_done(words, rank, index)
    if done or not rank.has("operator", LEX + "numerous"):
        return (done, least) if done else None
    asked = [i for i in words if i.has("question", LEX + "which")]
    if any(i.has("indicator") and not i.has("class") for i in words):
        return None
    if len(asked) == 1 and words[-1] is rank and _groups(items[asked[0].index + 1]):
        before = text_of(items[: asked[0].index])
        clause = text_of(items[asked[0].index + 1 : rank.index])
        return index.message("how-many-each", before=before, clause=clause), least
    if not asked and words[-2] is rank and _groups(words[-1]):
        things = text_of(items[: rank.index]).strip()
        clause = index.message("group-of", group=words[-1].text, things=things)
        return index.message("how-many-each", before="", clause=clause), least
    return None


def _of_what_is_done(words: Sequence[Item], rank: Item, index: Index) -> str:
    """Return the question of how many each one does something with, or for the figure of these, or nothing
    where the words say anything else (哪场活动签下的项目最多, 签下的项目个数最多的是哪场活动).
    """
    asked = [n for n, i in enumerate(words) if i.has("question", LEX + "which")]
    if len(asked) != 1:
        return ""
    groups = [i for i in (*words[asked[0] + 1 :][:1], *words[: asked[0]][-2:]) if _is_kind(i)]
    if not groups:
        return ""
    group, own = groups[0], (words[asked[0]], rank)
    rest = [i for i in words if i is not group and i not in own and not _is_empty(i)]
    verbs = [
        i for i in rest if i.of("property", "says", "label") and not i.has("class") and not i.has("particle")
    ]
    nouns = [i for i in rest if i not in verbs]
    figures = [i for i in nouns if i.has("indicator") and not i.has("class")]
    kinds = [i for i in nouns if _is_kind(i) and i not in figures]
    if len(verbs) != 1 or len(nouns) != len(kinds) + len(figures) or max(len(kinds), len(figures)) > 1:
        return ""
    (verb,) = verbs
    counted = kinds[0].text if kinds and not figures else _counted_noun(figures, index) if not kinds else ""
    if counted:
        numerous = bool(figures) or rank.has("operator", LEX + "numerous")
        slots = {"group": group.text, "verb": verb.text, "noun": counted}
        return index.message("how-many-done-each", **slots) if numerous else ""
    if figures:
        noun = "".join(i.text for i in kinds)
        joined = (
            index.message("noun-of-clause", clause=noun, noun=figures[0].text) if noun else figures[0].text
        )
        clause = index.message("noun-of-clause", clause=verb.text, noun=joined)
        return index.message("how-much-each", group=group.text, clause=clause)
    return ""


def _counted_noun(figures: Sequence[Item], index: Index) -> str:
    """Return the kind with which the name of a number begins (项目个数), or nothing."""
    text = next((i.text for i in figures if any(index.counts(s.iri) for s in i.of("indicator"))), "")
    beginnings = (text[:end] for end in range(len(text) - 1, 0, -1))
    return next((b for b in beginnings if any(s.kind == "class" for s in index.senses(b))), "")


def _is_kind(item: Item) -> bool:
    return item.has("class") and not item.has("thing") and not item.has("particle")


def _is_empty(item: Item) -> bool:
    return item.has("particle") and not item.has("class") and not item.has("indicator")


def leading(question: str, counted: Answer, index: Index, *, least: bool) -> Answer | None:
    """Return the one group that has most, or least.

    Args:
        question: as it was asked.
        counted: how many each group has.
        index: for the words of the answer.
        least: whether the least is asked for.
    """
    numbers = [item.value for item in counted.answers if item.value is not None and item.iri]
    apart = len({item.iri for item in counted.answers}) == len(counted.answers)
    alike = len({item.unit for item in counted.answers}) == 1
    if counted.status != "answered" or len(numbers) < max(len(counted.answers), 2) or not (apart and alike):
        return None
    value = min(numbers) if least else max(numbers)
    chosen = [item for item in counted.answers if item.value == value]
    if len(chosen) != 1:
        return None
    one = chosen[0]
    text = index.message("group-leads", group=one.label, groups=counted.text)
    order = counted.sparql.rstrip().replace("ORDER BY ?group ?m", "ORDER BY DESC(?value) ?group")
    order = order.replace("DESC(?count)", "?count").replace("DESC(?value)", "?value") if least else order
    items = (AnswerItem(one.label, one.iri),)
    return replace(counted, question=question, answers=items, text=text, sparql=f"{order}\nLIMIT 1")


def _groups(item: Item) -> bool:
    """Whether a word is one to group by."""
    return (item.has("class") or bool(item.of("property", "label"))) and not item.has("particle")
