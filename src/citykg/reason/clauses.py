"""Clauses: rules of the table after the ontology has been put in, and the plans that evaluate them.

A clause speaks about relations by key: a property's number for its pairs, the complement ``~c`` of
a class's number for its members. Variables of a clause are negative, constants are not.
"""

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple

from citykg.reason.terms import Terms, Triple3

__all__ = ["Atom", "Clause", "Operation", "Plan", "Step", "class_key", "plan", "unfold"]


def class_key(class_: int) -> int:
    """The key of a class's members."""
    return ~class_


class Atom(NamedTuple):
    """Membership in a relation: of a pair, or with ``object`` None of one member of a class."""

    key: int
    subject: int
    object: int | None

    @property
    def arguments(self) -> tuple[int, ...]:
        """The terms of the atom."""
        return (self.subject,) if self.object is None else (self.subject, self.object)

    @property
    def variables(self) -> frozenset[int]:
        """The variables of the atom."""
        return frozenset(term for term in self.arguments if term < 0)

    @classmethod
    def of(cls, subject: int, predicate: int, object_: int) -> "Atom":
        """The atom of a triple pattern: a type with a known class is membership in that class."""
        if predicate == Terms.TYPE and object_ >= 0:
            return cls(~object_, subject, None)
        return cls(predicate, subject, object_)


class Clause(NamedTuple):
    """A rule with the ontology put in.

    Attributes:
        name: the W3C name of the rule.
        body: what must hold of the data.
        head: what follows, or None for a contradiction.
        axioms: the triples of the ontology that the rule was instantiated with, for contradictions.
    """

    name: str
    body: tuple[Atom, ...]
    head: Atom | None
    axioms: tuple[Triple3, ...] = ()

    @property
    def is_transitivity(self) -> bool:
        """Whether this is ``p(x, y), p(y, z) => p(x, z)``, which has an operator of its own."""
        if self.head is None or len(self.body) != 2 or self.head.object is None:
            return False
        first, second = self.body
        return (
            first.key == second.key == self.head.key
            and first.object == second.subject != first.subject
            and (self.head.subject, self.head.object) == (first.subject, second.object)
            and len({first.subject, first.object, second.object}) == 3
            and max(first.subject, second.subject, second.object or 0) < 0
        )


class Operation(IntEnum):
    """What a step of a plan does to the rows: ``a`` and ``b`` are columns."""

    MEMBER = 0  # keep rows whose a is in the class
    PAIR = 1  # keep rows whose (a, b) is in the property
    OBJECTS = 2  # one row for every b with (a, b), b is a new column
    SUBJECTS = 3  # one row for every a with (a, b), a is a new column
    MEMBERS = 4  # one row for every member, a is a new column
    PAIRS = 5  # one row for every pair, a and b are new columns
    EQUAL = 6  # keep rows whose a equals b


Step = tuple[Operation, int, int, int]


class Plan(NamedTuple):
    """How to evaluate a body from the rows of one of its atoms.

    Attributes:
        constants: columns that are appended to every row first.
        steps: what is done then, in order.
        columns: which columns make the result.
    """

    constants: tuple[int, ...]
    steps: tuple[Step, ...]
    columns: tuple[int, ...]


def plan(body: Sequence[Atom], start: int | None, wanted: Iterable[int]) -> Plan:
    """Plan a body.

    Args:
        body: the atoms.
        start: the atom whose rows are given, or None when evaluation starts from one empty row.
        wanted: the terms (variables or constants) of the result, in order.
    """
    wanted = tuple(wanted)
    columns: dict[int, int] = {}
    steps: list[Step] = []
    rest = [atom for index, atom in enumerate(body) if index != start]
    width = 0
    equalities: list[tuple[int, int]] = []
    if start is not None:
        for term in body[start].arguments:
            if term in columns or term >= 0:
                equalities.append((term, width))
            else:
                columns[term] = width
            width += 1
    constants = sorted(
        {term for atom in rest for term in atom.arguments if term >= 0}
        | {term for term in wanted if term >= 0}
        | {term for term, _ in equalities if term >= 0}
    )
    for term in constants:
        columns[term] = width
        width += 1
    steps += [(Operation.EQUAL, 0, columns[term], column) for term, column in equalities]
    while rest:
        atom = max(rest, key=lambda candidate: _priority(candidate, columns))
        rest.remove(atom)
        width = _step(atom, columns, steps, width)
    return Plan(tuple(constants), tuple(steps), tuple(columns[term] for term in wanted))


def _priority(atom: Atom, columns: dict[int, int]) -> tuple[int, int]:
    known = sum(term in columns for term in atom.arguments)
    return (2 if known == len(atom.arguments) else 1 if known else 0, -len(atom.arguments))


def _step(atom: Atom, columns: dict[int, int], steps: list[Step], width: int) -> int:
    """Append the steps that an atom needs; return the new number of columns."""
    a, b = columns.get(atom.subject), None
    if atom.object is None:
        if a is None:
            columns[atom.subject] = width
            steps.append((Operation.MEMBERS, atom.key, width, 0))
            return width + 1
        steps.append((Operation.MEMBER, atom.key, a, 0))
        return width
    b = columns.get(atom.object)
    if a is not None and b is not None:
        steps.append((Operation.PAIR, atom.key, a, b))
        return width
    if a is not None:
        columns[atom.object] = width
        steps.append((Operation.OBJECTS, atom.key, a, width))
        return width + 1
    if b is not None:
        columns[atom.subject] = width
        steps.append((Operation.SUBJECTS, atom.key, width, b))
        return width + 1
    steps.append((Operation.PAIRS, atom.key, width, width + 1))
    columns[atom.subject] = width
    if atom.object == atom.subject:
        steps.append((Operation.EQUAL, 0, width, width + 1))
    else:
        columns[atom.object] = width + 1
    return width + 2


def unfold(clause: Clause) -> tuple[tuple[Atom, ...], tuple[int, ...], int] | None:
    """Half of a clause that merges, where one half says it all.

    ``p(x, y), p(x, z) => y sameAs z`` needs no join of p with itself: all y of one x are the same.
    Such a clause consists of two halves that differ only in the merged variable.

    Returns:
        The atoms of one half, the variables that both halves share, and the merged variable; None
        when the clause has no such form.
    """
    head = clause.head
    if head is None or head.object is None or head.key != Terms.SAME_AS:
        return None
    left, right = head.subject, head.object
    if left >= 0 or right >= 0 or left == right:
        return None
    half = tuple(atom for atom in clause.body if right not in atom.variables)
    other = {atom for atom in clause.body if left not in atom.variables}
    mirrored = {
        Atom(atom.key, *(right if term == left else term for term in (atom.subject, atom.object)))  # type: ignore[arg-type]
        for atom in half
    }
    if mirrored != other or len(set(half) | other) != len(set(clause.body)):
        return None
    shared = sorted(frozenset().union(*(atom.variables for atom in half)) - {left})
    return half, tuple(shared), left
