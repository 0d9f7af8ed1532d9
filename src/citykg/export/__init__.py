"""Write a graph in any RDF format: deterministic, atomic, in an order that people can read."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import IO

from ..errors import UsageError
from .context import Context, read_context
from .files import output
from .formats import FORMATS, Format, format_named, format_of_file
from .lines import sorted_lines
from .selection import CATALOG, CLOSURE, KINDS, Construct, Graphs, Part, Selection, Thing, settle
from .sources import DatasetSource, Source, StoreSource, from_quads

__all__ = [
    "CATALOG",
    "CLOSURE",
    "FORMATS",
    "KINDS",
    "Construct",
    "Context",
    "DatasetSource",
    "Format",
    "Graphs",
    "Source",
    "StoreSource",
    "Thing",
    "export",
    "export_context",
    "format_named",
    "format_of_file",
    "from_quads",
    "output",
    "read_context",
    "sorted_nquads",
]


def export(
    source: Source,
    target: str | Path,
    *,
    form: Format,
    prefixes: Mapping[str, str],
    selection: Selection | None = None,
    rdf12: bool = False,
    framed: bool = False,
    context_iri: str | None = None,
) -> None:
    """Write what a selection of a dataset holds; the same dataset makes the same bytes.

    Args:
        source: the dataset.
        target: a file, written atomically and compressed when its name ends in ``.gz``; ``-`` for standard
            output.
        form: the format; one without named graphs gets all statements merged, each once.
        prefixes: prefix to namespace, for the formats that have them.
        selection: what; the asserted graphs when nothing is said.
        rdf12: add the passages of bare triples as RDF 1.2 annotations, graphs merged.
        framed: JSON-LD as a tree that begins with the thing of the selection.
        context_iri: where the JSON-LD context is published; None writes it into the document.

    Raises:
        UsageError: ``unknown-graph``; ``not-with-format`` for an option that the format has no place for.
        NegativeAnswer: ``not-found`` for a thing of which nothing is said.
        CannotRun: ``cannot-write``; ``not-in-rdfxml``.
    """
    selection = selection or Graphs()
    _refuse_misfits(form, selection, rdf12=rdf12, framed=framed)
    blank, ground = settle(source, selection)
    # What cannot be selected is said before a file is touched.
    first = next(ground, None)
    if first is not None:
        ground = chain((first,), ground)
    with output(str(target)) as out:
        _write(
            source,
            ground,
            blank,
            out,
            form,
            prefixes,
            selection,
            rdf12=rdf12,
            framed=framed,
            context_iri=context_iri,
        )


def export_context(source: Source, target: str | Path, *, prefixes: Mapping[str, str]) -> None:
    """Write the JSON-LD context alone, the document to publish and refer to."""
    document = {"@context": read_context(source, prefixes).document()}
    with output(str(target)) as out:
        out.write(json.dumps(document, ensure_ascii=False, indent=2).encode("utf-8") + b"\n")


def sorted_nquads(ground: Iterable[Part], blank: list[Part], *, merge: bool = False) -> Iterator[bytes]:
    """Yield canonical N-Quads, sorted, in blocks of whole lines (RDFC-1.0, section 5); memory is bounded.

    Args:
        ground: statements without blank nodes.
        blank: those with blank nodes, complete when ``ground`` is used up.
        merge: leave the graph names out: N-Triples.
    """

    def texts() -> Iterator[str]:
        for part in ground:
            yield part.text if merge else part.nquads
        for part in blank:
            yield part.text if merge else part.nquads

    for lines in sorted_lines(texts()):
        yield ("\n".join(lines) + "\n").encode("latin-1")


def _write(
    source: Source,
    ground: Iterable[Part],
    blank: list[Part],
    out: IO[bytes],
    form: Format,
    prefixes: Mapping[str, str],
    selection: Selection,
    *,
    rdf12: bool,
    framed: bool,
    context_iri: str | None,
) -> None:
    match form.name:
        case "turtle" | "trig":
            from .turtle import write_turtle

            annotations = None
            if rdf12:
                from .rdf12 import annotations as evidence

                annotations = evidence(source)
            graphs = form.graphs and not rdf12
            write_turtle(ground, blank, out, prefixes=prefixes, graphs=graphs, annotations=annotations)
        case "nquads" | "ntriples":
            if rdf12:
                from .rdf12 import reifications

                ground = chain(ground, reifications(source))
            for block in sorted_nquads(ground, blank, merge=rdf12 or not form.graphs):
                out.write(block)
        case "jsonld":
            from .jsonld import write_jsonld

            frame = selection.iri if framed and isinstance(selection, Thing) else None
            context = read_context(source, prefixes)
            write_jsonld(ground, blank, out, context=context, context_iri=context_iri, frame=frame)
        case _:
            from .rdfxml import write_rdfxml

            write_rdfxml(ground, blank, out, prefixes=prefixes)


def _refuse_misfits(form: Format, selection: Selection, *, rdf12: bool, framed: bool) -> None:
    if rdf12 and form.name in ("jsonld", "rdfxml"):
        raise UsageError(
            "not-with-format",
            f"--rdf12 cannot be written as {form.name}",
            "choose --format turtle or ntriples",
        )
    if framed and not (form.name == "jsonld" and isinstance(selection, Thing)):
        raise UsageError(
            "not-with-format", "--framed is for JSON-LD of one thing", "add --thing NAME --format jsonld"
        )
