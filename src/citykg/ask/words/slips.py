"""Names that are written otherwise: with one wrong character, with characters left out, or in two halves."""

import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from ..model import Item, Sense, text_of
from .index import LEX, Index

__all__ = ["merged", "numeric", "with_short_names", "with_typos"]

_LEAST_ENDING = 4
_LEAST_TYPO = 3
_MOST_SHORT = 5
_SHORT_NAME = 3


def numeric(character: str) -> bool:
    """Whether a character is a number, in any script."""
    return unicodedata.numeric(character, None) is not None


def merged(items: Iterable[Item], **changes: object) -> Item:
    """Join items into one, with the senses of the first unless others are given."""
    parts = list(items)
    text = text_of(parts)
    return replace(parts[0], text=text, end=parts[-1].end, **changes)  # type: ignore[arg-type]


def with_typos(items: list[Item], index: Index) -> list[Item]:
    """Read a stretch that nothing else explains as a name with one wrong character."""
    for place, item in enumerate(items):
        if item.senses or item.amount is not None or not any(c.isalnum() for c in item.text):
            continue
        best: tuple[int, int, str] | None = None
        for first in range(max(0, place - 5), place + 1):
            text = ""
            for last in range(first, min(len(items), place + 7)):
                text += items[last].text
                if last < place or len(text) < _LEAST_TYPO:
                    continue
                longest = max(len(i.text) if i.has("thing") else 0 for i in items[first : last + 1])
                if longest >= len(text) - 1:
                    continue  # a name that is right, and something else
                if longest >= _SHORT_NAME and 2 * longest >= len(text) and len(item.text) > 1:
                    continue  # a name that is right, and a word that is right
                if any(
                    sense.kind == "thing" for part in (text[:-1], text[1:]) for sense in index.senses(part)
                ):
                    continue
                name = _one_slip(text, index)
                if name and (best is None or last - first > best[1] - best[0]):
                    best = (first, last, name)
        if best is None:
            best = _abbreviated(items, place, index)
        if best is not None:
            first, last, name = best
            senses = tuple(Sense(s.kind, s.iri, "typo") for s in index.senses(name) if s.kind == "thing")
            joined = merged(items[first : last + 1], senses=senses, note=name, amount=None, period=None)
            return with_typos([*items[:first], joined, *items[last + 1 :]], index)
    return items


def with_short_names(items: list[Item], index: Index) -> list[Item]:
    """Join two words that are the first and the last of one name: what is between was left out."""
    for place in range(len(items) - 1):
        one, other = items[place], items[place + 1]
        if min(len(one.text), len(other.text)) < 2 or not (one.has("thing") and other.has("thing")):
            continue
        things = {
            sense.iri
            for sense in (*one.of("thing"), *other.of("thing"))
            for name in index.names(sense.iri)
            if name.startswith(one.text) and name.endswith(other.text) and len(name) > other.end - one.start
        }
        if len(things) == 1:
            senses = (Sense("thing", things.pop(), "part"),)
            joined = merged((one, other), senses=senses, amount=None, period=None)
            return with_short_names([*items[:place], joined, *items[place + 2 :]], index)
    return _with_halves(_with_middles(_with_beginnings(items, index), index), index)


def _with_beginnings(items: list[Item], index: Index) -> list[Item]:
    """Join names with a sign between them that one longer name begins with, before the kind of what is
    called so: its end was left out (甲+乙那套机制, of 甲+乙+丙).
    """
    for place, one in enumerate(items[:-3]):
        sign, other = items[place + 1 : place + 3]
        if sign.text.isalnum() or sign.has("conjunction") or not (one.has("thing") and other.has("thing")):
            continue
        behind = next((i for i in items[place + 3 :] if i.has("class") or not i.has("particle")), other)
        beginning = one.text + sign.text + other.text
        things = {
            sense.iri
            for name in index.names_from(beginning, of_any_kind=True)
            for sense in index.senses(name)
            if sense.kind == "thing" and index.is_a(sense.iri, tuple(s.iri for s in behind.of("class")))
        }
        if len(things) == 1:
            senses = (Sense("thing", things.pop(), "part"),)
            joined = merged((one, sign, other), senses=senses, amount=None, period=None)
            return [*items[:place], joined, *items[place + 3 :]]
    return items


