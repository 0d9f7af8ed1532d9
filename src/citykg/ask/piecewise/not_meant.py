"""What a question says that it does not mean (…的总投资是多少，不是年度投资): where that is another one
of the kind of what is asked for, it tells nothing more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..model import Answer, Item, text_of
from ..reading.excepting import alike
from ..telling.writing import Writer
from ..words.index import LEX, Index

__all__ = ["Contrast", "not_meant"]

_NOT, _EXCEPT = LEX + "not", LEX + "except"


@dataclass(frozen=True, slots=True)
class Contrast:
    """A question without what it does not mean, and the words for that."""

    question: str
    denied: tuple[Item, ...]

    def leaves(self, answer: Answer, writer: Writer) -> bool:
        """Whether an answer is a figure that has nothing to do with what is not meant."""
        told = answer.status == "answered" and all(item.value is not None for item in answer.answers)
        terms = {s.iri for item in self.denied for s in (*item.of("thing"), *item.of("indicator"))}
        return told and not any(writer.term(term) in answer.sparql for term in terms)


def not_meant(items: Sequence[Item], index: Index) -> Iterator[Contrast]:
    """Yield a question without the clause that says what it does not mean.

    Such a clause has a not and names alone, each beside one of its kind that the question names. What is to
    be left out (不算…) may be a part of what is asked for, unless it is a status or a kind of its own.
    """
    clauses: list[list[Item]] = [[]]
    for item in items:
        if (
            any(c.isalnum() for c in item.text)
            or not item.text.strip()
            or item.has("conjunction", LEX + "or")
        ):
            clauses[-1].append(item)
        else:
            clauses.append([])
    clauses = [clause for clause in clauses if clause]
    for clause in clauses:
        denied = tuple(i for i in clause if i.has("thing") or i.has("indicator", *_figures(i)) or _is_kind(i))
        rest = [i for other in clauses if other is not clause for i in other]
        if denied and rest and _denies_alone(clause, denied) and not _denies(rest):
            left_out = any(i.has("operator", _EXCEPT) for i in clause)
            if all(any(_is_beside(d, i, index, apart=left_out) for i in rest) for d in denied):
                yield Contrast(text_of(rest), denied)


def _denies_alone(clause: Sequence[Item], denied: Sequence[Item]) -> bool:
    others = [i for i in clause if i not in denied]
    return _denies(others) and all(
        (i.has("particle") or i.has("operator", _NOT, _EXCEPT)) and not i.has("question") for i in others
    )


def _denies(items: Sequence[Item]) -> bool:
    return any(i.has("operator", _NOT, _EXCEPT) for i in items)


def _is_beside(denied: Item, named: Item, index: Index, *, apart: bool) -> bool:
    """Whether two words name two figures, two things of one kind, or a kind and a thing of another one."""
    if set(_figures(denied)) & set(_figures(named)):
        return False
    if _figures(denied) and not denied.has("thing"):
        return bool(_figures(named)) and not apart
    kinds = {above for s in named.of("class") for above in (s.iri, *index.above.get(s.iri, ()))}
    if named.has("class") and not named.has("thing") and apart:
        own = {k for s in denied.of("thing") for k in index.types.get(s.iri, ())}
        exact = tuple(s.iri for s in named.of("class"))
        wide = kinds & {a for k in own for a in index.above.get(k, ())} & index.labels.keys()
        return bool(wide) and not any(index.is_a(s.iri, exact) for s in denied.of("thing"))
    groups = (*index.having("summarises"), *index.facts.get(LEX + "where", {}).get("asksFor", ()))
    if apart and any(index.is_a(s.iri, groups) for i in (denied, named) for s in i.of("thing")):
        return False  # it may be a part
    same = {s.iri for s in denied.of("thing")} & {s.iri for s in named.of("thing")}
    return denied.has("thing") and named.has("thing") and not same and alike(denied, named, index)


def _figures(item: Item) -> tuple[str, ...]:
    return tuple(s.iri for s in item.of("indicator", "label", "alias", "says"))


def _is_kind(item: Item) -> bool:
    return item.has("class") and not item.has("particle")
