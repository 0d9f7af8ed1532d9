"""What `show` returns: everything about one thing, as data."""

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Card", "Detail", "Fact", "Figure", "Mention", "Named", "Place", "Stated", "Statement"]


@dataclass(frozen=True, slots=True)
class Named:
    """An IRI or a literal with what people call it.

    Args:
        value: IRI, or the text of a literal.
        label: label of the IRI, else the value.
        is_iri: which of the two it is.
    """

    value: str
    label: str
    is_iri: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands.

    Args:
        passage: its IRI.
        article: the article.
        order: place among the article's passages, from one.
        paragraph: number in the article, from one.
        sentence: number in the paragraph, from one.
        start: first code point in the article's file, from zero.
        end: the code point after the last one.
        speaker: who says it, or None.
        sha256: digest of its text.
    """

    passage: str
    article: Named
    order: int
    paragraph: int
    sentence: int
    start: int
    end: int
    speaker: Named | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A triple of which the thing is subject or object.

    Args:
        property: the predicate.
        outgoing: whether the thing is the subject.
        other: the other end.
        inferred: whether no graph asserts it.
        passages: the passages that state it.
        graphs: the other asserted graphs in which it stands.
    """

    property: Named
    outgoing: bool
    other: Named
    inferred: bool
    passages: tuple[str, ...]
    graphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A plain triple that a passage states; only a passage has them."""

    subject: Named
    predicate: Named
    object: Named


@dataclass(frozen=True, slots=True)
class Statement:
    """What is planned, aimed at, held or former: no fact, but said.

    Args:
        node: its IRI.
        type: its class.
        subject, predicate, object: what it says.
        modality: how it is said.
        period: ISO 8601 text; may be empty.
        passage: where.
    """

    node: str
    type: Named
    subject: Named
    predicate: Named
    object: Named
    modality: Named
    period: str
    passage: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A measurement.

    Args:
        node: its IRI.
        subject: what it is about.
        indicator: what is measured.
        value: the figure, in ``unit``.
        unit: QUDT unit.
        as_stated: the wording.
        bound: above, about, nearly, or None.
        period: ISO 8601 text; may be empty.
        modality: how it is said, or None.
        passage: where.
        start: first code point of the wording in the article's file.
        end: the code point after the last one.
    """

    node: str
    subject: Named
    indicator: Named
    value: str
    unit: Named
    as_stated: str
    bound: Named | None
    period: str
    modality: Named | None
    passage: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A wording that names the thing, with its code points in the article's file."""

    node: str
    as_stated: str
    passage: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Detail:
    """Another node by which a passage speaks of the thing: its class, and property with value."""

    node: str
    type: Named
    values: tuple[tuple[Named, Named], ...]
    passage: str


@dataclass(frozen=True, slots=True)
class Card:
    """Everything about a thing.

    Args:
        thing: its IRI.
        label: what it is called.
        names: its other labels.
        aliases: short and long forms.
        types: its most specific asserted classes.
        facts: sorted by property; inferred ones that say no more than another are left out.
        stated: where the thing is a passage, the plain triples that it states.
        statements: what is said of it with a modality; in a passage, by it.
        figures: measurements.
        others: other nodes.
        mentions: where it is named.
        places: passage IRI to place, for every passage that the rest names.
    """

    thing: str
    label: str
    names: tuple[str, ...]
    aliases: tuple[str, ...]
    types: tuple[Named, ...]
    facts: tuple[Fact, ...]
    stated: tuple[Stated, ...]
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    others: tuple[Detail, ...]
    mentions: tuple[Mention, ...]
    places: Mapping[str, Place]
