"""A report kept beside a store, whole, to be read back: JSON with every term as N-Triples write it."""

import json
from functools import lru_cache
from pathlib import Path as File
from typing import Any, cast

from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse

from .paths import Alternative, Inverse, Path, Predicate, Repeat, Sequence
from .results import Fallback, Report, Result
from .vocabulary import Resource, Term

__all__ = ["read_report", "write_report"]

_FILE = "report.json"


def write_report(folder: File, report: Report) -> None:
    """Write a report into a folder."""
    written = {
        "engine": report.engine,
        "fallbacks": [[str(f.shape), f.engine, f.reason] for f in report.fallbacks],
        "results": [_written(result) for result in report.results],
    }
    text = json.dumps(written, ensure_ascii=False, separators=(",", ":"))
    (folder / _FILE).write_text(text, encoding="utf-8")


def read_report(folder: File) -> Report | None:
    """Read the report that `write_report` has written into a folder; None where it has not."""
    file = folder / _FILE
    if not file.is_file():
        return None
    found = json.loads(file.read_text(encoding="utf-8"))
    fallbacks = (Fallback(cast(Resource, _term(shape)), *rest) for shape, *rest in found["fallbacks"])
    return Report(tuple(map(_read, found["results"])), found["engine"], tuple(fallbacks))


def _written(result: Result) -> list[Any]:
    return [
        str(result.focus),
        str(result.component),
        str(result.severity),
        str(result.source_shape),
        None if result.path is None else _written_path(result.path),
        None if result.value is None else str(result.value),
        dict(result.messages),
        [_written(detail) for detail in result.details],
        None if result.source_constraint is None else str(result.source_constraint),
        [str(graph) for graph in result.graphs],
    ]


def _read(row: list[Any]) -> Result:
    focus, component, severity, shape, path, value, messages, details, constraint, graphs = row
    return Result(
        focus=_term(focus),
        component=cast(NamedNode, _term(component)),
        severity=cast(NamedNode, _term(severity)),
        source_shape=cast(Resource, _term(shape)),
        path=None if path is None else _read_path(path),
        value=None if value is None else _term(value),
        messages=messages,
        details=tuple(map(_read, details)),
        source_constraint=None if constraint is None else cast(Resource, _term(constraint)),
        graphs=tuple(cast(NamedNode, _term(graph)) for graph in graphs),
    )


def _written_path(path: Path) -> Any:
    match path:
        case Predicate(iri):
            return iri.value
        case Inverse(inner):
            return ["^", _written_path(inner)]
        case Sequence(parts):
            return ["/", *map(_written_path, parts)]
        case Alternative(parts):
            return ["|", *map(_written_path, parts)]
        case Repeat(inner, sign):
            return [sign, _written_path(inner)]


def _read_path(written: Any) -> Path:
    if isinstance(written, str):
        return Predicate(NamedNode(written))
    sign, *parts = written
    paths = tuple(map(_read_path, parts))
    if sign == "^":
        return Inverse(paths[0])
    if sign == "/":
        return Sequence(paths)
    return Alternative(paths) if sign == "|" else Repeat(paths[0], sign)


@lru_cache(maxsize=65536)
def _term(written: str) -> Term:
    if written.startswith("<"):
        return NamedNode(written[1:-1])
    if written.startswith("_:"):
        return BlankNode(written[2:])
    statement = next(iter(parse(f"<urn:s> <urn:p> {written} .", RdfFormat.N_TRIPLES)))
    return cast(Term, statement.object)
