"""Words with one wrong character, which is read or looks much like the right one (签越额 for 签约额)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice, pairwise, product

from ..model import Item, text_of
from .cutting import Cutter
from .index import LEX, Index
from .slips import numeric

__all__ = ["Respelling", "Speller"]

_LEAST = 2
_LEAST_KNOWN = 3  # characters of a word that is taken for what other words explain
_LONG = 3  # a longer one is meant even where what is written is a word as well
_LONGEST = 12
_RARE, _COMMON = 3, 3_000  # how often the dictionary has met words
_MOST = 3
_MOST_WAYS = 6
_EXACT, _SAME, _NEAR = range(3)  # how like a character is to the right one
_REQUESTS = (LEX + "list", LEX + "describe", LEX + "groupedBy", LEX + "every")
_CONTENT = ("thing", "class", "property", "indicator")


@dataclass(frozen=True, slots=True)
class Slip:
    """A stretch that is a word but for one character; ``near``: which is read much like the right one."""

    start: int
    end: int
    wrong: str
    right: str
    near: bool

    @property
    def place(self) -> int:
        """Where the wrong character stands in the question."""
        return self.start + next(n for n, c in enumerate(self.wrong) if c != self.right[n])


@dataclass(frozen=True, slots=True)
class Respelling:
    """A question without its slips; ``rank``: what is taken for what, the likeliest with the lowest;
    ``sure``: as it is written, it asks nothing.
    """

    text: str
    slips: tuple[Slip, ...]
    rank: tuple[int, ...]
    sure: bool = False


class Speller:
    """Finds words that a question has with one wrong character.

    Args:
        index: of the words, and of the characters that are like one another.
        cutter: which knows how words begin.
    """

    def __init__(self, index: Index, cutter: Cutter) -> None:
        self.index = index
        self.cutter = cutter
        self._alike: dict[str, dict[str, int]] = {}
        self._words = index.meaningful() | {word for word, senses in index.words.items() if not senses}

    def respelled(self, items: Sequence[Item]) -> Iterator[Respelling]:
        """Yield what a question may have meant to write, the likeliest first.

        Every stretch that nothing explains has to be a part of a word with one wrong character; where
        there is none, what is explained piece by piece may be a longer one.
        """
        text = text_of(items)
        slips = [*self._slips(items, text), *self._measures(items)]
        choices = [
            [s for s in slips if s.start <= stretch[0].start and s.end >= stretch[-1].end]
            for stretch in (list(group) for unknown, group in groupby(items, key=self._unknown) if unknown)
        ] or [[s for s in slips if len(s.right) >= _LEAST_KNOWN and s.place not in _joining(items)]]
        choices = [self._likeliest(slips) for slips in choices]
        ways = [_put(text, tuple(dict.fromkeys(chosen))) for chosen in product(*choices)]
        yield from islice(sorted((w for w in ways if w is not None), key=lambda w: w.rank), _MOST_WAYS)

    def mistaken(self, items: Sequence[Item]) -> Iterator[Respelling]:
        """Yield what a question surely meant to write, though other words explain all of it: a long word of
        which the wrong character stands by itself, and a which that is written like a that (在那里).
        """
        text = text_of(items)
        names = _put(text, tuple(self._names(items)))
        if names is not None and names.slips:
            yield names
        if any(self._unknown(item) for item in items):
            return
        alone = {item.start for item in items if item.end == item.start + 1} - _joining(items)
        slips = [
            slip
            for slip in self._slips(items, text)
            if len(slip.right) >= _LEAST_KNOWN
            and slip.place in alone
            and not slip.near
            and self._has_content(slip.right)
            and self._may_be(slip)
        ]
        asking = [*self._asking(items), *self._measures(items)]
        for slip in sorted(asking or slips, key=_rank)[:1]:
            way = _put(text, (slip,))
            if way is not None:
                yield replace(way, sure=bool(asking))

    def _names(self, items: Sequence[Item]) -> Iterator[Slip]:
        """Yield the names that have been linked already though a character that is like the right one is
        wrong: what they are asked for is what is asked of them.
        """
        for item in items:
            if item.note and not item.period and len(item.note) == len(item.text):
                slip = Slip(item.start, item.end, item.text, item.note, near=False)
                if slip.right[slip.place - slip.start] in self._like(slip.wrong[slip.place - slip.start]):
                    yield slip

    def _asking(self, items: Sequence[Item]) -> Iterator[Slip]:
        """Yield what points to something behind a verb and is written like what asks for it, where nothing
        asks.
        """
        if any(item.has("question") or item.has("operator", *_REQUESTS) for item in items):
            return
        for before, item in pairwise(items):
            pointing = item.kinds == {"particle"} and len(item.text) > 1
            described = before.has("particle", LEX + "attributive") or before.has("conjunction")
            if not pointing or described or not before.has("property"):
                continue
            for other in self._like(item.text[0]):
                word = other + item.text[1:]
                if any(s.kind == "question" for s in self.index.senses(word)):
                    yield Slip(item.start, item.end, item.text, word, near=False)

    def _measures(self, items: Sequence[Item]) -> Iterator[Slip]:
        """Yield what asks for an amount with an each, or what means nothing, behind it that is read like a
        measure word (几各, 多少躺).
        """
        for before, item in pairwise(items):
            meant = item.has("operator", LEX + "every") or self._unknown(item)
            if not (before.has("question", LEX + "howMuch") and meant):
                continue
            for other, how in self._like(item.text[0]).items():
                unit = any(s.kind == "unit" for s in self.index.senses(other))
                if unit and how == _SAME and len(item.text) == 1:
                    wrong, right = before.text + item.text, before.text + other
                    yield Slip(before.start, item.end, wrong, right, near=False)

    def _likeliest(self, slips: list[Slip]) -> list[Slip]:
        """Return the best few of some stretches that may be right."""
        return list(islice(filter(self._may_be, sorted(slips, key=_rank)), _MOST))

    def _slips(self, items: Sequence[Item], text: str) -> Iterator[Slip]:
        """Yield the stretches that may be words with one wrong character: of whole items, and of those that
        nothing explains also of parts.
        """
        loose = {place for item in items if not item.senses for place in range(item.start, item.end)}
        ends = {item.end for item in items} | loose
        for start in sorted({item.start for item in items} | loose):
            for end, right, near in self._from(text, start):
                if end in ends:
                    yield Slip(start, end, text[start:end], right, near)

    def _from(self, text: str, start: int) -> Iterator[tuple[int, str, bool]]:
        """Yield the words that a text has from a place on with one character that is like the right one, and
        whether it only comes near to its sound.
        """
        begun: list[tuple[str, int]] = [("", _EXACT)]
        for end in range(start, min(len(text), start + _LONGEST)):
            further = []
            for beginning, likeness in begun:
                nexts = {text[end]: likeness} if likeness else {**self._like(text[end]), text[end]: likeness}
                for character, how in nexts.items():
                    word = beginning + character
                    if self.cutter.begins(word):
                        further.append((word, how))
                        if how and word in self._words:
                            yield end + 1, word, how == _NEAR
            begun = further

    def _unknown(self, item: Item) -> bool:
        known = any(s.kind != "topic" for s in item.senses) or item.amount is not None
        piece = self.index.words.get(item.text) == []  # of a wording, the rest of which may be misspelt
        return not (known or piece) and any(c.isalnum() for c in item.text)

    def _may_be(self, slip: Slip) -> bool:
        """Whether a stretch is no word of its own, nor the name of somebody else."""
        if len(slip.right) < _LEAST or (len(slip.right) == _LEAST and slip.near):
            return False
        senses = self.index.senses(slip.right)
        if len(slip.right) == _LEAST and not (senses and self._has_content(slip.right)):
            return False
        if all(s.kind == "thing" for s in senses):
            proper = [s for s in senses if self.index.is_a(s.iri, self.index.having("hasProperNames"))]
            family = slip.wrong[0] != slip.right[0] and any(
                self.index.is_a(s.iri, self.index.having("hasFamilyNames")) for s in senses
            )
            if family or (proper and len(slip.right) == _LEAST):
                return False
        known = self.index.words.get(slip.wrong) or slip.wrong in self.index.common
        return not known and (len(slip.right) > _LONG or self._is_none(slip.wrong, slip.right))

    def _is_none(self, wrong: str, right: str) -> bool:
        """Whether what is written is no word, or hardly ever one where what it is read like is a common one
        (航业 for 行业).
        """
        language = self.cutter.language
        met = language.frequency(wrong)
        return not met or (met <= _RARE and language.frequency(right) > _COMMON)

    def _has_content(self, word: str) -> bool:
        """Whether a word, or the wording of which it is a piece, is more than one that joins others."""
        senses = self.index.senses(word)
        return not senses or any(s.kind in _CONTENT or s.iri == LEX + "relation" for s in senses)

    def _like(self, character: str) -> dict[str, int]:
        """Return the characters that are read or look like one, and how much."""
        if character not in self._alike:
            found: dict[str, int] = {}
            if not numeric(character):  # another number is another thing
                for likeness, groups in (
                    (_NEAR, self.index.near_sounds.values()),
                    (_SAME, [*self.index.sounds.values(), *self.index.shapes]),
                ):
                    for group in groups:
                        if character in group:
                            found.update((c, likeness) for c in group)
            self._alike[character] = found
        return self._alike[character]


def _joining(items: Sequence[Item]) -> set[int]:
    """Return the places of characters that join other words: 七台河是 is no 七台河市."""
    return {i.start for i in items if i.end == i.start + 1 and i.of("property", "hints")}


def _rank(slip: Slip) -> int:
    return slip.near - 2 * len(slip.right)


def _put(text: str, slips: tuple[Slip, ...]) -> Respelling | None:
    """Put right words in the place of wrong ones; None where these lie one upon the other."""
    ordered = sorted(slips, key=lambda s: s.start)
    place, parts = 0, []
    for slip in ordered:
        if slip.start < place:
            return None
        parts += [text[place : slip.start], slip.right]
        place = slip.end
    return Respelling("".join(parts) + text[place:], tuple(ordered), tuple(_rank(s) for s in ordered))
