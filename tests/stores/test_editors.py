"""Editors of the SIB kind: they complete and list examples on any store that received the graph."""

import json
import urllib.parse
import urllib.request

import pytest
from servers import Server  # type: ignore[import-not-found]

from citykg.catalog import WithCatalog
from citykg.endpoints import Endpoint
from citykg.export import StoreSource
from citykg.load import graph_counts, load, make_plan
from citykg.project import Project

pytestmark = pytest.mark.stores

_EXAMPLES = """PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?sq ?comment ?query WHERE { ?sq a sh:SPARQLExecutable ; rdfs:comment ?comment ;
  sh:select|sh:ask|sh:construct|sh:describe ?query . } ORDER BY ?sq"""
_PROPERTIES = """PREFIX void: <http://rdfs.org/ns/void#>
SELECT DISTINCT ?class ?prop WHERE { ?cp void:class ?class ; void:propertyPartition ?pp .
  ?pp void:property ?prop }"""
_PREFIXES = """PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?prefix ?namespace WHERE { [] sh:namespace ?namespace ; sh:prefix ?prefix }"""
# What an editor is given on stores whose default graph is the closure alone; see their pages.
_ADDED = {
    "oxigraph": "?union-default-graph",
    "fuseki": "?default-graph-uri=urn:x-arq:DefaultGraph"
    "&default-graph-uri=https://w3id.org/citykg/graph/catalog",
}


def test_an_editor_finds_examples_classes_properties_and_prefixes(
    endpoint: Endpoint, server: Server, shipped_source: StoreSource, shipped_project: Project
) -> None:
    source = WithCatalog(shipped_source, shipped_project)
    plan = make_plan(graph_counts(source), endpoint)
    load(source, endpoint, plan)
    url = endpoint.addresses.query.replace("/sparql-auth", "/sparql") + _ADDED.get(server.kind, "")
    examples = _asked(url, _EXAMPLES)
    assert len(examples) > 50
    assert len({row["sq"]["value"] for row in examples}) == len(examples)
    properties = {(row["class"]["value"], row["prop"]["value"]) for row in _asked(url, _PROPERTIES)}
    ontology = "https://w3id.org/citykg/ontology#"
    assert (f"{ontology}Measurement", f"{ontology}value") in properties
    assert {"city", "xsd"} <= {row["prefix"]["value"] for row in _asked(url, _PREFIXES)}


def _asked(url: str, query: str) -> list[dict[str, dict[str, str]]]:
    """Ask as an editor does: a form, and nothing about graphs."""
    request = urllib.request.Request(url, urllib.parse.urlencode({"query": query}).encode())
    request.add_header("Accept", "application/sparql-results+json")
    with urllib.request.urlopen(request, timeout=60) as answer:
        rows: list[dict[str, dict[str, str]]] = json.load(answer)["results"]["bindings"]
    return rows
