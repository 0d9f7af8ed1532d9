"""Numbers for terms, so that engines compare integers; the vocabulary of the rules comes first."""

from collections import defaultdict
from functools import cache
from itertools import count
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from citykg.reason.rules import ONE, OWL, RDF, ZERO, Each, Pattern, Premise, Rule, is_variable, rules

__all__ = ["Term", "Terms", "Triple3", "patterns_of", "vocabulary"]

Term = NamedNode | BlankNode | Literal | Triple
Triple3 = tuple[int, int, int]


def patterns_of(rule: Rule) -> list[Pattern]:
    """All triple patterns of a rule: premises, those inside lists, and the conclusion."""
    found = [pattern for premise in rule.body for pattern in _patterns(premise)]
    return found if rule.head is None else [*found, rule.head]


def _patterns(premise: Premise) -> tuple[Pattern, ...]:
    if isinstance(premise, Pattern):
        return (premise,)
    return premise.patterns if isinstance(premise, Each) else ()


@cache
def vocabulary() -> dict[str, int]:
    """The numbers of all IRIs that the rules name, of rdf:first, rdf:rest, rdf:nil, ZERO and ONE."""
    names: dict[str, int] = {}
    for name in (RDF + "type", OWL + "sameAs", RDF + "first", RDF + "rest", RDF + "nil", ZERO, ONE):
        names.setdefault(name, len(names))
    for rule in rules():
        for pattern in patterns_of(rule):
            for term in (pattern.subject, pattern.predicate, pattern.object):
                if not is_variable(term):
                    names.setdefault(term, len(names))
    return names


class _Numeral:
    """Stands for the literals of one value; it never equals a term of a graph."""

    __slots__ = ()


class Terms:
    """A table of terms; a term's number is its place. The vocabulary of the rules comes first."""

    #: The places of the first names of `vocabulary`.
    TYPE: Final = 0
    SAME_AS: Final = 1
    FIRST: Final = 2
    REST: Final = 3
    NIL: Final = 4
    ZERO: Final = 5
    ONE: Final = 6

    def __init__(self) -> None:
        #: A term that is looked up by index and has no number yet gets the next one.
        self.numbers: dict[Term, int] = defaultdict(count().__next__)
        for name in vocabulary():
            self.numbers[_Numeral() if name in (ZERO, ONE) else NamedNode(name)]  # type: ignore[index]
        self._terms: list[Term] = []

    @property
    def terms(self) -> list[Term]:
        """The terms by number; what is added later does not show in a list that was taken before."""
        if len(self._terms) != len(self.numbers):
            self._terms = list(self.numbers)
        return self._terms

    def is_literal(self, number: int) -> bool:
        """Whether the term with this number is a literal of the graph."""
        return type(self.terms[number]) is Literal
