"""Asserted triples as arrays, and the inferred ones as triples again, made when they are asked for."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, repeat
from typing import overload

import numpy as np
from pyoxigraph import Literal, NamedNode, Quad, Triple

from citykg.reason.array_facts import ArrayFacts, Columns
from citykg.reason.arrays import Column, Mask, distinct, expand, pack, ranges, unpack, without
from citykg.reason.clauses import Atom
from citykg.reason.clusters import Clusters
from citykg.reason.compiling import axiomatic
from citykg.reason.datatypes import is_datatype
from citykg.reason.terms import Term, Terms

__all__ = ["ArrayAssertions", "InferredTriples"]

_EMPTY: Column = np.empty(0, dtype=np.int64)


class ArrayAssertions:
    """Asserted facts by key, sorted.

    Args:
        numbered: subject, predicate and object of one triple after the other; duplicates are allowed.
    """

    def __init__(self, numbered: Sequence[int]) -> None:
        subjects, predicates, objects = np.array(numbered, dtype=np.int64).reshape(-1, 3).T
        is_type = predicates == Terms.TYPE
        keys = np.where(is_type, ~objects, predicates)
        packed = np.where(is_type, subjects, pack(subjects, objects))
        order = np.argsort(keys, kind="stable")
        keys, packed = keys[order], packed[order]
        borders = np.flatnonzero(
            np.concatenate((np.ones(min(1, len(keys)), dtype=np.bool_), keys[1:] != keys[:-1]))
        )
        self._packed: dict[int, Column] = {
            int(keys[start]): distinct(packed[start:end])
            for start, end in zip(borders, [*borders[1:], len(keys)], strict=True)
        }

    def keys(self) -> list[int]:
        """The keys with assertions."""
        return list(self._packed)

    def packed(self, key: int) -> Column:
        """The rows of a key in one sorted array."""
        return self._packed.get(key, _EMPTY)

    def columns(self, key: int) -> Columns:
        """The rows of a key as columns."""
        packed = self.packed(key)
        return (packed,) if key < 0 else unpack(packed)

    def rows(self, key: int) -> list[tuple[int, ...]]:
        """The rows of a key as tuples."""
        return list(zip(*(column.tolist() for column in self.columns(key)), strict=True))


class InferredTriples(Sequence[Triple]):
    """The triples that facts say and nobody asserted, under all names of every term.

    Args:
        terms: the terms.
        facts: the closure, under representatives.
        clusters: the terms that are the same.
        asserted: what was asserted.
    """

    def __init__(
        self, terms: Terms, facts: ArrayFacts, clusters: Clusters, asserted: ArrayAssertions
    ) -> None:
        nodes = terms.terms
        self._nodes = nodes
        self._blocks: list[tuple[int, Column]] = []
        self._is_literal = np.fromiter(
            (type(node) is Literal for node in nodes), dtype=np.bool_, count=len(nodes)
        )
        known = _axiomatic()
        names = _Names(clusters, len(nodes))
        for key in facts.keys():  # noqa: SIM118
            if key in (Terms.SAME_AS, Terms.TYPE):
                continue
            rows = facts.packed(key)
            class_ = nodes[~key] if key < 0 else None
            if isinstance(class_, NamedNode) and is_datatype(class_.value):
                rows = rows[~names.any_of(rows, self._is_literal)]
            rows = names.of_rows(key, rows)
            for target in [~c for c in clusters.members(~key)] if key < 0 else clusters.members(key):
                new = without(without(rows, asserted.packed(target)), known.get(target, _EMPTY))
                self._append(target, new)
        self._append(Terms.SAME_AS, without(names.same(), asserted.packed(Terms.SAME_AS)))
        self._length = sum(len(rows) for _, rows in self._blocks)

    def _append(self, key: int, rows: Column) -> None:
        rows = rows[~self._is_literal[rows if key < 0 else unpack(rows)[0]]]
        if len(rows) and isinstance(self._nodes[Terms.TYPE if key < 0 else key], NamedNode):
            self._blocks.append((key, rows))

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Triple]:
        for key, rows in self._blocks:
            yield from self._triples(key, rows)

    @overload
    def __getitem__(self, index: int) -> Triple: ...
    @overload
    def __getitem__(self, index: slice) -> list[Triple]: ...
    def __getitem__(self, index: int | slice) -> Triple | list[Triple]:
        if isinstance(index, slice):
            return list(islice(self, *index.indices(self._length)))
        place = index + self._length if index < 0 else index
        for key, rows in self._blocks:
            if 0 <= place < len(rows):
                return next(self._triples(key, rows[place : place + 1]))
            place -= len(rows)
        raise IndexError(index)

    def quads(self) -> Iterator[Quad]:
        """The triples in the default graph."""
        for key, rows in self._blocks:
            yield from map(Quad, *self._terms(key, rows))  # type: ignore[arg-type]

    def _triples(self, key: int, rows: Column) -> Iterator[Triple]:
        return map(Triple, *self._terms(key, rows))  # type: ignore[arg-type]

    def _terms(self, key: int, rows: Column) -> tuple[Iterable[Term], Iterable[Term], Iterable[Term]]:
        node = self._nodes.__getitem__
        if key < 0:
            return map(node, rows.tolist()), repeat(node(Terms.TYPE)), repeat(node(~key))
        subjects, objects = unpack(rows)
        return map(node, subjects.tolist()), repeat(node(key)), map(node, objects.tolist())


def _axiomatic() -> dict[int, Column]:
    found: dict[int, list[int]] = {}
    for triple in axiomatic():
        atom = Atom.of(*triple)
        row = atom.subject if atom.object is None else (atom.subject << 32) | atom.object
        found.setdefault(atom.key, []).append(row)
    return {key: np.array(sorted(rows), dtype=np.int64) for key, rows in found.items()}


class _Names:
    """All names of every term: the members of its cluster."""

    def __init__(self, clusters: Clusters, size: int) -> None:
        self._clusters = clusters
        self._representative = np.arange(size, dtype=np.int64)
        for term, representative in clusters.representatives.items():
            self._representative[term] = representative
        if clusters:
            self._members = np.argsort(self._representative, kind="stable")
            self._counts = np.bincount(self._representative, minlength=size)
            self._starts = np.cumsum(self._counts) - self._counts

    def of_rows(self, key: int, rows: Column) -> Column:
        """Rows under all names, sorted."""
        if not self._clusters:
            return rows
        if key < 0:
            return np.sort(self._members[ranges(self._starts[rows], self._counts[rows])])
        left, right = unpack(rows)
        single = (self._counts[left] == 1) & (self._counts[right] == 1)
        if single.all():
            return rows
        spread = expand(rows[~single], self._starts, self._counts, self._members)
        return np.sort(np.concatenate((rows[single], spread)))

    def any_of(self, rows: Column, marked: Mask) -> Mask:
        """For every member of a class whether one of its names is marked."""
        flags = np.zeros(len(marked), dtype=np.bool_)
        flags[self._representative[marked]] = True
        found: Mask = flags[rows]
        return found

    def same(self) -> Column:
        """The pairs of different names of one term, sorted."""
        pairs = [(s << 32) | o for cluster in self._clusters for s in cluster for o in cluster if s != o]
        return np.array(sorted(pairs), dtype=np.int64)
