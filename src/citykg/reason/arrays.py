"""Small tools on sorted numpy arrays: packed pairs, membership, ranges and groups."""

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Column",
    "Mask",
    "contains",
    "distinct",
    "expand",
    "pack",
    "ranges",
    "swap",
    "union",
    "unpack",
    "without",
]

Column = NDArray[np.int64]
Mask = NDArray[np.bool_]

_LOW = np.int64(0xFFFFFFFF)
_SHIFT = np.int64(32)


def pack(left: Column, right: Column) -> Column:
    """Pairs of numbers below 2**31 as one number each, in the order of the pairs."""
    packed: Column = (left << _SHIFT) | right
    return packed


def unpack(packed: Column) -> tuple[Column, Column]:
    """The two numbers of packed pairs."""
    return packed >> _SHIFT, packed & _LOW


def distinct(numbers: Column) -> Column:
    """The numbers sorted, each once; np.unique hashes, which is slower from some thousands on."""
    if len(numbers) < 2:
        return numbers
    ordered = np.sort(numbers)
    keep = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=keep[1:])
    return ordered[keep]


def swap(packed: Column) -> Column:
    """The pairs the other way round, not sorted."""
    return ((packed & _LOW) << _SHIFT) | (packed >> _SHIFT)


def contains(sorted_: Column, wanted: Column) -> Mask:
    """For every wanted number whether a sorted array has it."""
    if not len(sorted_):
        return np.zeros(len(wanted), dtype=np.bool_)
    places = np.searchsorted(sorted_, wanted)
    places[places == len(sorted_)] = 0
    found: Mask = sorted_[places] == wanted
    return found


def without(wanted: Column, sorted_: Column) -> Column:
    """The wanted numbers that a sorted array has not."""
    return wanted[~contains(sorted_, wanted)] if len(sorted_) else wanted


def union(left: Column, right: Column) -> Column:
    """One sorted array of two that have nothing in common; a stable sort merges runs."""
    if not len(left) or not len(right):
        return left if len(left) else right
    return np.sort(np.concatenate((left, right)), kind="stable")


def ranges(starts: Column, counts: Column) -> Column:
    """The numbers start, start + 1, ... of every range, one after the other."""
    total = int(counts.sum())
    if not total:
        return np.empty(0, dtype=np.int64)
    ends = np.cumsum(counts)
    numbers: Column = np.arange(total, dtype=np.int64) + np.repeat(starts - (ends - counts), counts)
    return numbers


def expand(packed: Column, starts: Column, counts: Column, members: Column) -> Column:
    """Every pair with both sides replaced by all members of their groups.

    Args:
        packed: pairs of groups.
        starts: where the members of a group begin, by group.
        counts: how many members a group has, by group.
        members: the members of all groups.
    """
    left, right = unpack(packed)
    rows = np.repeat(np.arange(len(packed), dtype=np.int64), counts[left])
    lefts = members[ranges(starts[left], counts[left])]
    right = right[rows]
    lefts = np.repeat(lefts, counts[right])
    return pack(lefts, members[ranges(starts[right], counts[right])])
