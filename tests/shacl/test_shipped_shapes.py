"""The shapes of the project: well-formed by SHACL's own shapes, and the same report from either engine."""

from collections import Counter

import pytest
from pyoxigraph import RdfFormat, parse

from citykg.project import Layer, Project
from citykg.shacl.reading import read_shapes
from citykg.shacl.reference import shapes_of_shapes
from citykg.sources import AssertedData, read_project
from citykg.validate import shapes_of, validate


@pytest.fixture(scope="module")
def shipped() -> AssertedData:
    return read_project(Project.shipped())


def test_shapes_conform_to_shacl_shacl(shipped) -> None:
    report = validate(shapes_of(shipped), shapes_of_shapes())
    assert [str(result.focus) for result in report.results] == []
    assert report.fallbacks == ()


def test_shacl_shacl_finds_a_shape_that_is_none(shipped) -> None:
    broken = [
        *shapes_of(shipped),
        *parse("<urn:s> <http://www.w3.org/ns/shacl#minCount> 1.5 .", RdfFormat.TURTLE),
    ]
    assert {str(result.focus) for result in validate(broken, shapes_of_shapes()).results} == {"<urn:s>"}


@pytest.mark.long
def test_shapes_conform_to_shacl_shacl_in_pyshacl(shipped) -> None:
    assert validate(shapes_of(shipped), shapes_of_shapes(), engine="pyshacl").results == ()


def test_shapes_need_no_other_engine(shipped) -> None:
    shapes = read_shapes(shapes_of(shipped))
    assert shapes
    assert [shape for top in shapes for shape in top.reachable() if shape.unsupported] == []


@pytest.mark.long
def test_both_engines_report_the_same_on_a_damaged_graph(shipped) -> None:
    """Every seventh statement is left out, so that many shapes find something."""
    kept = [
        quad
        for number, quad in enumerate(shipped.quads(Layer.ENTITIES, Layer.ARTICLES, Layer.FACTS))
        if number % 7
    ]
    damaged = [*shipped.quads(Layer.ONTOLOGY), *kept]
    reports = [validate(damaged, shapes_of(shipped), engine=engine) for engine in ("fast", "pyshacl-store")]
    fast, pyshacl = (Counter(map(_key, report.results)) for report in reports)
    assert fast == pyshacl
    assert fast


def _key(result) -> tuple:
    return (
        str(result.focus),
        str(result.path),
        str(result.value),
        result.component.value,
        result.severity.value,
        str(result.source_shape),
        tuple(sorted(result.messages.items())),
    )
