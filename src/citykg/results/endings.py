"""The form of a result by the name of the file that it is written to."""

from ..errors import UsageError

__all__ = ["ENDINGS", "format_of_name"]

#: Ending to format; N-Quads and TriG without a named graph are N-Triples and Turtle.
ENDINGS = {
    ".tsv": "tsv",
    ".csv": "csv",
    ".json": "json",
    ".srj": "json",
    ".xml": "xml",
    ".srx": "xml",
    ".ttl": "turtle",
    ".trig": "turtle",
    ".nt": "ntriples",
    ".nq": "ntriples",
    ".jsonld": "jsonld",
    ".rdf": "rdfxml",
}


def format_of_name(name: str) -> str | None:
    """Return the format that the ending of a file's name says, seen through ``.gz``.

    Returns:
        None for a name without an ending, as devices and pipes have.

    Raises:
        UsageError: ``unknown-format`` for an ending that names none.
    """
    last = name.rpartition("/")[2].lower().removesuffix(".gz")
    stem, dot, ending = last.rpartition(".")
    if not dot or not stem.strip("."):
        return None
    if dot + ending not in ENDINGS:
        raise UsageError(
            "unknown-format",
            f"{name}: the ending names no format",
            f"use --format, or one of {' '.join(ENDINGS)}",
        )
    return ENDINGS[dot + ending]
