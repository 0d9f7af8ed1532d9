"""Figures in several units of one kind (亩, 公顷), told in one of them, so that they can be compared."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from ..facts.graph import Measured
from ..words.index import Index
from .wording import figure_label

__all__ = ["conversions", "in_one_unit"]


def in_one_unit(figures: Sequence[Measured], index: Index) -> list[Measured]:
    """Return figures in the largest of their units, or nothing where no size of these is known."""
    sizes = {figure.unit: _size(figure.unit, index) for figure in figures}
    if len({base for base, _ in sizes.values()}) != 1:
        return []
    largest = max(sorted(sizes), key=lambda unit: sizes[unit][1])
    return [
        replace(f, value=f.value * sizes[f.unit][1] / sizes[largest][1], unit=largest)
        if f.unit != largest
        else f
        for f in figures
    ]


def _size(unit: str, index: Index) -> tuple[str, Fraction]:
    """Return the unit in which it is said how large one is, and how large: any is as large as itself."""
    facts = index.facts.get(unit, {})
    if not (facts.get("size") and facts.get("sizeIn")):
        return unit, Fraction(1)
    return str(facts["sizeIn"][0]), Fraction(str(facts["size"][0]))


def conversions(figures: Sequence[Measured], converted: Sequence[Measured], index: Index) -> tuple[str, ...]:
    """Return what is to be said of figures that are told in another unit than is stated."""
    return tuple(
        index.message("converted", left=figure_label(one, index), right=figure_label(other, index))
        for one, other in zip(figures, converted, strict=True)
        if one.unit != other.unit
    )
