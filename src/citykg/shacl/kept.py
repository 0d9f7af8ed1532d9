"""A report kept beside a store: a line for each result, found by its focus node, decoded when asked for.

A line begins with the focus node, the source shape and the severity, as N-Triples write them, and goes on
with JSON; tabs stand between. ``report.json`` says the rest, and how many results there are of each severity.
"""

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from heapq import nsmallest
from pathlib import Path as File
from typing import Any, cast, overload

from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse

from citykg.kept_lines import KeptLines

from .paths import Alternative, Inverse, Path, Predicate, Repeat
from .paths import Sequence as Steps
from .results import Fallback, Report, Result, Severity
from .vocabulary import Resource, Term

__all__ = ["KeptResults", "read_report", "write_report"]

_HEAD = "report.json"
_LINES = "report.jsonl"
_TAB = b"\t"


class KeptResults(Sequence[Result]):
    """The results of a report as they are kept; each is decoded when it is asked for.

    Args:
        lines: a line for each, in groups by focus node.
        severities: how many there are of each severity, by its IRI.
    """

    def __init__(self, lines: KeptLines, severities: Mapping[str, int]) -> None:
        self._kept = lines
        self._severities = severities

    @classmethod
    def of(cls, results: Sequence[Result]) -> "KeptResults":
        """Return results as they are kept; they are sorted by their focus nodes."""
        if isinstance(results, cls):
            return results
        severities = Counter(result.severity.value for result in results)
        return cls(KeptLines(map(_line, results), separator=_TAB), severities)

    @property
    def lines(self) -> KeptLines:
        """The lines."""
        return self._kept

    def severities(self) -> dict[NamedNode, int]:
        """Return how many results there are of each severity."""
        return {NamedNode(severity): number for severity, number in self._severities.items()}

    def gravest(self, number: int) -> tuple[Result, ...]:
        """Return so many of the results as `Report.gravest` does, without decoding the others."""
        ranks = {iri: Severity.of(NamedNode(iri)).rank for iri in self._severities}
        return tuple(map(_result, nsmallest(number, self._kept, key=lambda line: ranks[_severity(line)])))

    def shapes(self, focus: str) -> set[str]:
        """Return the source shapes of the results of a focus node, all as N-Triples write them."""
        return {_shape(line) for line in self._kept.group(focus.encode())}

    def changed(
        self,
        replaced: Mapping[str, frozenset[str] | None],
        added: Iterable[Result],
        order: Callable[[Result], tuple[str, ...]],
    ) -> "KeptResults":
        """Return these results without some and with others.

        Args:
            replaced: by source shape, the focus nodes whose results are left out, all as N-Triples write
                them; None for all focus nodes.
            added: the others.
            order: what the results are sorted by, the focus node first.
        """
        new: dict[str, list[Result]] = {}
        for result in added:
            new.setdefault(str(result.focus), []).append(result)
        touched = {*new}.union(*(nodes for nodes in replaced.values() if nodes is not None))
        entirely = {shape for shape, nodes in replaced.items() if nodes is None}
        if entirely:
            touched.update(_focus(line) for line in self._kept if _shape(line) in entirely)

        def stays(line: bytes, focus: str) -> bool:
            nodes = replaced.get(_shape(line), frozenset())
            return nodes is not None and focus not in nodes

        groups: dict[bytes, list[bytes]] = {}
        severities = Counter(self._severities)
        for focus in touched:
            old = self._kept.group(focus.encode())
            lines = [line for line in old if stays(line, focus)]
            for result in new.get(focus, ()):
                place = bisect_right(lines, order(result), key=lambda line: order(_result(line)))
                lines.insert(place, _line(result))
            groups[focus.encode()] = lines
            severities.subtract(map(_severity, old))
            severities.update(map(_severity, lines))
        return KeptResults(self._kept.replaced(groups), +severities)

    @cached_property
    def _lines(self) -> tuple[bytes, ...]:
        return tuple(self._kept)

    def __len__(self) -> int:
        return sum(self._severities.values())

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
        return hash(self._lines)


def write_report(folder: File, report: Report) -> None:
    """Write a report into a folder."""
    results = KeptResults.of(report.results)
    head = {
        "engine": report.engine,
        "fallbacks": [[str(f.shape), f.engine, f.reason] for f in report.fallbacks],
        "severities": {severity.value: number for severity, number in results.severities().items()},
    }
    (folder / _HEAD).write_text(json.dumps(head), encoding="utf-8")
    results.lines.write(folder, _LINES)


def read_report(folder: File) -> Report | None:
    """Open the report that `write_report` has written into a folder; None where it has not."""
    try:
        head = json.loads((folder / _HEAD).read_bytes())
    except FileNotFoundError:
        return None
    lines = KeptLines.read(folder, _LINES, separator=_TAB)
    fallbacks = (Fallback(cast(Resource, _term(shape)), *rest) for shape, *rest in head["fallbacks"])
    return Report(KeptResults(lines, head["severities"]), head["engine"], tuple(fallbacks))


def _focus(line: bytes) -> str:
    return line.split(_TAB, 1)[0].decode()


def _shape(line: bytes) -> str:
    return line.split(_TAB, 2)[1].decode()


def _severity(line: bytes) -> str:
    return line.split(_TAB, 3)[2].decode()[1:-1]


def _line(result: Result) -> bytes:
    focus, shape, severity, *others = _written(result)
    return "\t".join((focus, shape, severity, _encode(others))).encode()


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _result(line: bytes) -> Result:
    focus, shape, severity, others = line.decode().split("\t", 3)
    return _read([focus, shape, severity, *json.loads(others)])


def _written(result: Result) -> list[Any]:
    return [
        str(result.focus),
        str(result.source_shape),
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
    focus, shape, severity, component, path, value, messages, details, constraint, graphs = row
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
