"""What a closure loses and gains when assertions change: delete and rederive, in a store that holds it.

After Gupta, Mumick and Subrahmanian, "Maintaining Views Incrementally" (1993): everything that may have
rested on what is gone is taken out first, what still follows in one step from what is left is put back, and
from there on, and from what is new, the rules are applied forwards as far as they lead. The rules are the
clauses of the whole closure (`Schema`), compiled from the ontology as the store has it.

What a closure says in triples is not all that the rules have used: literals are no subjects, and equality
has no steps. Where a change could touch that, or the ontology, the closure has to be computed anew, and
`NotUpdatable` says why.
"""

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal as OneOf

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store, Triple

from citykg.reason.clauses import Atom, Clause
from citykg.reason.compiling import Schema, schema_keys
from citykg.reason.datatypes import datatypes_within, ill_typed, is_datatype, within
from citykg.reason.fast_engine import numeral
from citykg.reason.rules import OWL, RDFS
from citykg.reason.store_facts import Fact, StoreView, TermsOfStore, literals_of, stated_in
from citykg.reason.terms import Terms, Triple3

__all__ = ["Change", "NotUpdatable", "Why", "update"]

#: Why a closure has to be computed anew.
Why = OneOf["ontology", "equality", "literals", "contradiction", "large"]

#: How many facts may leave or come, and how many triples be looked at: then the whole closure is no dearer.
_FACTS = 50_000
_LOOKUPS = 1_000_000

_DEFAULT = DefaultGraph()
_Binding = dict[int, int]


class NotUpdatable(Exception):
    """A change that a closure cannot be carried over.

    Args:
        why: ``ontology``: axioms have changed, or data that rules are made of; ``equality``: what is the
            same as what has changed; ``literals``: conclusions rest on what is said of literals;
            ``contradiction``: there is one now; ``large``: so much follows that the whole closure costs no
            more.
    """

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Change:
    """What a closure loses and gains, each triple once; asserted ones are among them.

    Attributes:
        lost: triples that do not hold any more.
        gained: triples that did not hold before.
    """

    lost: tuple[Triple, ...]
    gained: tuple[Triple, ...]


def update(store: Store, *, removed: Collection[Triple], added: Collection[Triple]) -> Change:
    """Compute what a change of assertions does to a closure.

    Args:
        store: what a build has written: its default graph is the closure by the default engine, without
            contradictions and explicit (`Closure.explicit`); its named graphs are what was asserted.
        removed: triples, as the store writes them, that a graph asserted and none asserts any more.
        added: triples, as the store writes them, that no graph asserted and one asserts now.

    Returns:
        The change that turns the default graph into the closure of what is asserted now.

    Raises:
        NotUpdatable: it cannot be told from the change alone.
    """
    return _Update(store, frozenset(removed), frozenset(added)).change()


