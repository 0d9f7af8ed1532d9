"""Every shape has a graph that keeps it and one that breaks it and nothing else."""

from functools import cache
from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from citykg.prefixes import read_prefixes
from citykg.project import Layer, Project
from citykg.reason import infer
from citykg.shacl.graph import Graph
from citykg.shacl.selection import closure_shapes, targeted_shapes
from citykg.sources import parse_file, read_project
from citykg.validate import validate

HERE = Path(__file__).parent
SHAPE = "https://w3id.org/citykg/shape#"
SH = "http://www.w3.org/ns/shacl#"
SHAPES_ONTOLOGY = NamedNode("https://w3id.org/citykg/shapes")
CASES = sorted(folder.name for folder in HERE.iterdir() if (folder / "invalid.ttl").exists())


def sh(name: str) -> NamedNode:
    return NamedNode(SH + name)


@cache
def project_data():
    return read_project(Project(HERE.parents[1]))


@cache
def shapes() -> Graph:
    return Graph(project_data().quads(Layer.SHAPES))


@cache
def rules() -> frozenset[str]:
    """The shapes that say something; what only gathers others has no message."""
    return frozenset(
        triple.subject.value
        for triple in shapes()
        if triple.predicate == sh("severity") and isinstance(triple.subject, NamedNode)
    )


@cache
def city() -> tuple[Triple, ...]:
    ontology = [quad.triple for quad in project_data().quads(Layer.ONTOLOGY)]
    return (*ontology, *triples(HERE / "city.ttl"))


def triples(path: Path) -> list[Triple]:
    return [quad.triple for quad in parse_file(path)]


def holders(name: str) -> list[NamedNode]:
    """The shape itself, or the one that gathers it: where its target stands."""
    rule = NamedNode(SHAPE + name)
    graph = shapes()
    found = [
        shape for shape in targeted_shapes(graph) if rule in (shape, *graph.objects(shape, sh("property")))
    ]
    assert found, name
    return found


def raised(
    path: Path, *, engine: str = "fast", only: list[NamedNode] | None = None, inferring: bool = False
) -> set[str]:
    """Run all shapes, or some, on the small city with this graph; closure shapes on its closure."""
    data = [*city(), *triples(path)]
    results = validate(data, shapes(), engine=engine, only=only).results
    if inferring:
        whole = [*data, *infer(data).inferred]
        results += validate(whole, shapes(), engine=engine, closure=True, only=only).results
    return {result.source_shape.value for result in results}


def test_every_shape_has_a_valid_and_an_invalid_graph() -> None:
    assert {SHAPE + name for name in CASES} == rules()
    assert [name for name in CASES if not (HERE / name / "valid.ttl").exists()] == []


def test_the_small_city_raises_nothing() -> None:
    assert raised(HERE / "city.ttl", inferring=True) == set()


@pytest.mark.parametrize("name", CASES)
def test_valid_graph_keeps_its_shape(name: str) -> None:
    inferring = not closure_shapes(shapes()).isdisjoint(holders(name))
    path = HERE / name / "valid.ttl"
    assert SHAPE + name not in raised(path, only=holders(name), inferring=inferring)


@pytest.mark.parametrize("name", CASES)
def test_invalid_graph_raises_exactly_its_shape(name: str) -> None:
    inferring = not closure_shapes(shapes()).isdisjoint(holders(name))
    assert raised(HERE / name / "invalid.ttl", inferring=inferring) == {SHAPE + name}


@pytest.mark.long
@pytest.mark.parametrize("name", CASES)
def test_valid_graph_raises_nothing_at_all(name: str) -> None:
    assert raised(HERE / name / "valid.ttl", inferring=True) == set()


@pytest.mark.long
@pytest.mark.parametrize("name", CASES)
def test_reference_engine_agrees(name: str) -> None:
    inferring = not closure_shapes(shapes()).isdisjoint(holders(name))
    options = {"engine": "pyshacl", "only": holders(name), "inferring": inferring}
    assert raised(HERE / name / "invalid.ttl", **options) == {SHAPE + name}
    assert SHAPE + name not in raised(HERE / name / "valid.ttl", **options)


def test_every_shape_has_messages_severity_and_a_reason() -> None:
    graph = shapes()
    for rule in rules():
        node = NamedNode(rule)
        assert graph.value(node, sh("severity")) in (sh("Violation"), sh("Warning"), sh("Info")), rule
        assert graph.value(node, NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")), rule
        holders = [node, *graph.objects(node, sh("sparql"))]
        languages = sorted(m.language for holder in holders for m in graph.objects(holder, sh("message")))
        assert languages == ["en", "zh"], rule


def test_three_severities_are_in_use() -> None:
    used = {shapes().value(NamedNode(rule), sh("severity")) for rule in rules()}
    assert used == {sh("Violation"), sh("Warning"), sh("Info")}


def test_every_shape_is_reached_from_a_target() -> None:
    graph = shapes()
    reached = {
        node.value
        for shape in targeted_shapes(graph)
        for node in (shape, *graph.objects(shape, sh("property")))
    }
    assert rules() <= reached


def test_shapes_keep_to_shacl_shacl() -> None:
    graph = rdflib.Graph()
    for path in Project(HERE.parents[1]).shapes():
        graph.parse(path)
    conforms, _, report = pyshacl.entrypoints.meta_validate(graph)
    assert conforms, report


def test_prefixes_of_shapes_are_those_of_the_project() -> None:
    graph = shapes()
    own = {
        graph.value(node, sh("prefix")).value: graph.value(node, sh("namespace")).value
        for node in graph.objects(SHAPES_ONTOLOGY, sh("declare"))
    }
    declared = read_prefixes(HERE.parents[1] / "ontology" / "prefixes.ttl")
    assert own == {prefix: declared.expand(prefix + ":") for prefix in own}


def test_shapes_name_only_terms_that_exist() -> None:
    defined = {triple.subject for triple in city()}
    city_terms = {
        term
        for triple in shapes()
        for term in (triple.predicate, triple.object)
        if isinstance(term, NamedNode) and term.value.startswith("https://w3id.org/citykg/ontology#")
    }
    assert city_terms - defined == set()


def test_shipped_data_breaks_no_rule() -> None:
    data = list(project_data().merged())
    results = validate(data, shapes()).results
    whole = [*data, *infer(data).inferred]
    results += validate(whole, shapes(), closure=True).results
    assert [(r.focus, r.messages) for r in results if r.severity == sh("Violation")] == []


def test_test_graphs_are_turtle_that_stands_alone() -> None:
    for path in HERE.glob("*/*.ttl"):
        assert list(parse(path.read_bytes(), RdfFormat.TURTLE)), path
