"""Figures in a question: digits, characters of numbers, and the unit behind them."""

import unicodedata
from dataclasses import replace
from fractions import Fraction
from itertools import takewhile

from ..model import Amount, Item, Sense, text_of
from .index import LEX, Index
from .slips import merged, numeric

__all__ = ["fact", "figures_of", "marked", "number_of", "with_amounts"]

_BOUNDS = (LEX + "over", LEX + "under")
_HUNDRED, _LARGE = 100, 10_000
_MAXIMUM_NUMBER = Fraction(10) ** 30


def with_amounts(items: list[Item], index: Index) -> list[Item]:
    """Read the figures of a question, in digits, characters or words, with the units behind them."""
    items = _with_counted(items, index)
    items = [_bounding(items, place, index) for place in range(len(items))]
    return _in_aspects(
        _with_many([_worded(item, index) for item in _with_numbers(items, index)], index), index
    )


def _with_counted(items: list[Item], index: Index) -> list[Item]:
    """Take so many of a kind apart where it is no group's name: behind a which, and where it is asked whether
    there are so many.
    """
    whether = any(i.has("question", LEX + "whether") for i in items)
    result: list[Item] = []
    for item in items:
        counted = any(s.how == "counted" for s in item.of("thing"))
        which = bool(result) and result[-1].has("question", LEX + "which")
        if not counted or not (whether or which):
            result.append(item)
            continue
        digits = sum(1 for _ in takewhile(_is_figure, item.text))
        noun = next(
            n
            for n in range(digits, len(item.text))
            if any(s.kind == "class" for s in index.senses(item.text[n:]))
        )
        for start, end in ((0, digits), (digits, noun), (noun, len(item.text))):
            if start < end:
                text = item.text[start:end]
                senses = () if start < digits else index.senses(text)
                result.append(Item(0, text, item.start + start, item.start + end, senses))
    return [replace(item, index=place) for place, item in enumerate(result)]


def _bounding(items: list[Item], place: int, index: Index) -> Item:
    """Read a name's part that is a figure with its unit as the figure where a bound stands beside it."""
    item = items[place]
    beside = (*items[max(place - 1, 0) : place], *items[place + 1 : place + 2])
    if not item.has("thing") or not any(i.has("operator", *_BOUNDS) for i in beside):
        return item
    for digits in range(1, len(item.text)):
        number, unit = item.text[:digits], item.text[digits:]
        units = tuple(s.iri for s in index.senses(unit) if s.kind == "unit")
        if units and all(map(_is_figure, number)) and (value := number_of(number)) is not None:
            return replace(item, senses=(), amount=Amount(value, units, unit))
    return item


def number_of(text: str) -> Fraction | None:
    """Read a number in digits, in Chinese characters, or in both (120亿, 三十四, 1,000万)."""
    total, section, current, digits = Fraction(0), Fraction(0), None, ""
    for character in text.replace(",", ""):
        if character.isascii() and (character.isdigit() or character == "."):
            digits += character
            continue
        if digits:
            current, digits = _decimal(digits), ""
            if current is None:
                return None
        value = unicodedata.numeric(character, None)
        if value is None:
            return None
        if value < 10:
            current = Fraction(value) if current is None else current * 10 + Fraction(value)
        elif value < _LARGE:
            section += (1 if current is None else current) * Fraction(value)
            current = None
        else:
            total = (total + section + (current or 0) or 1) * Fraction(value)
            section, current = Fraction(0), None
    if digits:
        current = _decimal(digits)
        if current is None:
            return None
    result = total + section + (current or 0)
    return result if result < _MAXIMUM_NUMBER else None


def _decimal(digits: str) -> Fraction | None:
    try:
        return Fraction(digits)
    except (ValueError, ZeroDivisionError):
        return None


def figures_of(text: str, index: Index) -> int:
    """Return how many characters of a number are its figures: three of 1.5亿, two of 两百户, none of 亿元."""
    for length, character in enumerate(text):
        numeral = any(s.kind == "numeral" for s in index.senses(character))
        if not numeral and character not in ".," and not 0 <= unicodedata.numeric(character, -1) < _LARGE:
            return length
    return len(text)


def _is_figure(character: str) -> bool:
    return numeric(character) or character in ".,"


def _is_number(item: Item) -> bool:
    return all(map(_is_figure, item.text)) and any(map(numeric, item.text))


def _multiplies(items: list[Item], place: int) -> bool:
    """Whether a word that Unicode does not know as a number stands before hundreds or more (两百, 两亿)."""
    if not items[place].has("numeral") or place + 1 >= len(items) or not _is_number(items[place + 1]):
        return False
    return unicodedata.numeric(items[place + 1].text[0], 0) >= _HUNDRED


def fact(item: Item, kind: str, name: str, index: Index) -> str:
    """Return what the lexicon says of a sense of an item, or nothing."""
    for sense in item.of(kind):
        values = index.facts.get(sense.iri, {}).get(name)
        if values:
            return str(values[0])
    return ""


def marked(items: list[Item], place: int, mark: str) -> bool:
    """Whether the item at a place is a mark of some kind (年, 月, 多)."""
    return place < len(items) and items[place].has("mark", LEX + mark)


