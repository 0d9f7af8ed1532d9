"""What questions are held against: the names, terms and lexicon of a store, as an index beside it."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..model import Item, Sense

__all__ = ["BEGINNING", "ENDING", "FILE_NAME", "GAP", "LEX", "LONGEST_NAME", "VERSION", "Index", "load"]

FILE_NAME = "ask.json"
VERSION = 9

LEX = "https://w3id.org/citykg/lexicon#"
#: What is no class, but how names of things end (安全矿山, 绿色矿山): the ending stands behind it.
ENDING = "ending:"
#: The same of how names begin (数字化生产, 数字化应用).
BEGINNING = "beginning:"
#: What stands between the pieces of a wording, and for the character of a name that is left open.
GAP = "…"
#: Code points of a name that people ask by. Parts of a name are looked at from each place to each other one:
#: what a name takes grows with the square of its length, so longer ones are left to the plain text of search.
LONGEST_NAME = 100
_BY_NAME = (ENDING, BEGINNING)


@dataclass(slots=True)
class Index:
    """What a question is linked against.

    Args:
        words: wording to its senses.
        patterns: wordings in pieces, with the sense of the whole.
        common: words that carry no sense here.
        labels: what a term is called.
        types: thing to its classes, inferred ones included.
        above: class, property or indicator to those above it.
        apart: class to the classes that exclude it.
        inverse, domain, range: of properties.
        properties: what relates things.
        symmetric: properties that hold both ways.
        units: indicator to its units.
        rates: growth rate or share to the indicator that it is the rate of.
        facts: what the lexicon says of its own words.
        messages: what answers say.
        pairs: traditional to simplified characters.
        typos: a name with one character left open, to the names.
        sounds: syllable to the characters that are read so.
        near_sounds: the same, where syllables that many take for one another are one.
        shapes: groups of characters that look much the same.
        year: the year of the latest article.
        homes: article to the thing that it is about most: what it need not name.
    """

    words: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    patterns: list[tuple[list[str], str, str, str]] = field(default_factory=list)
    common: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    types: dict[str, list[str]] = field(default_factory=dict)
    above: dict[str, list[str]] = field(default_factory=dict)
    apart: dict[str, list[str]] = field(default_factory=dict)
    inverse: dict[str, list[str]] = field(default_factory=dict)
    domain: dict[str, list[str]] = field(default_factory=dict)
    range: dict[str, list[str]] = field(default_factory=dict)
    properties: list[str] = field(default_factory=list)
    symmetric: list[str] = field(default_factory=list)
    units: dict[str, list[str]] = field(default_factory=dict)
    rates: dict[str, str] = field(default_factory=dict)
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)
    pairs: dict[str, str] = field(default_factory=dict)
    typos: dict[str, list[str]] = field(default_factory=dict)
    sounds: dict[str, str] = field(default_factory=dict)
    near_sounds: dict[str, str] = field(default_factory=dict)
    shapes: list[str] = field(default_factory=list)
    year: int = 0
    homes: dict[str, str] = field(default_factory=dict)
    _below: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _names: dict[str, list[str]] = field(default_factory=dict)
    _all_names: str = ""
    _meaningful: frozenset[str] = frozenset()
    _members: dict[str, list[str]] = field(default_factory=dict)
    _kinds: dict[str, frozenset[str]] = field(default_factory=dict)
    _having: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _magnitudes: frozenset[str] = frozenset()
    _read: dict[str, tuple["Sense", ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, content: bytes) -> "Index":
        """Read what `to_bytes` has written.

        Raises:
            ValueError: it is of another version, or no index at all.
        """
        fields = json.loads(content)
        if not isinstance(fields, dict) or fields.pop("version", None) != VERSION:
            raise ValueError("an index of another version")
        return cls(**fields)

    def to_bytes(self) -> bytes:
        """Return what `read` reads: the same bytes for the same content."""
        content = {name: getattr(self, name) for name in Index.__slots__ if not name.startswith("_")}
        content["version"] = VERSION
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    def prepare(self) -> None:
        """Make the tables now that questions need, and that are made when the first one does."""
        self.names("")
        self.below("")
        self.members("")
        self.in_names("")
        self.is_magnitude("")
        self.meaningful()

    def meaningful(self) -> frozenset[str]:
        """Return the words that have a sense here; what people ask of cities in general has none."""
        if not self._meaningful:
            self._meaningful = frozenset(
                word for word, senses in self.words.items() if any(s[0] != "topic" for s in senses)
            )
        return self._meaningful

    def in_names(self, word: str) -> bool:
        """Whether a word stands within the name of a thing."""
        if not self._all_names:
            self._all_names = "\n".join(
                name
                for name, senses in self.words.items()
                if any(s[0] == "thing" and s[2] in ("label", "alias") for s in senses)
            )
            self._all_names = f"\n{self._all_names}\n"
        return word in self._all_names

    def containing(self, word: str) -> list[str]:
        """Return the things within whose names a word stands."""
        found: dict[str, None] = {}
        place = self._all_names.find(word) if self.in_names(word) else -1
        while place >= 0:
            start, end = self._all_names.rfind("\n", 0, place + 1), self._all_names.index("\n", place)
            name = self._all_names[start + 1 : end]
            found.update((s.iri, None) for s in self.senses(name) if s.kind == "thing")
            place = self._all_names.find(word, end)
        return list(found)

    def begins_names(self, text: str) -> bool:
        """Whether names of several things begin with a text."""
        self.in_names(text)
        return self._all_names.count("\n" + text) > 1

    def names_from(self, beginning: str, *, ending: str = "", of_any_kind: bool = False) -> Iterator[str]:
        """Yield the names that begin so, of kinds whose members have proper ones, or of any kind where they
        end as they have to or any will do.
        """
        proper = self.having("hasProperNames")
        self.in_names(beginning)
        place = self._all_names.find("\n" + beginning)
        while place >= 0:
            name = self._all_names[place + 1 : self._all_names.index("\n", place + 1)]
            if ending:
                fits = name.endswith(ending) and len(name) > len(beginning) + len(ending)
            else:
                fits = of_any_kind or any(
                    s.kind == "thing" and self.is_a(s.iri, proper) for s in self.senses(name)
                )
            if fits:
                yield name
            place = self._all_names.find("\n" + beginning, place + 1)

    def ends_names(self, text: str) -> bool:
        """Whether names of things end with a text, and are longer."""
        place = self._all_names.find(text + "\n") if self.in_names(text) else -1
        while place >= 0 and self._all_names[place - 1] == "\n":
            place = self._all_names.find(text + "\n", place + 1)
        return place >= 0

    def add(self, word: str, kind: str, iri: str, how: str) -> None:
        """Let a word stand for a term; one with gaps becomes a pattern of its pieces.

        What is longer than a name that people ask by is left out.
        """
        if len(word) > LONGEST_NAME:
            return
        if GAP in word:
            pieces = [piece for piece in word.split(GAP) if piece]
            if (pieces, kind, iri, how) not in self.patterns:
                self.patterns.append((pieces, kind, iri, how))
            for piece in pieces:
                self.words.setdefault(piece, [])
        elif word:
            senses = self.words.setdefault(word, [])
            for sense in senses:
                if sense[0] == kind and sense[1] == iri:
                    return
            senses.append((kind, iri, how))

    def senses(self, word: str) -> tuple["Sense", ...]:
        """Return the senses of a wording."""
        from ..model import Sense  # questions have it; a build would import it in vain

        if word not in self.words:
            return ()
        if word not in self._read:
            self._read[word] = tuple(Sense(*sense) for sense in self.words[word])
        return self._read[word]

    def below(self, term: str) -> tuple[str, ...]:
        """Return a term and everything below it."""
        if not self._below:
            found: dict[str, list[str]] = defaultdict(list)
            for lower, uppers in self.above.items():
                for upper in uppers:
                    found[upper].append(lower)
            self._below.update({upper: (upper, *sorted(lowers)) for upper, lowers in found.items()})
        return self._below.get(term, (term,))

    def members(self, kind: str) -> list[str]:
        """Return the things of a class, inferred ones included."""
        if not self._members:
            for thing, kinds in self.types.items():
                for name in kinds:
                    self._members.setdefault(name, []).append(thing)
        return self._members.get(kind, [])

    def names(self, term: str) -> list[str]:
        """Return the wordings of a term."""
        if not self._names:
            for word, senses in self.words.items():
                for _, iri, how in senses:
                    if how not in ("counts", "hints"):
                        self._names.setdefault(iri, []).append(word)
        return self._names.get(term, [])

    def flagged(self, term: str, flag: str) -> bool:
        """Whether the lexicon says so of a term."""
        return bool(self.facts.get(term, {}).get(flag))

    def having(self, flag: str) -> tuple[str, ...]:
        """Return the terms of which the lexicon says so."""
        if flag not in self._having:
            self._having[flag] = tuple(term for term in self.facts if self.flagged(term, flag))
        return self._having[flag]

    def flagged_either_way(self, name: str, flag: str) -> bool:
        """Whether the lexicon says so of a property or of an inverse of it."""
        return any(self.flagged(n, flag) for n in (name, *self.inverse.get(name, ())))

    def is_magnitude(self, word: str) -> bool:
        """Whether a word is a power of ten that amounts are told in (亿)."""
        if not self._magnitudes:
            powers = [facts for facts in self.facts.values() if "power" in facts]
            self._magnitudes = frozenset(label for facts in powers for label in facts.get("label", ()))
        return word in self._magnitudes

    def is_title(self, word: str) -> bool:
        """Whether a word is the title of who holds a post (书记)."""
        return any(
            word in titles.split() for t in self.having("titles") for titles in self.facts[t]["titles"]
        )

    def kinds_ending(self, word: str) -> list[str]:
        """Return the kinds that a word ends with, and is not (对口合作城市)."""
        endings = (word[start:] for start in range(1, len(word) - 1))
        return [s.iri for ending in endings for s in self.senses(ending) if s.kind == "class"]

    def counts(self, indicator: str) -> bool:
        """Whether figures of an indicator count things."""
        return any(self.flagged(t, "countsThings") for t in (indicator, *self.above.get(indicator, ())))

    def counts_kind(self, noun: "Item", indicator: str, about: str) -> bool:
        """Whether figures of an indicator count what a noun names; figures that count nothing fit every noun.

        Args:
            noun: the name of a kind.
            indicator: of the figures.
            about: what they are about: a group of that kind may be counted by its members.
        """
        return (
            not self.counts(indicator)
            or any(noun.text in name for name in self.names(indicator))
            or self.is_a(about, tuple(sense.iri for sense in noun.of("class")))
        )

    def label(self, iri: str) -> str:
        """Return what a term is called, or the last part of its IRI."""
        return self.labels.get(iri) or iri.rstrip("/#").rpartition("/")[2].rpartition("#")[2]

    def message(self, name: str, **slots: object) -> str:
        """Return one of the lexicon's messages, filled in."""
        return self.messages.get(name, name).format(**slots)

    def is_a(self, thing: str, classes: "frozenset[str] | set[str] | tuple[str, ...]") -> bool:
        """Whether a thing has one of some classes."""
        kinds = self._kinds.get(thing)  # readings ask this thousands of times
        if kinds is None:
            kinds = self._kinds[thing] = frozenset(self.types.get(thing, ()))
        if not kinds.isdisjoint(classes):
            return True
        for kind in classes:
            if not kind.startswith(_BY_NAME):
                continue
            if kind.startswith(ENDING):
                ending = kind.removeprefix(ENDING)
                if any(name.endswith(ending) for name in self.names(thing)):
                    return True
            else:
                beginning = kind.removeprefix(BEGINNING)
                if any(name.startswith(beginning) for name in self.names(thing)):
                    return True
        return False


def load(path: Path) -> Index | None:
    """Return the index that a build has written, or None where there is none of this version."""
    try:
        return Index.read(path.read_bytes())
    except (OSError, ValueError):
        return None
