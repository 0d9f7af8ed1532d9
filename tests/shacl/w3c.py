"""The W3C SHACL test suite: its manifests read, its tests run, its reports compared."""
# ruff: noqa: E501 - reasons and reports are sentences

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from citykg.errors import CannotRun
from citykg.shacl.graph import Graph
from citykg.shacl.paths import read_path
from citykg.shacl.vocabulary import sh
from citykg.validate import validate

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
ROOT = Path(os.environ.get("CITYKG_SUITES") or Path(__file__).parents[3] / "shared" / "suites")
SUITE = ROOT / "data-shapes" / "data-shapes-test-suite" / "tests"


@dataclass(frozen=True)
class Case:
    """One test of the suite."""

    name: str
    data: tuple[Quad, ...]
    shapes: tuple[Quad, ...]
    expected: Counter | None  # None: a failure must be reported

    def run(self, engine: str) -> str:
        """Return ``passed``, or what was different."""
        try:
            report = validate(list(self.data), list(self.shapes), engine=engine)
        except CannotRun as error:
            return "passed" if self.expected is None else f"refused: {error.message}"
        if self.expected is None:
            return "a failure was expected"
        found = Counter(map(_key, report.results))
        if found == self.expected:
            return "passed"
        return f"missing {list((self.expected - found).elements())}, unexpected {list((found - self.expected).elements())}"


def cases(part: str) -> list[Case]:
    """Return the tests of ``core`` or ``sparql``, of every file that has entries, listed in a manifest or not."""
    return [case for path in sorted((SUITE / part).rglob("*.ttl")) for case in _cases(path)]


def _cases(path: Path) -> Iterator[Case]:
    quads = _load(path)
    graph = Graph(quads)
    for head in (
        value
        for node in graph.subjects(NamedNode(MF + "entries"))
        for value in graph.objects(node, NamedNode(MF + "entries"))
    ):
        for entry in graph.items(head):
            yield _case(path, graph, quads, entry)


def _case(path: Path, graph: Graph, quads: list[Quad], entry) -> Case:
    action = graph.value(entry, NamedNode(MF + "action"))
    data, shapes = (
        tuple(quads if (file := _file(graph.value(action, NamedNode(SHT + name)))) == path else _load(file))
        for name in ("dataGraph", "shapesGraph")
    )
    result = graph.value(entry, NamedNode(MF + "result"))
    expected = None
    if result != NamedNode(SHT + "Failure"):
        expected = Counter(_expected(graph, node) for node in graph.objects(result, sh("result")))
    name = f"{path.parent.parent.name}/{path.parent.name}/{entry.value.rpartition('/')[2].rpartition('#')[2]}"
    return Case(name, data, shapes, expected)


def _expected(graph: Graph, node) -> tuple:
    def value(name):
        return graph.value(node, sh(name))

    path = value("resultPath")
    return (
        value("focusNode"),
        str(read_path(graph, path)) if path is not None else None,
        value("value"),
        value("sourceConstraintComponent"),
        value("resultSeverity"),
        value("sourceShape"),
    )


def _key(result) -> tuple:
    return (
        result.focus,
        str(result.path) if result.path is not None else None,
        result.value,
        result.component,
        result.severity,
        result.source_shape,
    )


def _load(path: Path) -> list[Quad]:
    return list(parse(path.read_bytes(), RdfFormat.TURTLE, base_iri=path.as_uri()))


def _file(iri) -> Path:
    return Path(iri.value.removeprefix("file://"))
