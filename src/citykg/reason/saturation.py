"""The fixpoint: clauses over facts, from what was new in each round; the ontology again if data change it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Protocol

from citykg.reason.clauses import Atom, Clause, Plan, plan, unfold
from citykg.reason.clusters import Clusters
from citykg.reason.compiling import Schema, schema_keys
from citykg.reason.terms import Terms, Triple3, vocabulary

__all__ = ["Facts", "Saturation"]


#: Where more terms of the language than this are the same, the graph says nothing any more.
_FEW_NAMES = 8


class Facts(Protocol):
    """Relations by key, kept as sets or as arrays; rows are in the form of the implementation."""

    delta: dict[int, Any]

    def keys(self) -> list[int]:
        """The keys that have facts."""

    def size(self, key: int) -> int:
        """About how many rows a key has."""

    def rows(self, key: int) -> Any:
        """All rows of a key."""

    def begins_with(self, key: int, marked: bytes) -> bool:
        """Whether a row of a key begins with a term whose byte is not zero."""

    def stage(self, key: int, rows: Any) -> None:
        """Put rows forward for the next commit, whether they are new or not."""

    def commit(self) -> bool:
        """Make the staged rows facts; `delta` is then what was new. False when nothing was."""

    def close_transitively(self, key: int) -> None:
        """From now on keep the pairs of a property transitively closed; its rows become staged."""

    def mirror_type(self) -> None:
        """From now on keep rdf:type as a property too."""

    def evaluate(self, plan: Plan, rows: Any) -> Any:
        """The result columns of a plan for rows of its first atom."""

    def unpack(self, rows: Any) -> Sequence[tuple[int, ...]]:
        """Rows as tuples."""

    def pack(self, rows: Sequence[tuple[int, ...]]) -> Any:
        """Tuples as rows."""

    def same(self, rows: Any) -> Sequence[tuple[int, int]]:
        """Pairs that link all rows' last columns whose other columns are equal."""

    def rename(self, replacements: Mapping[int, int]) -> None:
        """Put representatives in the place of merged terms; rows that change become staged."""


class _Trigger:
    """A clause to be evaluated from one of its atoms; planned when that first has something new."""

    __slots__ = ("_plan", "body", "head", "index")

    def __init__(self, body: tuple[Atom, ...], index: int, head: Atom) -> None:
        self.body = body
        self.index = index
        self.head = head
        self._plan: Plan | None = None

    @property
    def plan(self) -> Plan:
        if self._plan is None:
            self._plan = plan(self.body, self.index, self.head.arguments)
        return self._plan