def _with_numbers(items: list[Item], index: Index) -> list[Item]:
    """Join digits, characters of numbers and the unit behind them."""
    result: list[Item] = []
    place = 0
    while place < len(items):
        end = place
        while end < len(items) and (
            _is_number(items[end]) or _multiplies(items, end) or (items[end].text in ".," and end > place)
        ):
            end += 1
        while end > place and items[end - 1].text in ".,":
            end -= 1
        number = "".join(fact(item, "numeral", "value", index) or item.text for item in items[place:end])
        value = number_of(number) if end > place else None
        single = end - place == 1 and bool(items[place].senses)
        if value is None or (single and not items[place].text.isdigit() and not _unit_at(items, end)):
            result.append(items[place])
            place += 1
            continue
        over, gap = value >= 10 and marked(items, end, "over-mark"), 0
        if over and end + 1 < len(items) and index.is_magnitude(items[end + 1].text):
            value, end = value * (number_of(items[end + 1].text) or 1), end + 2  # 一百多亿
        else:
            gap = int(over and _unit_at(items, end + 1) is not None)
            over = bool(gap)
        unit = _unit_at(items, end + gap)
        if result and result[-1].has("unit") and result[-1].text and not result[-1].amount and unit is None:
            before = result[-1]
            if (
                any(index.label(s.iri) and s.how != "counts" for s in before.of("unit"))
                and before.text[-1] == "之"
            ):
                result.pop()
                units = tuple(s.iri for s in before.of("unit"))
                result.append(merged([before, *items[place:end]], senses=(), amount=Amount(value, units)))
                place = end
                continue
        how_much = bool(result) and (
            result[-1].has("question", LEX + "howMuch") or result[-1].has("operator", LEX + "difference")
        )
        if unit is None and how_much:
            result.append(merged(items[place:end], senses=(Sense("particle", "", "says"),)))  # 多少亿
        elif unit is not None and how_much:
            result.append(merged(items[place : end + 1], senses=unit.senses))  # 多少亿元: a unit, no figure
            end += 1
        elif unit is not None:
            amount = replace(_measured(value, unit, index), over=over)
            result.append(merged(items[place : end + 1 + gap], senses=(), amount=amount))
            end += 1 + gap
        else:
            result.append(merged(items[place:end], senses=(), amount=Amount(value, (), over=over)))
        place = end
    return result


def _measured(value: Fraction, unit: Item, index: Index) -> Amount:
    """Return a figure in its unit: of nine tenths, ninety percent."""
    for sense in unit.of("unit"):
        facts = index.facts.get(sense.iri, {})
        if "times" in facts:
            return Amount(value * Fraction(facts["times"][0]), tuple(facts["of"]), unit.text)
    return Amount(value, tuple(s.iri for s in unit.of("unit")), unit.text)


def _worded(item: Item, index: Index) -> Item:
    """Read a word that is a figure by itself, such as a half."""
    for sense in item.of("figure"):
        facts = index.facts[sense.iri]
        amount = Amount(Fraction(facts["value"][0]), tuple(facts["of"]), item.text)
        return replace(item, senses=(), amount=amount)
    return item


def _with_many(items: list[Item], index: Index) -> list[Item]:
    """Let which take the number behind it: it says how many things are asked for."""
    result: list[Item] = []
    for item in items:
        which = result[-1] if result else None
        number = fact(item, "numeral", "value", index) or _pair(item, index)
        if number and which is not None and which.has("question", LEX + "which") and not which.many:
            result[-1] = merged((which, item), many=int(number))
            continue
        if which is not None and which.has("question", LEX + "which") and item.amount and not which.many:
            result[-1] = merged((which, item), many=int(item.amount.value))
        else:
            result.append(item)
    return result


def _pair(item: Item, index: Index) -> str | None:
    """Return the number that a word of a number and a measure word has (两个)."""
    if not (item.has("particle") and any(s.kind == "unit" for s in index.senses(item.text[1:]))):
        return None
    numerals = [s for s in index.senses(item.text[:1]) if s.kind == "numeral"]
    return index.facts[numerals[0].iri]["value"][0] if numerals else None


def _in_aspects(items: list[Item], index: Index) -> list[Item]:
    """Take which so many respects (在哪三个方面) for one word, as in which respect is."""
    result: list[Item] = []
    place = 0
    while place < len(items):
        end, item = place + 1, items[place]
        ends = range(place + 2, min(place + 4, len(items)) + 1) if item.has("question") else ()
        for stop in ends:
            many, senses = _so_many_respects(text_of(items[place:stop]), index)
            if many:
                end, item = stop, merged(items[place:stop], senses=senses, many=many)
        result.append(item)
        place = end
    return result


def _so_many_respects(text: str, index: Index) -> tuple[int, tuple[Sense, ...]]:
    """Return the number in words for which so many respects, and what the words mean without it; or zero."""
    for place in range(1, len(text)):
        senses = index.senses(text[:place] + text[place + 1 :])
        if any(s.iri == LEX + "whichAspect" for s in senses):
            values = [
                index.facts[s.iri]["value"][0] for s in index.senses(text[place]) if s.kind == "numeral"
            ]
            number = values[0] if values else number_of(text[place])
            if number is not None:
                return int(number), senses
    return 0, ()


def _unit_at(items: list[Item], place: int) -> Item | None:
    if place < len(items) and items[place].has("unit"):
        return items[place]
    return None