def _with_halves(items: list[Item], index: Index) -> list[Item]:
    """Join a name, however it is said, and what is named of it, where both together are one longer name."""
    homes = set(index.homes.values())
    for place, one in enumerate(items):
        if one.has("class") or not one.has("thing") or homes & {s.iri for s in one.of("thing")}:
            continue
        if place and items[place - 1].has("operator", LEX + "not"):
            continue  # it is what is denied of what stands behind it
        second = place + 1
        while second < min(len(items), place + 3) and items[second].has("particle"):
            second += 1
        verb = items[place - 1] if place and second > place + 1 else None
        if verb is not None and verb.of("property", "says", "label") and not verb.has("particle"):
            continue  # it belongs to a clause
        other = items[second] if second < len(items) else None
        if (
            other is None
            or len(other.text) < 2
            or not (other.has("class") or (other.has("thing") and not other.has("property")))
        ):
            continue
        ends: dict[str, int] = {}
        for sense in one.of("thing"):
            beginning = index.label(sense.iri) + other.text
            behind = items[second + 1].text if second + 1 < len(items) else ""
            for name in index.names_from(beginning, of_any_kind=True):
                rest = name.removeprefix(beginning)
                if not rest or any(s.kind == "class" for s in index.senses(rest)):
                    ends[name] = second + (2 if rest and behind == rest else 1)
        things = {s.iri: name for name in ends for s in index.senses(name) if s.kind == "thing"}
        if len(things) == 1:
            thing, name = things.popitem()
            end = ends[name]
            kinds = [s for s in index.senses(name) if s.kind == "class"]
            senses = (Sense("thing", thing, "part"), *kinds)
            joined = merged(items[place:end], senses=senses, amount=None, period=None)
            return _with_halves([*items[:place], joined, *items[end:]], index)
    return items


def _with_middles(items: list[Item], index: Index) -> list[Item]:
    """Join a name and the words behind it that one longer name ends with: its middle was left out."""
    homes = set(index.homes.values())
    for place, one in enumerate(items):
        if len(one.text) < 2 or not one.has("thing") or homes & {s.iri for s in one.of("thing")}:
            continue
        for size in (3, 2):
            rest = items[place + 1 : place + 1 + size]
            ending = text_of(rest)
            if (
                len(rest) < size
                or len(ending) < _LEAST_ENDING
                or not all(len(item.text) > 1 for item in rest)
            ):
                continue
            things = {
                s.iri
                for name in index.names_from(one.text, ending=ending)
                for s in index.senses(name)
                if s.kind == "thing"
            }
            if len(things) == 1:
                senses = (Sense("thing", things.pop(), "part"),)
                joined = merged((one, *rest), senses=senses, amount=None, period=None)
                return _with_middles([*items[:place], joined, *items[place + 1 + size :]], index)
    return items


def _abbreviated(items: list[Item], place: int, index: Index) -> tuple[int, int, str] | None:
    """Return the longest stretch, from an unknown word on, that is a name with characters left out."""
    best = None
    text = ""
    for last in range(place, min(len(items), place + _MOST_SHORT)):
        item = items[last]
        if item.amount is not None or item.period is not None or item.has("particle"):
            break
        text += item.text
        whole = (len(text) >= 2 and last == place) or any(not i.senses for i in items[place : last + 1])
        if len(text) >= 2 and whole:
            names = [name for name in index.names_from(text[:2]) if _leaves_out(text, name)]
            if len(names) == 1:
                best = (place, last, names[0])
    return best


def _leaves_out(text: str, name: str) -> bool:
    """Whether a text is a name with characters left out: a whole beginning, or beginning and end."""
    if len(text) >= len(name):
        return False
    left = iter(name)
    return all(c in left for c in text) and (name.startswith(text) or name[-2:] == text[-2:])


def _one_slip(text: str, index: Index) -> str | None:
    """Return the one name that differs from a text in one character."""
    found = set()
    for place in range(len(text)):
        if len(text) == _SHORT_NAME and place == 0:
            continue  # another family name is another person
        if any(s.kind == "class" for s in index.senses(text[place])) or numeric(text[place]):
            continue  # another kind of place, another number: another thing
        for name in index.typos.get(text[:place] + "…" + text[place + 1 :], ()):
            found.add(name)
    return found.pop() if len(found) == 1 else None