class Saturation:
    """The closure of facts in place, with terms that are the same under one representative.

    Args:
        terms: the terms of the graph.
        facts: the asserted facts, committed.
        values: for the number of a datatype, the numbers of the graph's literals in its value space
            (dt-type2); nothing for what is no datatype.
        numerals: for the number of a literal, the stand-in for zero or one, or None.
    """

    def __init__(
        self,
        terms: Terms,
        facts: Facts,
        *,
        values: Callable[[int], Sequence[int]],
        numerals: Callable[[int], int | None],
    ) -> None:
        self.clusters = Clusters(terms.is_literal)
        self.denials: list[Clause] = []
        self._terms = terms
        self._facts = facts
        self._values = values
        self._numerals = numerals
        self._clauses: set[Clause] = set()
        self._plans: dict[int, list[_Trigger]] = {}
        self._merging: list[tuple[frozenset[int], Plan, int]] = []
        self._read: set[int] = set()
        self._named: set[int] = set()
        self._same: list[tuple[int, ...]] = []

    @property
    def read(self) -> set[int]:
        """The keys that clauses read, those of contradictions too."""
        return self._read.union(atom.key for clause in self.denials for atom in clause.body)

    def run(self) -> None:
        """Apply the rules until nothing follows any more."""
        facts = self._facts
        facts.stage(Terms.SAME_AS, facts.rows(Terms.SAME_AS))
        self._same += facts.unpack(facts.rows(Terms.SAME_AS))
        self._merge()
        facts.commit()
        known: frozenset[Triple3] | None = None
        while (stated := self._schema_triples()) != known:
            schema = Schema(self._named_as_in_rules(stated), numerals=self._numerals)
            closed = list(schema.triples())
            self._named = {number for triple in closed for number in triple}
            find = self.clusters.find
            represented = {(find(s), find(p), find(o)) for s, p, o in closed}
            for triple in represented - stated:
                self._stage(Atom.of(*triple))
            keys = self._schema_keys()
            known = frozenset(t for t in represented | stated if Atom.of(*t).key in keys)
            clauses = list(dict.fromkeys(schema.clauses()))
            self.denials = [clause for clause in clauses if clause.head is None]
            self._start([clause for clause in clauses if clause.head is not None])
            self._rounds()

    def _schema_keys(self) -> set[int]:
        return {self._key(key) for key in schema_keys()}

    def _schema_triples(self) -> frozenset[Triple3]:
        """The ontology in the facts, under representatives."""
        facts = self._facts
        found: set[Triple3] = set()
        for key in self._schema_keys():
            for row in facts.unpack(facts.rows(key)):
                found.add((row[0], Terms.TYPE, ~key) if key < 0 else (row[0], key, row[1]))
        return frozenset(found)

    def _named_as_in_rules(self, triples: Iterable[Triple3]) -> Iterator[Triple3]:
        """Triples under every name that the rules use for their terms, where these were merged."""
        names = self._vocabulary_names()
        for triple in triples:
            if names.keys().isdisjoint(triple):
                yield triple
            else:
                yield from product(*(names.get(term, (term,)) for term in triple))

    def _vocabulary_names(self) -> dict[int, list[int]]:
        """Terms of the rules themselves that were merged, by representative."""
        names: dict[int, list[int]] = {}
        for cluster in self.clusters:
            terms = [number for number in cluster if number < len(vocabulary())]
            if 1 < len(terms) <= _FEW_NAMES:
                names[self.clusters.find(terms[0])] = terms
        return names

    def _key(self, key: int) -> int:
        return ~self.clusters.find(~key) if key < 0 else self.clusters.find(key)

    def _stage(self, atom: Atom) -> None:
        terms = tuple(map(self.clusters.find, atom.arguments))
        self._conclude(atom.key, self._facts.pack([terms]))

    def _conclude(self, key: int, rows: Any) -> None:
        if key == Terms.SAME_AS:
            self._same += self._facts.unpack(rows)
        else:
            self._facts.stage(self._key(key), rows)

    def _start(self, clauses: Iterable[Clause]) -> None:
        """Plan the clauses that are new, and evaluate them once on all facts."""
        fresh = [clause for clause in clauses if clause not in self._clauses]
        self._clauses.update(fresh)
        for clause in fresh:
            for atom in clause.body:
                self._prepare(atom.key)
        for clause in fresh:
            head = clause.head
            assert head is not None
            if not clause.body:
                self._stage(head)
            elif clause.is_transitivity:
                self._facts.close_transitively(head.key)
            elif half := unfold(clause):
                atoms, shared, merged = half
                keys = frozenset(atom.key for atom in atoms)
                start = self._smallest(atoms)
                self._merging.append((keys, plan(atoms, start, (*shared, merged)), atoms[start].key))
                self._merge_from(self._merging[-1][1], self._merging[-1][2])
            else:
                self._plan(clause, head)
        self._merge()

    def _prepare(self, key: int) -> None:
        """Provide what a body may ask for and no triple says: types of literals, types as pairs, identity."""
        if key in self._read:
            return
        self._read.add(key)
        facts = self._facts
        if key == Terms.TYPE:
            facts.mirror_type()
        elif key == Terms.SAME_AS:
            facts.stage(key, facts.pack([(number, number) for number in self._everything()]))
        elif key < 0:
            literals = self._values(~key)
            if literals:
                facts.stage(key, facts.pack([(number,) for number in literals]))

    def _everything(self) -> set[int]:
        """The representative of everything that occurs in a triple (eq-ref)."""
        facts = self._facts
        found: set[int] = set()
        for key in facts.keys():  # noqa: SIM118
            found |= {Terms.TYPE, ~key} if key < 0 else {key}
            for row in facts.unpack(facts.rows(key)):
                found.update(row)
        return {self.clusters.find(number) for number in found}

    def _smallest(self, body: Sequence[Atom]) -> int:
        return min(range(len(body)), key=lambda index: self._facts.size(body[index].key))

    def _plan(self, clause: Clause, head: Atom) -> None:
        body = clause.body
        triggers = [_Trigger(body, index, head) for index in range(len(body))]
        for trigger in triggers:
            self._plans.setdefault(body[trigger.index].key, []).append(trigger)
        trigger = triggers[self._smallest(body)]
        key = body[trigger.index].key
        if self._facts.size(key):
            self._conclude(head.key, self._facts.evaluate(trigger.plan, self._facts.rows(key)))

    def _rounds(self) -> None:
        facts = self._facts
        while facts.commit():
            delta = facts.delta
            for key, rows in delta.items():
                for trigger in self._plans.get(key, ()):
                    self._conclude(trigger.head.key, facts.evaluate(trigger.plan, rows))
            for keys, query, start in self._merging:
                if not keys.isdisjoint(delta):
                    self._merge_from(query, start)
            self._merge()

    def _merge_from(self, query: Plan, start: int) -> None:
        self._same += self._facts.same(self._facts.evaluate(query, self._facts.rows(start)))

    def _merge(self) -> None:
        pairs, self._same = self._same, []
        replacements = self.clusters.merge(pairs)  # type: ignore[arg-type]
        if not replacements:
            return
        self._facts.rename(replacements)
        if not self._named.isdisjoint(replacements):
            # The clauses speak about terms that have another name now: the ontology is read again.
            self._clauses.clear()
            self._plans.clear()
            self._merging.clear()
            self._read.clear()
