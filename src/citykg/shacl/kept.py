"""A report kept beside a store: a line for each result, decoded when it is asked for.

The first line says what the report says besides its results. A line of a result begins with its source shape,
its focus node and its severity, as N-Triples write them, and goes on with JSON; tabs stand between.
"""

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path as File
from typing import Any, cast, overload

from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse

from .paths import Alternative, Inverse, Path, Predicate, Repeat
from .paths import Sequence as Steps
from .results import Fallback, Report, Result
from .vocabulary import Resource, Term

__all__ = ["KeptResults", "read_report", "write_report"]

_FILE = "report.jsonl"


class KeptResults(Sequence[Result]):
    """The results of a report as they are kept; each is decoded when it is asked for.

    Args:
        lines: as they stand in the file, without line breaks.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines

    @classmethod
    def of(cls, results: Sequence[Result]) -> "KeptResults":
        """Return results as they are kept."""
        return results if isinstance(results, cls) else cls([_line(result) for result in results])

    @property
    def lines(self) -> Sequence[str]:
        """The lines."""
        return self._lines

    def severities(self) -> Iterator[NamedNode]:
        """Yield the severity of each result."""
        return (cast(NamedNode, _term(line.split("\t", 3)[2])) for line in self._lines)

    def places(self) -> Iterator[tuple[str, str]]:
        """Yield source shape and focus node of each result, as N-Triples write them."""
        for line in self._lines:
            shape, focus, _ = line.split("\t", 2)
            yield shape, focus

    def changed(
        self,
        keeps: Callable[[str, str], bool],
        added: Iterable[Result],
        order: Callable[[Result], tuple[str, ...]],
    ) -> "KeptResults":
        """Return these results without some and with others.

        Args:
            keeps: whether results of this source shape and focus node, as N-Triples write them, stay.
            added: the others.
            order: what the results are sorted by.
        """
        lines = [line for line, place in zip(self._lines, self.places(), strict=True) if keeps(*place)]
        for result in added:
            lines.insert(
                bisect_right(lines, order(result), key=lambda line: order(_result(line))), _line(result)
            )
        return KeptResults(lines)

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, place: int) -> Result: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Result, ...]: ...

    def __getitem__(self, place: int | slice) -> Result | tuple[Result, ...]:
        if isinstance(place, slice):
            return tuple(map(_result, self._lines[place]))
        return _result(self._lines[place])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, KeptResults | tuple):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self._lines))


def write_report(folder: File, report: Report) -> None:
    """Write a report into a folder."""
    head = {
        "engine": report.engine,
        "fallbacks": [[str(f.shape), f.engine, f.reason] for f in report.fallbacks],
    }
    lines = [json.dumps(head), *KeptResults.of(report.results).lines]
    (folder / _FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_report(folder: File) -> Report | None:
    """Read the report that `write_report` has written into a folder; None where it has not."""
    file = folder / _FILE
    if not file.is_file():
        return None
    head, *lines = file.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    found = json.loads(head)
    fallbacks = (Fallback(cast(Resource, _term(shape)), *rest) for shape, *rest in found["fallbacks"])
    return Report(KeptResults(lines), found["engine"], tuple(fallbacks))


def _line(result: Result) -> str:
    shape, focus, severity, *others = _written(result)
    return "\t".join((shape, focus, severity, _encode(others)))


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _result(line: str) -> Result:
    shape, focus, severity, others = line.split("\t", 3)
    return _read([shape, focus, severity, *json.loads(others)])


def _written(result: Result) -> list[Any]:
    return [
        str(result.source_shape),
        str(result.focus),
        str(result.severity),
        str(result.component),
        None if result.path is None else _written_path(result.path),
        None if result.value is None else str(result.value),
        dict(result.messages),
        [_written(detail) for detail in result.details],
        None if result.source_constraint is None else str(result.source_constraint),
        [str(graph) for graph in result.graphs],
    ]


def _read(row: list[Any]) -> Result:
    shape, focus, severity, component, path, value, messages, details, constraint, graphs = row
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
        case Steps(parts):
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
        return Steps(paths)
    return Alternative(paths) if sign == "|" else Repeat(paths[0], sign)


@lru_cache(maxsize=65536)
def _term(written: str) -> Term:
    if written.startswith("<"):
        return NamedNode(written[1:-1])
    if written.startswith("_:"):
        return BlankNode(written[2:])
    statement = next(iter(parse(f"<urn:s> <urn:p> {written} .", RdfFormat.N_TRIPLES)))
    return cast(Term, statement.object)
