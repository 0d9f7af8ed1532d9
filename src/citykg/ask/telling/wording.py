"""Figures, times and places of text as people write them; what an answer says around them comes
from the lexicon.
"""

import unicodedata
from decimal import Decimal
from fractions import Fraction

from ..facts.graph import Measured
from ..words.index import LEX, Index

__all__ = [
    "amount_label",
    "difference_label",
    "figure_label",
    "moment_label",
    "number_text",
    "period_label",
    "plain_number",
]

_YEAR, _MONTH, _DAY = 4, 7, 10


def plain_number(value: Fraction) -> int | float:
    """Return a figure as JSON has it."""
    return int(value) if value.denominator == 1 else float(value)


def number_text(value: Fraction, digits: int = 2) -> str:
    """Write a number in digits, without trailing zeros."""
    decimal = Decimal(value.numerator) / Decimal(value.denominator)
    text = format(round(decimal, digits), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount_label(value: Fraction, unit: str, index: Index, classifier: str = "") -> str:
    """Write a figure with its unit, 万 and 亿 divided out where a person would."""
    shown, magnitude = value, ""
    for term in sorted(index.facts, key=lambda t: -int(index.facts[t].get("power", ["0"])[0])):
        facts = index.facts[term]
        if "power" not in facts:
            continue
        size = Fraction(10) ** int(facts["power"][0])
        large = abs(value) >= size and (not classifier or abs(value) >= size * 10)
        if large and term.startswith(LEX):
            shown, magnitude = value / size, facts["label"][0]
            break
    return f"{number_text(shown, 4)}{magnitude}{classifier or index.label(unit)}"


def figure_label(figure: Measured, index: Index) -> str:
    """Write a figure as its passage does, completed by its unit."""
    stated = figure.as_stated
    digits = 0
    while digits < len(stated) and (
        unicodedata.numeric(stated[digits], None) is not None or stated[digits] in ".,"
    ):
        digits += 1
    tail = stated[digits:]
    if not digits:
        return (
            stated
            if figure.value.denominator == 1 and stated[:1] and tail
            else amount_label(figure.value, figure.unit, index)
        )
    latin = stated[:1].isascii()
    unit = index.label(figure.unit)
    countable = index.units.get(figure.indicator, []) == [figure.unit] and figure.value.denominator == 1
    if countable and tail and latin and tail != unit:
        return f"{number_text(figure.value)}{tail}"
    return amount_label(figure.value, figure.unit, index)


def difference_label(value: Fraction, unit: str, index: Index, classifier: str = "") -> str:
    """Write a difference as people do: of per cents, in percentage points."""
    points = index.facts.get(unit, {}).get("differenceIn")
    if points:
        return amount_label(value, unit, index).replace(index.label(unit), str(points[0]))
    return amount_label(value, unit, index, classifier)


def period_label(period: str, index: Index) -> str:
    """Write an ISO 8601 time or period as people do."""
    repeated = {"R/P1M": "every-month", "R/P3M": "every-quarter", "R/P1Y": "every-year"}
    if period in repeated:
        return index.message(repeated[period])
    first, slash, last = period.partition("/")
    if not slash:
        return _date(first, index)
    if first == "..":
        return index.message("until", last=_date(last, index))
    if first[:_YEAR] == last[:_YEAR] and len(last) == _MONTH:
        end = index.message("month", month=int(last[5:7]))
        return index.message("range", first=_date(first, index), last=end)
    return index.message("range", first=_date(first, index), last=_date(last, index))


def moment_label(period: str, index: Index) -> str:
    """Write a time as people do, with the hour where it has one."""
    date, _, hour = period.partition("T")
    written = period_label(date if hour else period, index)
    if not hour or "/" in period:
        return written
    return written + index.message("time-of-day", hour=int(hour[:2]), minute=hour[3:5])


def _date(text: str, index: Index) -> str:
    if not text[:_YEAR].isdigit():
        return text
    written = index.message("year", year=int(text[:_YEAR]))
    if len(text) >= _MONTH:
        written += index.message("month", month=int(text[5:7]))
    if len(text) >= _DAY:
        written += index.message("day", day=int(text[8:10]))
    return written
