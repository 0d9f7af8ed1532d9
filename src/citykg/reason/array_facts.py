"""Relations as sorted numpy arrays: for graphs of any size."""

from collections.abc import Mapping, Sequence

import numpy as np

from citykg.reason.array_reachability import reachable
from citykg.reason.arrays import Column, Mask, contains, distinct, pack, ranges, swap, union, unpack, without
from citykg.reason.clauses import Operation, Plan, class_key
from citykg.reason.terms import Terms

__all__ = ["ArrayFacts", "Columns"]

#: Rows as columns of equal length: two for a property, one for a class.
Columns = tuple[Column, ...]

_EMPTY: Column = np.empty(0, dtype=np.int64)


class ArrayFacts:
    """Facts by key, with what was new in the last round.

    A property is one sorted array of packed pairs, a class one of its members; the pairs the other
    way round are sorted when a rule first asks for them.

    Args:
        size: the number of terms.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._rows: dict[int, Column] = {}
        self._backward: dict[int, Column] = {}
        self._staged: dict[int, list[Column]] = {}
        self._links: dict[int, Column] = {}
        self._mirrors_type = False
        self.delta: dict[int, Columns] = {}

    def keys(self) -> list[int]:
        """The keys that have facts."""
        return list(self._rows)

    def size(self, key: int) -> int:
        """How many rows a key has."""
        return len(self._rows.get(key, _EMPTY))

    def rows(self, key: int) -> Columns:
        """All rows of a key."""
        return _columns(key, self._rows.get(key, _EMPTY))

    def begins_with(self, key: int, marked: bytes) -> bool:
        """Whether a row of a key begins with a term whose byte is not zero."""
        return bool(np.frombuffer(marked, dtype=np.bool_)[self.rows(key)[0]].any())

    def packed(self, key: int) -> Column:
        """All rows of a key in one sorted array."""
        return self._rows.get(key, _EMPTY)

    def stage(self, key: int, rows: Columns) -> None:
        """Put rows forward for the next commit, whether they are new or not."""
        if len(rows[0]):
            self._staged.setdefault(key, []).append(rows[0] if key < 0 else pack(rows[0], rows[1]))

    def commit(self) -> bool:
        """Make the staged rows facts; `delta` is then what was new. False when nothing was."""
        staged, self._staged = self._staged, {}
        for pairs in staged.pop(Terms.TYPE, ()):
            subjects, classes = unpack(pairs)
            for class_ in distinct(classes).tolist():
                staged.setdefault(class_key(class_), []).append(subjects[classes == class_])
        self.delta = {}
        for key, arrays in staged.items():
            new = self._add(key, distinct(np.concatenate(arrays)))
            if key in self._links and len(new):
                self._links[key] = union(self._links[key], without(new, self._links[key]))
                new = union(new, self._add(key, reachable(self._links[key])))
            if len(new):
                self.delta[key] = _columns(key, new)
        if self._mirrors_type:
            self._mirror()
        return bool(self.delta)

    def close_transitively(self, key: int) -> None:
        """From now on keep the pairs of a property transitively closed; its rows become staged."""
        if key not in self._links:
            self._links[key] = _EMPTY
            rows = self._rows.pop(key, _EMPTY)
            self._backward.pop(key, None)
            if len(rows):
                self._staged.setdefault(key, []).append(rows)

    def mirror_type(self) -> None:
        """From now on keep rdf:type as a property too."""
        if not self._mirrors_type:
            self._mirrors_type = True
            classes = {key: rows for key, rows in self._rows.items() if key < 0}
            self._add(Terms.TYPE, _types(classes))

    def evaluate(self, plan: Plan, rows: Columns) -> Columns:
        """The result columns of a plan for rows of its first atom."""
        columns = list(rows)
        length = len(rows[0]) if rows else 1
        columns += [np.full(length, constant, dtype=np.int64) for constant in plan.constants]
        for operation, key, a, b in plan.steps:
            columns = self._apply(operation, key, a, b, columns)
            if columns and not len(columns[0]):
                return tuple(_EMPTY for _ in plan.columns)
        return tuple(columns[column] for column in plan.columns)

    def unpack(self, rows: Columns) -> Sequence[tuple[int, ...]]:
        """Rows as tuples."""
        return list(zip(*(column.tolist() for column in rows), strict=True))

    def pack(self, rows: Sequence[tuple[int, ...]]) -> Columns:
        """Tuples as rows."""
        table = np.array(rows, dtype=np.int64)
        return tuple(table[:, column] for column in range(table.shape[1]))

    def same(self, rows: Columns) -> Sequence[tuple[int, int]]:
        """Pairs that link all rows' last columns whose other columns are equal."""
        if len(rows[0]) < 2:
            return []
        order = np.lexsort(rows[::-1])
        shared = [column[order] for column in rows[:-1]]
        linked = np.ones(len(order) - 1, dtype=np.bool_)
        for column in shared:
            linked &= column[1:] == column[:-1]
        merged = rows[-1][order]
        linked &= merged[1:] != merged[:-1]
        return list(zip(merged[:-1][linked].tolist(), merged[1:][linked].tolist(), strict=True))

    def rename(self, replacements: Mapping[int, int]) -> None:
        """Put representatives in the place of merged terms; rows that change become staged."""
        names = np.arange(self._size, dtype=np.int64)
        for old, new in replacements.items():
            names[old] = new

        def renamed(key: int, packed: Column) -> Column:
            if key < 0:
                return names[packed]
            left, right = unpack(packed)
            return pack(names[left], names[right])

        def renamed_key(key: int) -> int:
            return ~int(names[~key]) if key < 0 else int(names[key])

        staged, self._staged = self._staged, {}
        for key, arrays in staged.items():
            target = self._staged.setdefault(renamed_key(key), [])
            target += [renamed(key, array) for array in arrays]
        links, self._links = self._links, {}
        for key, packed in links.items():
            target_key = renamed_key(key)
            packed = distinct(np.concatenate((renamed(key, packed), self._links.get(target_key, _EMPTY))))
            self._links[target_key] = packed
        for key, packed in list(self._rows.items()):
            target_key, moved = renamed_key(key), renamed(key, packed)
            changed = moved != packed if target_key == key else np.ones(len(packed), dtype=np.bool_)
            if changed.any():
                self._rows[key] = packed[~changed]
                self._backward.pop(key, None)
                self._staged.setdefault(target_key, []).append(moved[changed])
            if target_key != key:
                del self._rows[key]

    def _add(self, key: int, rows: Column) -> Column:
        """Add sorted rows; return those that were new."""
        known = self._rows.get(key, _EMPTY)
        new = without(rows, known)
        if len(new):
            self._rows[key] = union(known, new)
            if key in self._backward:
                self._backward[key] = union(self._backward[key], np.sort(swap(new)))
        return new

    def _mirror(self) -> None:
        new = self._add(Terms.TYPE, _types({key: rows[0] for key, rows in self.delta.items() if key < 0}))
        if len(new):
            self.delta[Terms.TYPE] = unpack(new)

    def _by_object(self, key: int) -> Column:
        if key not in self._backward:
            self._backward[key] = np.sort(swap(self._rows.get(key, _EMPTY)))
        return self._backward[key]

    def _apply(self, operation: Operation, key: int, a: int, b: int, columns: list[Column]) -> list[Column]:
        match operation:
            case Operation.MEMBER:
                return _keep(columns, contains(self.packed(key), columns[a]))
            case Operation.PAIR:
                return _keep(columns, contains(self.packed(key), pack(columns[a], columns[b])))
            case Operation.EQUAL:
                return _keep(columns, columns[a] == columns[b])
            case Operation.OBJECTS:
                return _join(columns, columns[a], self.packed(key))
            case Operation.SUBJECTS:
                return _join(columns, columns[b], self._by_object(key))
            case Operation.MEMBERS | Operation.PAIRS:
                found = self.rows(key)
                length = len(columns[0]) if columns else 1
                spread = [np.repeat(column, len(found[0])) for column in columns]
                return [*spread, *(np.tile(column, length) for column in found)]


def _columns(key: int, packed: Column) -> Columns:
    return (packed,) if key < 0 else unpack(packed)


def _types(classes: Mapping[int, Column]) -> Column:
    """The pairs of rdf:type, sorted, from members by class."""
    pairs = [pack(members, np.full(len(members), ~key)) for key, members in classes.items()]
    return np.sort(np.concatenate(pairs)) if pairs else _EMPTY


def _keep(columns: list[Column], mask: Mask) -> list[Column]:
    return columns if mask.all() else [column[mask] for column in columns]


def _join(columns: list[Column], left: Column, packed: Column) -> list[Column]:
    """One row for every pair that begins with the left number; its other number is a new column."""
    shifted = left << np.int64(32)
    starts = np.searchsorted(packed, shifted)
    counts = np.searchsorted(packed, shifted + np.int64(1 << 32)) - starts
    found = packed[ranges(starts, counts)] & np.int64(0xFFFFFFFF)
    return [*(np.repeat(column, counts) for column in columns), found]
