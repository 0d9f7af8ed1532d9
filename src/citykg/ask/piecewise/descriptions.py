"""Things that a question describes (甲出发的那座城市, 甲的出发地): asked for first, then put in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..model import BREAKS, Answer, Item, text_of
from ..words.index import LEX, Index

__all__ = ["Description", "attributes", "continued", "descriptions", "put_together"]

_MOST = 40
_THAT = LEX + "that"
_SAID = ("says", "label", "maySay")
_ATTRIBUTIVE = LEX + "attributive"


@dataclass(frozen=True, slots=True)
class Description:
    """A clause and the noun that it describes.

    Args:
        question: that asks for what is described.
        rest: what the question asks of it, or nothing where only its name is asked for.
        besides: whether it asks what there is besides: it then has to fit that as well.
    """

    question: str
    rest: str
    besides: bool = False


def descriptions(items: Sequence[Item], index: Index) -> Iterator[Description]:
    """Yield the descriptions of single things in a question, the longest clause first."""
    if len(items) > _MOST:
        return
    for noun in reversed(items):
        first = _first_of(noun, items)
        before = items[first - 1] if first else None
        if (
            before is not None
            and first > 1
            and _tells_size(before)
            and items[first - 2].has("particle", _THAT)
        ):
            before = items[first - 2]
        that = before if before is not None and before.has("particle", _THAT) else None
        if that is not None:
            before = items[that.index - 1] if that.index else None
        if before is None or not noun.has("class") or not before.has("particle", _ATTRIBUTIVE):
            continue
        clause, rest = items[: before.index], items[noun.index + 1 :]
        if that is None and _one_of_several(clause, rest):
            continue
        besides = _besides(clause, rest, index)
        describes = _describes(clause) or _places(clause, index) or besides
        if not (describes and (besides or _asks(rest)) and (that is not None or _says_more(rest))):
            continue
        question = index.message(
            "which-described",
            clause=text_of(clause),
            measure=that.text[1:] if that is not None else index.message("measure"),
            noun=text_of(items[first : noun.index + 1]),
        )
        named = not _says_more(rest) and any(i.has("question", LEX + "which", LEX + "who") for i in rest)
        asked = text_of(rest).lstrip(BREAKS)
        if besides:
            asked = index.message("besides", named=besides, clause=asked)
        yield Description(question, "" if named and not besides else asked, besides=bool(besides))


def attributes(items: Sequence[Item], index: Index) -> Iterator[Description]:
    """Yield the descriptions of single things by what a relation of another is called (甲的出发地)."""
    for noun in items[1:_MOST]:
        before = items[noun.index - 1]
        joined = before.has("particle", _ATTRIBUTIVE)
        if (joined or not before.text.strip()) and noun.index > 1:
            before = items[noun.index - 2]
        rest = items[noun.index + 1 :]
        named = before.has("thing") and not any(i.has("question") for i in items[: noun.index])
        if not named or noun.has("particle") or not noun.of("property", "says", "label", "asks"):
            continue
        if not joined and not index.kinds_ending(noun.text):
            continue  # a verb
        besides = _besides(items[: noun.index + 1], rest, index)
        if besides:
            clause = text_of(items[: noun.index + 1])
            asked = index.message("besides", named=besides, clause=text_of(rest))
            yield Description(index.message("what-is-it", clause=clause), asked, besides=True)
        elif rest and _says_more(rest) and (_asks(rest) or rest[-1].has("class")):
            clause = text_of(items[: noun.index + 1])
            yield Description(index.message("what-is-it", clause=clause), text_of(rest).lstrip(BREAKS))


def continued(items: Sequence[Item], index: Index) -> Iterator[Description]:
    """Yield the descriptions of what a question asks of besides that by which it describes it."""
    both = (*descriptions(items, index), *attributes(items, index))
    yield from (description for description in both if description.besides)


def _first_of(noun: Item, items: Sequence[Item]) -> int:
    """Return where a noun begins: with what classifies it, if that stands behind a that (那批签约项目)."""
    between = items[noun.index - 1 : noun.index] if noun.index > 1 else []
    told = any((i.has("thing") or i.has("property")) and not i.has("particle") for i in between)
    return noun.index - 1 if told and items[noun.index - 2].has("particle", _THAT) else noun.index


def _tells_size(item: Item) -> bool:
    """Whether a word only says that what is pointed to is large or small (那个大产业)."""
    return len(item.text) == 1 and item.has("operator", LEX + "more", LEX + "less")


def put_together(question: str, described: Answer, answer: Answer) -> Answer:
    """Return an answer with the query and the passages that led to the thing it is about."""
    query = "".join(f"# {line}\n" for line in described.sparql.splitlines())
    evidence = tuple(dict.fromkeys((*described.evidence, *answer.evidence)))
    return replace(answer, question=question, sparql=query + answer.sparql, evidence=evidence)


def _describes(clause: Sequence[Item]) -> bool:
    """Whether words say something of a thing, and ask for nothing."""
    if any(i.has("question") or i.has("operator", LEX + "list") for i in clause):
        return False
    return _measured(clause) or any(
        i.of("property", "says", "label") and (len(i.text) > 1 or not i.has("particle")) for i in clause
    )


def _places(clause: Sequence[Item], index: Index) -> bool:
    """Whether words only name a place and say that something is there (甲步道上的…)."""
    return (
        len(clause) == 2
        and clause[0].has("thing")
        and any(index.flagged(s.iri, "nearestBy") for s in clause[1].of("property", "hints"))
    )


def _one_of_several(clause: Sequence[Item], rest: Sequence[Item]) -> bool:
    """Whether what a clause describes is joined with others: nothing that could be put in its place."""
    joined = len(rest) > 1 and rest[0].has("conjunction", LEX + "and") and rest[0].text not in BREAKS
    asked = len(rest) > 1 and rest[1].has("question")  # 跟哪座城市合作
    return (joined and not asked) or any(
        i.has("conjunction", LEX + "and") and clause[place - 1].has("class")
        for place, i in enumerate(clause)
        if place
    )


def _measured(clause: Sequence[Item]) -> bool:
    """Whether a figure tells what is meant: its value, or that it is the greatest."""
    told = any(i.has("operator", LEX + "max", LEX + "min") or i.amount is not None for i in clause)
    return told and any(i.has("indicator") for i in clause)


def _says_more(rest: Sequence[Item]) -> bool:
    """Whether words name a relation, a kind or a figure, and do not only ask what there is."""
    return any(
        any(c.isalnum() for c in i.text)
        and not any(i.has(kind) for kind in ("question", "operator", "particle", "conjunction"))
        and not (i.has("property") and all(s.how == "hints" for s in i.senses))
        for i in rest
    )


def _besides(clause: Sequence[Item], rest: Sequence[Item], index: Index) -> str:
    """Return the one thing that a clause names, where it is asked what there is besides by the same relation
    (带…的还带什么).
    """
    things = [i for i in clause if i.has("thing") and not i.has("property")]
    if len(things) != 1 or not any(i.has("question") for i in rest):
        return ""
    more = any(s.iri == LEX + "others" for s in index.senses(rest[0].text[:1]))
    again = _relations(clause, index) & _relations(rest, index)
    return things[0].text if more and again else ""


def _relations(words: Sequence[Item], index: Index) -> set[str]:
    """Return the relations that some words say, either way."""
    said = {s.iri for i in words for s in i.of("property", *_SAID)}
    return said.union(*(index.inverse.get(name, ()) for name in said))


def _asks(rest: Sequence[Item]) -> bool:
    """Whether words ask for something, and not for what there is besides what the clause names."""
    if any(i.has("operator", LEX + "others", LEX + "except") for i in rest):
        return False
    return any(i.has("question") or i.of("indicator", "asks") or i.of("property", "asks") for i in rest)