class _Update:
    def __init__(self, store: Store, removed: frozenset[Triple], added: frozenset[Triple]) -> None:
        self._store = store
        self._removed = removed
        self._added = added
        self._terms = TermsOfStore(store)
        if self._terms.speaks_of_rules():
            raise NotUpdatable("equality")
        if any(self._terms.is_literal(number) for cluster in self._terms.clusters for number in cluster):
            raise NotUpdatable("literals")
        self._merged = frozenset(self._terms.clusters.representatives.values())
        self._facts = StoreView(store, self._terms)
        clauses = self._clauses()
        self._refuse_language(clauses)
        self._triggers: dict[int, list[tuple[Clause, int]]] = {}
        self._heads: dict[int, list[Clause]] = {}
        for clause in clauses:
            if clause.head is not None:
                self._heads.setdefault(clause.head.key, []).append(clause)
            for index, atom in enumerate(clause.body):
                self._triggers.setdefault(atom.key, []).append((clause, index))
        self._different = self._terms.number(NamedNode(OWL + "differentFrom"))

    def change(self) -> Change:
        if any(True for _ in ill_typed(literals_of(self._added))):
            raise NotUpdatable("contradiction")
        gone = self._overdelete()
        self._facts.left = gone
        queue = deque(fact for fact in gone if self._is_stated(fact) or self._follows(fact))
        for fact in queue:
            gone.discard(fact)
        for triple in self._added:
            fact = self._terms.fact(triple)
            self._refuse_schema(fact)
            if not self._facts.holds(fact):
                self._conclude(fact, queue)
        while queue:
            fact = queue.popleft()
            for clause, head in self._consequences(fact):
                if head is None:
                    raise NotUpdatable("contradiction")
                if clause.head is not None and clause.head.key == Terms.SAME_AS:
                    if head[1] != head[2]:
                        raise NotUpdatable("equality")
                elif not self._facts.holds(head):
                    self._conclude(head, queue)
        return Change(self._all(self._facts.left), self._all(self._facts.come))

    def _all(self, facts: set[Fact]) -> tuple[Triple, ...]:
        return tuple(triple for fact in facts for triple in self._terms.triples(fact))

    def _clauses(self) -> list[Clause]:
        """The rules with the ontology of the store put in."""
        nodes, number = self._terms.nodes, self._terms.number
        stated: set[Triple3] = set()
        for key in schema_keys():
            predicate, class_ = nodes[Terms.TYPE if key < 0 else key], nodes[~key] if key < 0 else None
            assert isinstance(predicate, NamedNode)
            for quad in self._store.quads_for_pattern(None, predicate, class_, _DEFAULT):
                stated.add((number(quad.subject), number(quad.predicate), number(quad.object)))
        schema = Schema(stated, numerals=lambda number: numeral(nodes[number]))
        return list(dict.fromkeys(schema.clauses()))

    def _refuse_language(self, clauses: list[Clause]) -> None:
        """Refuse ontologies in which more is read than the triples of the store say."""
        for clause in clauses:
            atoms = clause.body if clause.head is None else (*clause.body, clause.head)
            for atom in atoms:
                if atom.key == Terms.TYPE:
                    raise NotUpdatable("ontology")
                if atom.key >= 0 and not isinstance(self._terms.nodes[atom.key], NamedNode):
                    raise NotUpdatable("ontology")
            for atom in clause.body:
                if atom.key == Terms.SAME_AS and clause.head is not None:
                    raise NotUpdatable("equality")
                if atom.key < 0 and self._is_datatype(~atom.key):
                    raise NotUpdatable("literals")

    def _refuse_schema(self, fact: Fact) -> None:
        if fact[0] == Terms.SAME_AS:
            raise NotUpdatable("equality")
        if fact[0] in schema_keys():
            raise NotUpdatable("ontology")

    def _is_datatype(self, number: int) -> bool:
        node = self._terms.nodes[number]
        return isinstance(node, NamedNode) and is_datatype(node.value)

    def _overdelete(self) -> set[Fact]:
        """Everything that some derivation from the removed assertions leads to, but for what is asserted.

        A fact about what is the same as something else may be asserted under another name than the one that
        was removed: it is followed all the same, since what is the same may rest on it.
        """
        gone: set[Fact] = set()
        queue: deque[Fact] = deque()

        def delete(fact: Fact) -> None:
            if fact in gone or self._terms.is_literal(fact[1]):
                return
            if self._is_stated(fact) and self._merged.isdisjoint((~fact[0], *fact)):
                return
            self._refuse_schema(fact)
            self._count(gone)
            gone.add(fact)
            queue.append(fact)

        for triple in self._removed:
            self._refuse_schema(self._terms.fact(triple))
            delete(self._terms.fact(triple))
        while queue:
            for clause, head in self._consequences(queue.popleft()):
                if head is None or clause.head is None:
                    continue
                if clause.head.key == Terms.SAME_AS:
                    if head[1] in self._merged:
                        raise NotUpdatable("equality")
                else:
                    delete(head)
        return gone

    def _is_stated(self, fact: Fact) -> bool:
        return any(
            triple in self._added or (triple not in self._removed and stated_in(self._store, triple))
            for triple in self._terms.triples(fact)
        )

    def _conclude(self, fact: Fact, queue: deque[Fact]) -> None:
        """Take in a fact that has not held until now."""
        if self._terms.is_literal(fact[1]):
            self._refuse_said_of_literal(fact)
            return
        self._refuse_schema(fact)
        if fact[0] == self._different and fact[1] == fact[2]:
            raise NotUpdatable("contradiction")
        self._facts.add(fact)
        self._count(self._facts.come)
        queue.append(fact)

    def _refuse_said_of_literal(self, fact: Fact) -> None:
        """Whether something follows from what is said of a literal, which no triple says."""
        key = fact[0]
        if key in self._triggers or key in schema_keys():
            raise NotUpdatable("literals")
        literal, datatype = self._terms.nodes[fact[1]], self._terms.nodes[~key] if key < 0 else None
        assert isinstance(literal, Literal)
        if not isinstance(datatype, NamedNode) or not is_datatype(datatype.value):
            return
        if datatype.value == RDFS + "Literal":
            return
        included = (datatype.value, *datatypes_within(datatype.value))
        if literal.datatype.value not in included and within(literal, datatype.value) is False:
            raise NotUpdatable("contradiction")

    def _count(self, facts: set[Fact]) -> None:
        if len(facts) >= _FACTS or self._facts.lookups > _LOOKUPS:
            raise NotUpdatable("large")

    def _consequences(self, fact: Fact) -> Iterator[tuple[Clause, Fact | None]]:
        """What follows from a fact and the others in one step; no fact where that is a contradiction."""
        for clause, index in self._triggers.get(fact[0], ()):
            if clause.head is None and any(atom.key == Terms.SAME_AS for atom in clause.body):
                continue  # what is the same has not changed
            binding = _unified(clause.body[index], fact, {})
            if binding is None:
                continue
            rest = (*clause.body[:index], *clause.body[index + 1 :])
            for solution in self._solve(rest, binding):
                if clause.head is None:
                    yield clause, None
                else:
                    head = clause.head
                    yield clause, (head.key, *(solution.get(term, term) for term in head.arguments))

    def _follows(self, fact: Fact) -> bool:
        """Whether a fact follows from others in one step."""
        for clause in self._heads.get(fact[0], ()):
            assert clause.head is not None
            binding = _unified(clause.head, fact, {})
            if binding is not None and any(True for _ in self._solve(clause.body, binding)):
                return True
        return False

    def _solve(self, body: tuple[Atom, ...], binding: _Binding) -> Iterator[_Binding]:
        """All ways in which a body holds."""
        if not body:
            yield binding
            return
        if self._facts.lookups > _LOOKUPS:
            raise NotUpdatable("large")
        place, found = self._fewest(body, binding)
        rest = (*body[:place], *body[place + 1 :])
        for fact in found:
            extended = _unified(body[place], fact, binding)
            if extended is not None:
                yield from self._solve(rest, extended)

    def _fewest(self, body: tuple[Atom, ...], binding: _Binding) -> tuple[int, Iterator[Fact]]:
        """The atom that the fewest facts fit, and these; found by looking at all of them in turns."""
        candidates: list[tuple[int, Iterator[Fact]]] = []
        for place, atom in enumerate(body):
            known = [binding.get(term, term if term >= 0 else None) for term in atom.arguments]
            found = self._facts.find(atom.key, known[0], known[1] if len(known) > 1 else None)
            if None not in known:
                return place, islice(found, 1)
            if len(body) == 1:
                return place, found
            if known != [None] * len(known):
                candidates.append((place, found))
        if not candidates:
            atom = body[0]
            return 0, self._facts.find(atom.key, None, None)
        if len(candidates) == 1:
            return candidates[0]
        seen: list[list[Fact]] = [[] for _ in candidates]
        size = 4
        while True:
            for (place, found), known_facts in zip(candidates, seen, strict=True):
                more = list(islice(found, size))
                known_facts += more
                if len(more) < size:
                    return place, iter(known_facts)
            size *= 4


def _unified(atom: Atom, fact: Fact, binding: _Binding) -> _Binding | None:
    """The binding under which an atom is a fact; None where there is none."""
    extended = dict(binding)
    for term, value in zip(atom.arguments, fact[1:], strict=True):
        if (extended.setdefault(term, value) if term < 0 else term) != value:
            return None
    return extended
