"""Words: a jieba tokenizer of our own, with no other dictionary than the one it is given."""

import sys
from collections.abc import Container, Iterable, Mapping
from math import inf, log
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from .dictionary import Dictionary

if TYPE_CHECKING:
    from jieba import Tokenizer

__all__ = ["Cutter"]

_NAME, _COMMON, _SINGLE = 100_000, 20_000, 2_000
_TOTAL = 100_000_000


class Cutter:
    """Cuts a text into the words of a dictionary; every other character is a word of its own.

    Args:
        words: wordings with their senses.
        common: further words.

    Attributes:
        language: the dictionary of the language, which cuts nothing.
    """

    def __init__(self, words: Mapping[str, Any], common: Iterable[str]) -> None:
        frequencies: dict[str, int] = {}
        for group, weight in ((common, _COMMON), (words, _NAME)):
            for word in group:
                frequencies[word] = weight if len(word) > 1 else _SINGLE
        for word in list(frequencies):
            for end in range(1, len(word)):
                frequencies.setdefault(word[:end], 0)
        self._tokenizer = _tokenizer(frequencies)
        total = log(_TOTAL)
        # jieba takes the logarithm of every edge, of which there are four.
        self._weights = {frequency: log(frequency or 1) - total for frequency in set(frequencies.values())}
        self._unknown = log(1) - total
        self.language = Dictionary(Path(_import_jieba().__file__).with_name("dict.txt"))

    def cut(self, text: str) -> list[str]:
        """Return the words of a text, in order; nothing is lost."""
        # jieba's own cut() breaks names at punctuation; its graph of words and best path do not.
        ends = self._best_ends(text)
        words: list[str] = []
        place = 0
        while place < len(text):
            end = ends[place]
            word = text[place:end]
            if words and _latin(words[-1]) and len(word) == 1 and _latin(word):
                words[-1] += word
            else:
                words.append(word)
            place = end
        return words

    def _best_ends(self, text: str) -> list[int]:
        """Return for every place where the word ends that begins there on the best path, as jieba's calc."""
        frequencies, weights = self._tokenizer.FREQ, self._weights
        scores = [0.0] * (len(text) + 1)
        ends = [0] * len(text)
        for start, lasts in reversed(self._tokenizer.get_DAG(text).items()):
            best, place = -inf, 0
            for last in lasts:
                frequency = frequencies.get(text[start : last + 1])
                score = (self._unknown if frequency is None else weights[frequency]) + scores[last + 1]
                if score >= best:  # of equals the longer word
                    best, place = score, last + 1
            scores[start], ends[start] = best, place
        return ends

    def begins(self, text: str) -> bool:
        """Whether some word of the dictionary begins with a text."""
        return text in self._tokenizer.FREQ

    def others(self, text: str, meaningful: Container[str], *, most: int = 3) -> list[list[str]]:
        """Return other ways to cut a text: each has a word that the best way cuts through.

        Args:
            text: what to cut.
            meaningful: the words that are worth it.
            most: how many ways at most, those with the longest words first.
        """
        ends, closed = set(), []
        place = 0
        for word in self.cut(text):
            if len(word) > 1 and word not in meaningful:
                closed.append((place, place + len(word)))
            place += len(word)
            ends.add(place)
        crossing = sorted(
            (
                (start, last + 1)
                for start, lasts in self._tokenizer.get_DAG(text).items()
                for last in lasts
                if last > start
                and text[start : last + 1] in meaningful
                and any(start < end < last + 1 for end in ends)
                and (start not in ends | {0} or last + 1 not in ends)
                and not any(
                    first < last + 1 and start < end and not (start <= first and end <= last + 1)
                    for first, end in closed
                )
            ),
            key=lambda span: span[0] - span[1],
        )
        return [
            [*self.cut(text[:start]), text[start:end], *self.cut(text[end:])]
            for start, end in crossing[:most]
        ]


def _latin(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _tokenizer(frequencies: dict[str, int]) -> "Tokenizer":
    jieba = _import_jieba()
    tokenizer = jieba.Tokenizer()
    # What jieba reads from a file or its cache folder is put in place here: no file, no cache, no log.
    tokenizer.FREQ = frequencies
    tokenizer.total = _TOTAL
    tokenizer.initialized = True
    return tokenizer


def _import_jieba() -> Any:
    if "jieba" in sys.modules:
        return sys.modules["jieba"]
    import logging

    # jieba asks setuptools for the place of its files, which costs more than all the rest and warns; without
    # it jieba finds them beside itself.
    absent = object()
    before = sys.modules.get("pkg_resources", absent)
    sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    _put_off("jieba", "finalseg")
    try:
        import jieba
    finally:
        if before is absent:
            del sys.modules["pkg_resources"]
        else:
            sys.modules["pkg_resources"] = before  # type: ignore[assignment]
    logging.getLogger("jieba").setLevel(logging.CRITICAL)
    return jieba


class _Later(ModuleType):
    """A module that is run when something of it is first asked for."""

    def __getattr__(self, name: str) -> Any:
        spec = self.__spec__
        if name.startswith("__") or spec is None or spec.loader is None:
            raise AttributeError(name)
        self.__class__ = ModuleType  # type: ignore[assignment]
        spec.loader.exec_module(self)
        return getattr(self, name)


def _put_off(package: str, part: str) -> None:
    """Let a part of a package that takes longer than all the rest be run when it is first used.

    It is jieba's model for words that no dictionary has. Nothing here asks it; another program in this
    process may.
    """
    from importlib import util

    found = util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        return
    folder = Path(found.submodule_search_locations[0]) / part
    spec = util.spec_from_file_location(
        f"{package}.{part}", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    if spec is not None:
        module = util.module_from_spec(spec)
        module.__class__ = _Later
        sys.modules[spec.name] = module
