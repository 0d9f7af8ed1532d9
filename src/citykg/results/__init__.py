"""What a query returns, and the forms in which it is written: one writer per format.

Solutions   of SELECT: table, TSV, CSV, JSON, XML
Truth       of ASK: table, JSON, XML, and one word in TSV and CSV
Triples     of CONSTRUCT and DESCRIBE: Turtle, N-Triples, JSON-LD, RDF/XML
"""

from collections.abc import Sequence
from importlib import import_module

import pyoxigraph as ox

from ..errors import UsageError
from ..record import Record

__all__ = ["GRAPH_FORMATS", "ROW_FORMATS", "Answer", "Row", "Solutions", "Term", "Triples", "Truth", "write"]

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = tuple[Term | None, ...]

#: Formats of rows and of yes or no; ``results/<format>.py`` holds ``write(answer) -> bytes``.
ROW_FORMATS = ("tsv", "csv", "json", "xml")
#: Formats of triples.
GRAPH_FORMATS = ("turtle", "ntriples", "jsonld", "rdfxml")


class Solutions(Record):
    """The rows of a SELECT query.

    Args:
        variables: names without ``?``, in the order of the query.
        rows: one term, or None where it is unbound, per variable.
    """

    variables: tuple[str, ...]
    rows: Sequence[Row]


class Truth(Record):
    """The answer of an ASK query."""

    value: bool


class Triples(Record):
    """The triples of a CONSTRUCT or DESCRIBE query, each once."""

    triples: Sequence[ox.Triple]


Answer = Solutions | Truth | Triples


def write(answer: Answer, format: str, *, prefixes: dict[str, str] | None = None) -> bytes:
    """Write an answer in a format of W3C.

    Args:
        answer: what a query returned.
        format: one of `ROW_FORMATS` for rows and for yes or no, of `GRAPH_FORMATS` for triples.
        prefixes: prefix to namespace, for the forms of triples that have prefixes.

    Raises:
        UsageError: ``wrong-format`` when the answer has no such form.
    """
    fitting = GRAPH_FORMATS if isinstance(answer, Triples) else ROW_FORMATS
    if format not in fitting:
        what = "triples" if isinstance(answer, Triples) else "rows"
        raise UsageError(
            "wrong-format",
            f"this query returns {what}, which have no form {format!r}",
            f"choose one of {', '.join(fitting)}",
        )
    if isinstance(answer, Triples):
        from .rdf import write as write_triples

        return write_triples(answer, format, prefixes=prefixes)
    data: bytes = import_module(f"{__name__}.{format}").write(answer)
    return data
