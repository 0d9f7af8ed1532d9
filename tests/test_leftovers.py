"""Graphs in a store that a dataset does not have: which may be removed, and which are never offered."""

import pyoxigraph as ox
import pytest

from citykg.endpoints import Credentials, connect
from citykg.export import DatasetSource, from_quads
from citykg.load import leftovers, make_plan
from citykg.load.plan import Plan

BASE = "https://w3id.org/citykg/"
DOCK, MILL = BASE + "article/dock", BASE + "article/mill"
ENTITIES, CATALOG, BACKGROUND = (BASE + f"graph/{name}" for name in ("entities", "catalog", "background"))


def _there(*graphs: str) -> DatasetSource:
    node = ox.NamedNode("urn:x")
    return from_quads(ox.Quad(node, node, node, ox.NamedNode(graph)) for graph in graphs)


def _plan(*graphs: str | None, part: bool = False) -> Plan:
    endpoint = connect("http://localhost:1", kind="oxigraph", credentials=Credentials())
    return make_plan(dict.fromkeys(graphs, 1), endpoint, part=part)


def test_a_passage_that_an_article_has_lost_is_stale() -> None:
    found = leftovers(_plan(None, f"{DOCK}#p01"), _there(f"{DOCK}#p01", f"{DOCK}#p02", "urn:mine"))
    assert (found.stale, found.others) == ((f"{DOCK}#p02",), ())


@pytest.mark.parametrize("graph", [BACKGROUND, CATALOG])
def test_what_projects_have_in_common_is_not_offered_beside_passages_of_others(graph: str) -> None:
    plan = _plan(None, ENTITIES, f"{DOCK}#p01")
    assert leftovers(plan, _there(ENTITIES, graph)).stale == (graph,)
    found = leftovers(plan, _there(ENTITIES, graph, f"{MILL}#p01"))
    assert (found.stale, found.others) == ((), (f"{MILL}#p01", graph))


def test_what_a_load_of_this_project_has_put_there_is_stale() -> None:
    plan = _plan(None, ENTITIES, f"{DOCK}#p01")
    found = leftovers(plan, _there(f"{MILL}#p01", BACKGROUND), {MILL, BACKGROUND})
    assert (found.stale, found.others) == ((f"{MILL}#p01", BACKGROUND), ())


def test_a_part_of_a_dataset_says_nothing_but_of_its_articles() -> None:
    there = _there(f"{DOCK}#p01", f"{DOCK}#p02", f"{MILL}#p01", ENTITIES, CATALOG)
    found = leftovers(_plan(ENTITIES, f"{DOCK}#p01", part=True), there)
    assert (found.stale, found.others) == ((f"{DOCK}#p02",), ())
