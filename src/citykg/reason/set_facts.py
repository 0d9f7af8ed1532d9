"""Relations as Python sets: for ontologies, and for graphs too small to be worth loading numpy."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from citykg.reason.clauses import Operation, Plan, class_key
from citykg.reason.reachability import TooManyPairsError, reachable_pairs
from citykg.reason.terms import Terms

__all__ = ["Row", "SetFacts"]

Row = tuple[int, ...]
_NOTHING: frozenset[int] = frozenset()
_NO_PAIRS: dict[int, set[int]] = {}


class SetFacts:
    """Facts by key, with what was new in the last round.

    Rows of a property are pairs, rows of a class (a negative key) are one number.

    Args:
        limit: how many facts there is room for; None for any number.
    """

    def __init__(self, *, limit: int | None = None) -> None:
        self._room = limit
        self._forward: dict[int, dict[int, set[int]]] = {}
        self._backward: dict[int, dict[int, set[int]]] = {}
        self._members: dict[int, set[int]] = {}
        self._staged: dict[int, list[Row]] = defaultdict(list)
        self._links: dict[int, list[Row]] = {}
        self._mirrors_type = False
        self.delta: dict[int, Sequence[Row]] = {}

    def keys(self) -> list[int]:
        """The keys that have facts."""
        return [*self._forward, *self._members]

    def size(self, key: int) -> int:
        """About how many rows there are: exact for classes, subjects for properties."""
        return len(self._members.get(key, ())) if key < 0 else len(self._forward.get(key, ()))

    def rows(self, key: int) -> list[Row]:
        """All rows of a key."""
        if key < 0:
            return [(member,) for member in self._members.get(key, ())]
        return [(s, o) for s, objects in self._forward.get(key, _NO_PAIRS).items() for o in objects]

    def begins_with(self, key: int, marked: bytes) -> bool:
        """Whether a row of a key begins with a term whose byte is not zero."""
        firsts = self._members.get(key, _NOTHING) if key < 0 else self._forward.get(key, _NO_PAIRS)
        return any(map(marked.__getitem__, firsts))

    def holds(self, key: int, row: Row) -> bool:
        """Whether a row is a fact."""
        if key < 0:
            return row[0] in self._members.get(key, _NOTHING)
        return row[1] in self._forward.get(key, _NO_PAIRS).get(row[0], _NOTHING)

    def stage(self, key: int, rows: Iterable[Row]) -> None:
        """Put rows forward for the next commit, whether they are new or not."""
        self._staged[key] += rows

    def commit(self) -> bool:
        """Make the staged rows facts; `delta` is then what was new. False when nothing was.

        Raises:
            TooManyPairsError: there is no room for them.
        """
        staged, self._staged = self._staged, defaultdict(list)
        for subject, object_ in staged.pop(Terms.TYPE, ()):
            staged[class_key(object_)].append((subject,))
        self.delta = {}
        for key, rows in staged.items():
            new = self._add(key, rows)
            if key in self._links and new:
                self._links[key] += new
                new += self._add(key, reachable_pairs(self._links[key], limit=self._room))
            if new:
                self.delta[key] = new
            if self._room is not None and len(new) > self._room:
                raise TooManyPairsError
            if self._room is not None:
                self._room -= len(new)
        if self._mirrors_type:
            self._mirror()
        return bool(self.delta)

    def close_transitively(self, key: int) -> None:
        """From now on keep the pairs of a property transitively closed."""
        if key not in self._links:
            self._links[key] = []
            rows = self.rows(key)
            self._remove(key)
            self.stage(key, rows)

    def mirror_type(self) -> None:
        """From now on keep rdf:type as a property too, for rules about any class."""
        if not self._mirrors_type:
            self._mirrors_type = True
            pairs = [(row[0], ~key) for key in self._members for row in self.rows(key)]
            self._add(Terms.TYPE, pairs)

    def evaluate(self, plan: Plan, rows: Iterable[Row]) -> list[Row]:
        """The result columns of a plan for rows of its first atom."""
        current = [(*row, *plan.constants) for row in rows] if plan.constants else list(rows)
        for operation, key, a, b in plan.steps:
            if not current:
                return []
            current = self._apply(operation, key, a, b, current)
        if len(plan.columns) == 1:
            column = plan.columns[0]
            return [(row[column],) for row in current]
        if len(plan.columns) == 2:
            left, right = plan.columns
            return [(row[left], row[right]) for row in current]
        return [tuple(row[column] for column in plan.columns) for row in current]

    def unpack(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Rows as tuples."""
        return rows

    def pack(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Tuples as rows."""
        return rows

    def same(self, rows: list[Row]) -> list[tuple[int, int]]:
        """Pairs that link all rows' last columns whose other columns are equal."""
        first: dict[Row, int] = {}
        return [(first.setdefault(row[:-1], row[-1]), row[-1]) for row in rows]

    def rename(self, replacements: Mapping[int, int]) -> None:
        """Put representatives in the place of merged terms; rows that change become staged."""
        staged, self._staged = self._staged, defaultdict(list)
        for key, rows in staged.items():
            self._staged[_renamed_key(key, replacements)] += [_renamed(row, replacements) for row in rows]
        for key, links in list(self._links.items()):
            self._links.pop(key)
            renamed = [_renamed(row, replacements) for row in links]
            self._links.setdefault(_renamed_key(key, replacements), []).extend(renamed)
        for key in self.keys():
            rows = self.rows(key)
            target = _renamed_key(key, replacements)
            kept = [row for row in rows if replacements.keys().isdisjoint(row)] if target == key else []
            if len(kept) == len(rows):
                continue
            self._remove(key)
            self._add(key, kept)
            moved = set(rows).difference(kept)
            self._staged[target] += [_renamed(row, replacements) for row in moved]

    def _add(self, key: int, rows: Iterable[Row]) -> list[Row]:
        new: list[Row] = []
        if key < 0:
            members = self._members.setdefault(key, set())
            for row in rows:
                if row[0] not in members:
                    members.add(row[0])
                    new.append(row)
            return new
        forward = self._forward.setdefault(key, {})
        for row in rows:
            subject, object_ = row
            objects = forward.get(subject)
            if objects is None:
                forward[subject] = {object_}
                new.append(row)
            elif object_ not in objects:
                objects.add(object_)
                new.append(row)
        backward = self._backward.get(key)
        if backward is not None:
            for subject, object_ in new:
                backward.setdefault(object_, set()).add(subject)
        return new

    def _by_object(self, key: int) -> dict[int, set[int]]:
        """The pairs of a property the other way round; kept from when a rule first asks for them."""
        if key not in self._backward:
            backward = self._backward[key] = {}
            for subject, objects in self._forward.get(key, _NO_PAIRS).items():
                for object_ in objects:
                    backward.setdefault(object_, set()).add(subject)
        return self._backward[key]

    def _remove(self, key: int) -> None:
        if key < 0:
            self._members.pop(key, None)
        else:
            self._forward.pop(key, None)
            self._backward.pop(key, None)

    def _mirror(self) -> None:
        pairs = [(row[0], ~key) for key, rows in self.delta.items() if key < 0 for row in rows]
        new = self._add(Terms.TYPE, pairs)
        if new:
            self.delta[Terms.TYPE] = new

    def _apply(self, operation: Operation, key: int, a: int, b: int, rows: list[Row]) -> list[Row]:
        match operation:
            case Operation.MEMBER:
                members = self._members.get(key, _NOTHING)
                return [row for row in rows if row[a] in members]
            case Operation.PAIR:
                forward = self._forward.get(key, _NO_PAIRS)
                return [row for row in rows if row[b] in forward.get(row[a], _NOTHING)]
            case Operation.OBJECTS:
                forward = self._forward.get(key, _NO_PAIRS)
                return [(*row, found) for row in rows for found in forward.get(row[a], _NOTHING)]
            case Operation.SUBJECTS:
                backward = self._by_object(key)
                return [(*row, found) for row in rows for found in backward.get(row[b], _NOTHING)]
            case Operation.MEMBERS | Operation.PAIRS:
                return [(*row, *found) for row in rows for found in self.rows(key)]
            case Operation.EQUAL:
                return [row for row in rows if row[a] == row[b]]


def _renamed(row: Row, replacements: Mapping[int, int]) -> Row:
    return tuple(replacements.get(term, term) for term in row)


def _renamed_key(key: int, replacements: Mapping[int, int]) -> int:
    return ~replacements.get(~key, ~key) if key < 0 else replacements.get(key, key)
