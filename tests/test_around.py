"""A report on a few nodes comes to the same from the files that write them as from all files."""

import pyoxigraph as ox
import pytest

from citykg.around import data_around
from citykg.build import Outcome, build
from citykg.project import Project
from citykg.shacl.findings import find
from citykg.shacl.results import Report, Result
from citykg.sources import read_project
from citykg.validate import asserted_store

_PLACE = "https://w3id.org/citykg/id/place/"
_PIER = ox.NamedNode(_PLACE + "north-pier-1")
_SAYS = '<http://www.w3.org/2000/01/rdf-schema#comment> "…"@zh .'
_SPELLINGS = {
    "whole": f"<{_PLACE}north-pier-1> {_SAYS}",
    "prefix": f"@prefix p: <{_PLACE}> .\np:north-pier-1 {_SAYS}",
    "prefix within the name": f"PREFIX p: <{_PLACE}north-pi>\np:er-1 {_SAYS}",
    "prefix of the name": f"pReFiX p: <{_PLACE}north-pier-1>\np: {_SAYS}",
    "escaped": f"@prefix : <{_PLACE[:-1]}> .\n:\\/north\\-pier\\-1 {_SAYS}",
    "base": f"@base <{_PLACE}> .\n<north-pier-1> {_SAYS}",
    "SPARQL base": f"BASE <{_PLACE}>\n<north-pier-1> {_SAYS}",
    "code point": f"<{_PLACE}north\\u002Dpier-1> {_SAYS}",
    "as a value": f"<{_PLACE}quay> <http://purl.org/dc/terms/relation> <{_PIER.value}> .",
}

_SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:place> a sh:NodeShape ; sh:property <urn:label> ;
    sh:targetClass <https://w3id.org/citykg/ontology#Place> .
<urn:label> sh:path <http://www.w3.org/2000/01/rdf-schema#label> ; sh:minCount 1 .
"""


@pytest.mark.parametrize("spelling", _SPELLINGS)
def test_a_file_that_writes_a_node_is_found_however_it_spells_it(
    small_project: Project, spelling: str
) -> None:
    file = small_project.root / "data/background/piers.ttl"
    file.parent.mkdir(exist_ok=True)
    file.write_text(_SPELLINGS[spelling], encoding="utf-8")
    assert any(_PIER in quad.triple for quad in read_project(small_project).quads())
    found = data_around(small_project, [_PIER], contents={})
    assert file in [source.path for source in found.files]


def test_a_file_that_writes_none_of_the_nodes_is_not_parsed(small_project: Project) -> None:
    file = small_project.root / "data/background/broken.ttl"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"@prefix p: <{_PLACE}> .\np:quay is no Turtle", encoding="utf-8")
    assert file not in [source.path for source in data_around(small_project, [_PIER], contents={}).files]


def test_findings_are_the_same_around_their_nodes_as_in_all_files(shipped_project: Project) -> None:
    data = read_project(shipped_project)
    everywhere = asserted_store(data)
    nodes = list(
        dict.fromkeys(quad.subject for quad in data.quads() if isinstance(quad.subject, ox.NamedNode))
    )
    passages = [node for node in nodes if everywhere.contains_named_graph(node)]
    assert len(passages) > 50
    shape = ox.NamedNode("urn:shape")
    for node in [*nodes[::400], *passages[::20]]:
        report = Report((Result(node, shape, shape, shape),))
        around = data_around(shipped_project, [node], contents={}, parsed=data.files)
        assert len(around.files) < len(data.files)
        assert find(report, around, asserted_store(around)) == find(report, data, everywhere)


def test_a_refused_build_says_where_without_the_files_of_others(small_project: Project) -> None:
    shapes = small_project.root / "ontology/shapes/places.ttl"
    shapes.parent.mkdir()
    shapes.write_text(_SHAPES, encoding="utf-8")
    assert build(small_project).outcome is Outcome.BUILT
    with (small_project.root / "data/entities/places.ttl").open("a", encoding="utf-8") as stream:
        stream.write(f"\n<{_PIER.value}> a <https://w3id.org/citykg/ontology#Place> .")
    result = build(small_project)
    assert (result.outcome, result.whole) == (Outcome.REFUSED, None)
    assert result.assembly is not None
    assert result.assembly.report is not None
    nodes = [found.focus for found in result.assembly.report.results]
    around = result.assembly.around(nodes)
    assert around.locate(str(nodes[0])[1:-1]) is not None
    assert {source.layer.value for source in around.files}.isdisjoint(("facts", "articles"))
