"""Every format says the same as what it was written from: the shipped graph, and 100,000 hard statements."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from citykg.canonical import canonical_nquads
from citykg.export import (
    FORMATS,
    Format,
    Graphs,
    StoreSource,
    export,
    export_context,
    format_named,
    from_quads,
)
from citykg.manifest import store_folder
from citykg.prefixes import read_prefixes
from citykg.project import Project
from citykg.store import EmbeddedStore

from .generated import generated

_NAMESPACES = {
    "ex": "http://example.org/",
    "article": "https://w3id.org/citykg/article/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def _merged(quads: Iterable[ox.Quad], form: Format) -> Iterable[ox.Quad]:
    return quads if form.graphs else (ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)


def _back(path: Path, form: Format) -> bytes:
    return canonical_nquads(ox.parse(gzip.decompress(path.read_bytes()), form.parser))


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_the_shipped_graph_round_trips(
    form: Format, shipped_build: Path, shipped_project: Project, tmp_path: Path
) -> None:
    store = EmbeddedStore(store_folder(shipped_build)).graph
    target = tmp_path / f"graph{form.ending}.gz"
    prefixes = read_prefixes(shipped_project.prefix_file())
    export(StoreSource(store), target, form=form, prefixes=prefixes, selection=Graphs(["all"]))
    assert _back(target, form) == canonical_nquads(_merged(store, form))


@pytest.mark.long
@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_a_hundred_thousand_statements_with_every_kind_of_literal_round_trip(
    form: Format, tmp_path: Path
) -> None:
    target = tmp_path / f"graph{form.ending}.gz"
    source = from_quads(generated(100_000))
    export(source, target, form=form, prefixes=_NAMESPACES, selection=Graphs(["all"]))
    assert _back(target, form) == canonical_nquads(_merged(generated(100_000), form))


def test_the_published_context_is_that_of_the_graph_and_can_be_referred_to(
    shipped_build: Path, shipped_project: Project, tmp_path: Path
) -> None:
    prefixes = read_prefixes(shipped_project.prefix_file())
    source = StoreSource(EmbeddedStore(store_folder(shipped_build)).graph)
    published = Path(__file__).parents[2] / "docs" / "context.jsonld"
    export_context(source, tmp_path / "context", prefixes=prefixes)
    assert (tmp_path / "context").read_bytes() == published.read_bytes()

    iri = "https://w3id.org/citykg/context.jsonld"
    documents = []
    for context_iri in (None, iri):
        form = format_named("jsonld")
        export(source, tmp_path / "out", form=form, prefixes=prefixes, context_iri=context_iri)
        documents.append(json.loads((tmp_path / "out").read_text(encoding="utf-8")))
    assert documents[1]["@context"] == iri
    assert documents[1] | json.loads(published.read_text(encoding="utf-8")) == documents[0]
