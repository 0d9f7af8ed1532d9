"""The RDF formats that the graph is written in: names, endings, media types."""

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat

from ..errors import UsageError
from ..nearest import nearest_hint

__all__ = ["FORMATS", "Format", "format_named", "format_of_file"]


@dataclass(frozen=True, slots=True)
class Format:
    """An RDF serialisation.

    Args:
        name: what ``--format`` calls it.
        ending: of its files, with the dot.
        media_type: as registered.
        parser: the parser that reads it back.
        graphs: whether it can tell named graphs apart; one that cannot is written as one merged graph.
    """

    name: str
    ending: str
    media_type: str
    parser: RdfFormat
    graphs: bool


FORMATS = (
    Format("turtle", ".ttl", "text/turtle", RdfFormat.TURTLE, False),
    Format("trig", ".trig", "application/trig", RdfFormat.TRIG, True),
    Format("nquads", ".nq", "application/n-quads", RdfFormat.N_QUADS, True),
    Format("ntriples", ".nt", "application/n-triples", RdfFormat.N_TRIPLES, False),
    Format("jsonld", ".jsonld", "application/ld+json", RdfFormat.JSON_LD, True),
    Format("rdfxml", ".rdf", "application/rdf+xml", RdfFormat.RDF_XML, False),
)

_OWL = ".owl"  # what editors of ontologies call RDF/XML


def format_named(name: str) -> Format:
    """Return the format of that name.

    Raises:
        UsageError: ``unknown-format``.
    """
    for candidate in FORMATS:
        if candidate.name == name:
            return candidate
    names = [candidate.name for candidate in FORMATS]
    hint = nearest_hint(name, names, otherwise="known: " + ", ".join(names))
    raise UsageError("unknown-format", f"no format {name!r}", hint)


def format_of_file(path: Path) -> Format | None:
    """Return the format that a file's ending names, seen through ``.gz``; None when it names none."""
    name = path.name.lower().removesuffix(".gz")
    if name.endswith(_OWL):
        return format_named("rdfxml")
    return next((candidate for candidate in FORMATS if name.endswith(candidate.ending)), None)
