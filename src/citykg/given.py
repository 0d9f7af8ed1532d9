"""RDF that a person gives: a file by its ending, packed or not, or what arrives at standard input."""

import gzip
import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import Quad, RdfFormat

from .errors import CannotRun
from .export.formats import Format, format_of_file
from .prefixes import Prefixes
from .sources import STANDARD_INPUT, parse_bytes, read_bytes

__all__ = ["Given", "nothing_given", "read_given"]

_GZIP = b"\x1f\x8b"
_JSON = re.compile(rb"\s*[{\[]\s*[\"{]")  # no statement of TriG begins so
_XML = re.compile(rb"\s*<(?:\?xml|rdf:RDF|!DOCTYPE|!--)")
#: Each reads its smaller sister too.
_READ_AS = {RdfFormat.TURTLE: RdfFormat.TRIG, RdfFormat.N_TRIPLES: RdfFormat.N_QUADS}


@dataclass(frozen=True, slots=True)
class Given:
    """What a person has given.

    Args:
        name: what messages call it.
        text: what it writes, unpacked.
        statements: what it says; what it says in no graph is in the default graph.
        prefixes: those that it declares.
    """

    name: str
    text: str
    statements: list[Quad]
    prefixes: dict[str, str]


def read_given(file: Path | BinaryIO, *, form: Format | None = None, prefixes: Prefixes) -> Given:
    """Read a file, or standard input, whole.

    What is compressed is told by its first bytes.

    Args:
        file: its path, or an open one.
        form: the format of what has no ending that names one; None to tell it by what is written.
        prefixes: what a hint for an undeclared prefix may offer.

    Raises:
        CannotRun: ``turtle-syntax`` and ``not-utf8`` with the place; ``file-not-found``, ``unreadable``;
            ``nothing-given`` for standard input without statements.
    """
    known = form
    if isinstance(file, Path):
        name, content = str(file), read_bytes(file)
        known = format_of_file(file) or form
    else:
        name, content = STANDARD_INPUT, file.read()
    content = _unpacked(content, name)
    if known is None:
        statements, declared = _parse_any(content, name, prefixes)
    else:
        rdf_format = _READ_AS.get(known.parser, known.parser)
        statements, declared = parse_bytes(content, name=name, rdf_format=rdf_format, prefixes=prefixes)
    if not statements and not isinstance(file, Path):
        raise nothing_given()
    return Given(name, content.decode("utf-8"), statements, declared)


def nothing_given() -> CannotRun:
    """Return the error for standard input without statements: what should have written some has failed."""
    return CannotRun("nothing-given", f"{STANDARD_INPUT} holds no statements", "see what has written it")


def _unpacked(content: bytes, name: str) -> bytes:
    if not content.startswith(_GZIP):
        if name.lower().endswith(".gz"):
            raise CannotRun("unreadable", f"{name}: not whole or not gzip")
        return content
    try:
        return gzip.decompress(content)
    except (EOFError, OSError, zlib.error) as error:
        raise CannotRun("unreadable", f"{name}: not whole or not gzip: {error}") from error


def _parse_any(content: bytes, name: str, prefixes: Prefixes) -> tuple[list[Quad], dict[str, str]]:
    """Parse what does not say what it is; of two readings that fail, the one that gets farther says why."""
    readings = [RdfFormat.TRIG, RdfFormat.N_QUADS]
    if _JSON.match(content):
        readings = [RdfFormat.JSON_LD]
    elif _XML.match(content):
        readings = [RdfFormat.RDF_XML]
    failures = []
    for reading in readings:
        try:
            return parse_bytes(content, name=name, rdf_format=reading, prefixes=prefixes)
        except CannotRun as error:
            failures.append(error)
    raise max(failures, key=_line)


def _line(error: CannotRun) -> int:
    cause = error.__cause__
    return cause.lineno or 0 if isinstance(cause, SyntaxError) else 0
