"""RDF/XML, for tools that read nothing else."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO

import pyoxigraph as ox

from ..errors import CannotRun
from .grouped import Subject, flattened, subjects
from .selection import Part

__all__ = ["write_rdfxml"]

# What XML 1.0, section 2.2, has no way to write, not even as a character reference.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_rdfxml(
    ground: Iterable[Part], blank: list[Part], out: IO[bytes], *, prefixes: Mapping[str, str]
) -> None:
    """Write RDF/XML; graphs are merged.

    Raises:
        CannotRun: ``not-in-rdfxml`` for a statement that the format cannot express: a predicate that is no
            XML name, a character that XML does not have, a triple term.
    """
    declared = {prefix: namespace for prefix, namespace in prefixes.items() if prefix}
    try:
        ox.serialize(_triples(ground, blank), out, ox.RdfFormat.RDF_XML, prefixes=declared)
    except ValueError as error:
        raise _refusal(str(error)) from error
    out.write(b"\n")


def _triples(ground: Iterable[Part], blank: list[Part]) -> Iterator[ox.Triple]:
    for subject in flattened(subjects(ground, blank, merge=True)):
        yield from _parsed(subject)


def _parsed(subject: Subject) -> Iterator[ox.Triple]:
    lines = "".join(
        f"{subject.subject} {predicate} {value} .\n"
        for predicate, values in subject.properties
        for value in values
    )
    for quad in ox.parse(lines.encode("latin-1"), ox.RdfFormat.N_TRIPLES):
        value = quad.object
        if isinstance(value, ox.Triple):
            raise _refusal(f"the triple term {value}")
        if isinstance(value, ox.Literal) and _NO_XML.search(value.value):
            raise _refusal(f"a control character in {value.value!r}")
        yield quad.triple


def _refusal(what: str) -> CannotRun:
    return CannotRun(
        "not-in-rdfxml", f"RDF/XML cannot express {what}", "choose another format: --format turtle can"
    )
