"""Clusters of terms that are the same: eq-sym and eq-trans as a union-find, one representative each."""

from collections.abc import Callable, Iterable, Iterator

__all__ = ["Clusters"]


class Clusters:
    """Terms by number in clusters; a term that was never merged is alone.

    While rules run, every term stands for its whole cluster under the number of one member (the
    vocabulary before the graph's own terms, and literals last). `members` leads back at the end.
    """

    __slots__ = ("_is_literal", "_members", "_representatives")

    def __init__(self, is_literal: Callable[[int], bool]) -> None:
        self._is_literal = is_literal
        self._representatives: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}

    def __bool__(self) -> bool:
        return bool(self._members)

    def __iter__(self) -> Iterator[list[int]]:
        return iter(self._members.values())

    def find(self, term: int) -> int:
        """The representative of a term's cluster."""
        return self._representatives.get(term, term)

    def members(self, representative: int) -> list[int]:
        """All members of a cluster, the representative first when it is alone."""
        return self._members.get(representative) or [representative]

    @property
    def representatives(self) -> dict[int, int]:
        """The representative of every term that was merged."""
        return self._representatives

    def merge(self, pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
        """Merge pairs of terms.

        Returns:
            The representatives that are none any more, each with the one that replaces it.
        """
        replaced: dict[int, int] = {}
        for left, right in pairs:
            a, b = self.find(left), self.find(right)
            if a == b:
                continue
            if self._rank(b) < self._rank(a):
                a, b = b, a
            joined = self._members.setdefault(a, [a])
            moving = self._members.pop(b, [b])
            joined += moving
            for term in moving:
                self._representatives[term] = a
            replaced[b] = a
        return {old: self.find(old) for old in replaced}

    def _rank(self, term: int) -> tuple[bool, int]:
        return (self._is_literal(term), term)
