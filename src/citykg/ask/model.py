"""What travels through a question: senses, items, readings and the answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

__all__ = [
    "BREAKS",
    "Amount",
    "Answer",
    "AnswerItem",
    "Edge",
    "Evidence",
    "Figure",
    "Item",
    "Outcome",
    "Reading",
    "Sense",
    "text_of",
]

BREAKS = ",;"
"""What parts the clauses of a question, in plain characters."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What a wording may stand for.

    Args:
        kind: thing, class, property, indicator, unit, time, question, operator, modal, particle, …
        iri: the term.
        how: the manner: label, alias, says, maySay, hints, asks, counts, mention, counted, part, typo.
    """

    kind: str
    iri: str
    how: str


_LARGE = 10_000


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure in a question: its value (万 and 亿 multiplied out), the units that may be meant, and whether
    it is said to be somewhat more (一百多处).
    """

    value: Fraction
    units: tuple[str, ...]
    classifier: str = ""
    over: bool = False

    @property
    def exact(self) -> bool:
        """Whether it can be looked up as it is: it has a unit, or is large enough to be no mere count."""
        return bool(self.units) or self.value >= _LARGE

    @property
    def next_round(self) -> Fraction:
        """The round number behind it, below which what is somewhat more stays: 200 of 100, 160 of 150."""
        step = Fraction(1)
        while self.value and self.value % (step * 10) == 0:
            step *= 10
        return self.value + step


@dataclass(slots=True)
class Item:
    """A span of the question with its senses; ``many``: how many a which asks for (哪三家), or zero."""

    index: int
    text: str
    start: int
    end: int
    senses: tuple[Sense, ...] = ()
    amount: Amount | None = None
    period: str | None = None
    note: str = ""
    pieces: frozenset[str] = frozenset()
    many: int = 0
    kinds: frozenset[str] = field(init=False)
    _of: dict[tuple[str, ...], tuple[Sense, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.kinds = frozenset(sense.kind for sense in self.senses)
        self._of = {}

    def add(self, sense: Sense) -> None:
        """Give it another sense."""
        self.senses = (*self.senses, sense)
        self.kinds |= {sense.kind}
        self._of.clear()

    def of(self, kind: str, *hows: str) -> tuple[Sense, ...]:
        """Return the senses of one kind (and of these manners)."""
        if kind not in self.kinds:
            return ()
        key = (kind, *hows)
        found = self._of.get(key)  # readings ask this tens of thousands of times
        if found is None:
            found = tuple([s for s in self.senses if s.kind == kind and (not hows or s.how in hows)])
            self._of[key] = found
        return found

    def has(self, kind: str, *iris: str) -> bool:
        """Whether it has a sense of this kind (and one of these terms)."""
        if kind not in self.kinds:
            return False
        return not iris or any(sense.kind == kind and sense.iri in iris for sense in self.senses)


def text_of(items: Iterable[Item]) -> str:
    """Return the text that some items stand for."""
    return "".join(item.text for item in items)


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation of the query graph; variables begin with a question mark."""

    subject: str
    properties: tuple[str, ...]
    object: str
    modal: str = "both"  # bare, modal, both
    modality: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measurement pattern of the query graph."""

    about: str
    indicators: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    base_indicators: tuple[str, ...] = ()
    group: str = ""
    work: str = ""
    period: str = ""
    threshold: tuple[str, Fraction] | None = None
    name: str = "m"


@dataclass(slots=True)
class Reading:
    """One way to understand a question: a query graph, what it accounts for, and its score in parts."""

    kind: str
    target: str
    edges: tuple[Edge, ...] = ()
    types: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    period: str = ""
    excluded: tuple[str, ...] = ()
    absent: tuple[Edge, ...] = ()
    lacking: tuple[Figure, ...] = ()
    operation: str = ""
    compared: tuple[str, ...] = ()
    said_by: str = ""
    home: str = ""
    without: tuple[str, ...] = ()
    nearest: tuple[tuple[Edge, str], ...] = ()
    choices: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    amount: Amount | None = None
    beside: tuple[str, ...] = ()
    told: tuple[tuple[str, Fraction], ...] = ()
    used: frozenset[int] = frozenset()
    parts: tuple[tuple[str, float], ...] = ()
    pending: tuple[int, ...] = ()

    @property
    def score(self) -> float:
        """The sum of the parts, from one downwards."""
        return round(1.0 + sum(points for _, points in self.parts), 4)


@dataclass(frozen=True, slots=True)
class AnswerItem:
    """One answer: a thing, or a figure with its unit.

    Args:
        label: as people write it.
        iri: of the thing.
        value: as in a measurement, in the unit.
        unit: IRI of the unit.
        note: what the reader must know, such as that it is only planned.
    """

    label: str
    iri: str | None = None
    value: int | float | None = None
    unit: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that an answer rests on; start and end are code points of the article's file.

    Args:
        what: all that it bears out, each as one would say it.
    """

    article: str
    passage: str
    start: int
    end: int
    speaker: str | None
    speaker_label: str = ""
    place: str = ""
    what: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a reading has led to.

    Args:
        items: the answers.
        text: the answer as one would say it.
        notes: what the reader must know besides.
        evidence: the passages.
        sparql: the query that was run, where it says more than that of the reading.
        each: whether every answer is a thing with a figure of its own, and not the thing alone.
    """

    items: tuple[AnswerItem, ...]
    text: str
    notes: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    sparql: str = ""
    each: bool = False

    @property
    def key(self) -> frozenset[object]:
        """What makes two answers the same."""
        if self.each:
            return frozenset((item.iri, item.value, item.unit, item.note) for item in self.items)
        return frozenset(
            item.iri or (item.value, item.unit) if item.value is not None else item.iri or item.label
            for item in self.items
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What citykg says to a question.

    Args:
        question: as it was asked.
        status: answered, unknown, ambiguous or invalid.
        answers: things or figures.
        text: the answer as one would say it.
        sparql: the query that was run, or empty.
        evidence: the passages that the answer rests on.
        reading: how the question was understood, in parts.
        suggestions: what the graph has nearby, or other readings.
    """

    question: str
    status: str
    answers: tuple[AnswerItem, ...]
    text: str
    sparql: str
    evidence: tuple[Evidence, ...]
    reading: Mapping[str, Any]
    suggestions: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the object that ``--format json`` prints."""
        answers = []
        for item in self.answers:
            one: dict[str, Any] = {"label": item.label}
            if item.iri:
                one["iri"] = item.iri
            if item.value is not None:
                one["value"] = item.value
            if item.unit:
                one["unit"] = item.unit
            answers.append(one)
        return {
            "question": self.question,
            "status": self.status,
            "answers": answers,
            "text": self.text,
            "sparql": self.sparql,
            "evidence": [
                {
                    "article": e.article,
                    "passage": e.passage,
                    "start": e.start,
                    "end": e.end,
                    "speaker": e.speaker,
                }
                for e in self.evidence
            ],
            "reading": dict(self.reading),
            "suggestions": list(self.suggestions),
        }
