"""Large graphs read in slices: each statement once, short and refused slices made good by the whole graph."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citykg.canonical import canonical_nquads
from citykg.endpoints import Credentials, connect
from citykg.endpoints.slices import SLICE, cut
from citykg.export import from_quads
from citykg.export.selection import CLOSURE
from citykg.load.plan import make_plan
from citykg.verify import verify

from .test_endpoints import reply, serving

PROPERTIES = 7
GRAPH = ox.NamedNode(CLOSURE)


@dataclass
class Virtuoso:
    """A server of that kind with one large graph; what it is asked for is noted.

    Args:
        store: what it holds.
        most: triples that it gives in one slice, of more without a word.
        refuses: whether it refuses slices.
    """

    store: ox.Store
    most: int = 10**9
    refuses: bool = False
    slices: int = 0
    gets: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Answer a GET of the graph or a query."""
        if request.command == "GET":
            self.gets += 1
            reply(request, body=self._whole(), media_type="application/n-triples")
            return
        form = parse_qs(request.rfile.read(int(request.headers["Content-Length"])).decode())
        request.headers.replace_header("Content-Length", "0")
        with self.lock:
            found = self.store.query(form["query"][0])
            if isinstance(found, ox.QueryTriples):
                self.slices += 1
                body = ox.serialize(list(found)[: self.most], format=ox.RdfFormat.N_TRIPLES)
                status, kind = (500 if self.refuses else 200), "application/n-triples"
            else:
                assert isinstance(found, ox.QuerySolutions)
                body = found.serialize(format=ox.QueryResultsFormat.JSON)
                status, kind = 200, "application/sparql-results+json"
        reply(request, status, body or b"", kind)

    def _whole(self) -> bytes:
        return self.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=GRAPH) or b""


def _quads(triples: int) -> Iterator[ox.Quad]:
    for number in range(triples):
        subject = ox.BlankNode(f"b{number % 5}") if number % 1000 == 0 else ox.NamedNode(f"urn:s{number}")
        yield ox.Quad(subject, ox.NamedNode(f"urn:p{number % PROPERTIES}"), ox.Literal(f"正 {number}"), GRAPH)


@contextmanager
def _served(server: Virtuoso) -> Iterator[str]:
    with serving(server.answer) as url:
        yield url


def _read(server: Virtuoso) -> bytes:
    with _served(server) as url:
        source = connect(url, kind="virtuoso", credentials=Credentials(), timeout=30).source()
        blocks = b"".join(source.read(None))
    return canonical_nquads(ox.parse(blocks, ox.RdfFormat.N_TRIPLES))


def _filled(triples: int) -> ox.Store:
    store = ox.Store()
    store.extend(_quads(triples))
    return store


@pytest.fixture(scope="module")
def large() -> ox.Store:
    """One graph that is worth slicing, with blank nodes that stand in several slices."""
    return _filled(3 * SLICE)


def _same(store: ox.Store) -> bytes:
    return canonical_nquads(ox.Quad(q.subject, q.predicate, q.object) for q in store)


def test_a_large_graph_comes_in_slices_and_a_blank_node_of_two_is_one(large: ox.Store) -> None:
    server = Virtuoso(large)
    assert _read(server) == _same(large)
    assert (server.slices, server.gets) == (4, 0)


@pytest.mark.parametrize("fault", [{"most": 100}, {"refuses": True}])
def test_slices_that_are_short_or_refused_are_made_good_by_the_whole_graph(
    large: ox.Store, fault: dict[str, int]
) -> None:
    server = Virtuoso(large, **fault)  # type: ignore[arg-type]
    assert _read(server) == _same(large)
    assert server.slices
    assert server.gets == 1


def test_a_small_graph_is_asked_for_whole() -> None:
    store = _filled(SLICE - 1)
    server = Virtuoso(store)
    assert _read(server) == _same(store)
    assert (server.slices, server.gets) == (0, 1)


def test_what_is_missing_and_what_is_new_is_found_in_slices(large: ox.Store) -> None:
    source = from_quads(ox.Quad(q.subject, q.predicate, q.object) for q in large)
    changed = ox.Store()
    changed.extend(quad for quad in large if quad.object != ox.Literal("正 4711"))
    changed.add(ox.Quad(ox.NamedNode("urn:new"), ox.NamedNode("urn:p0"), ox.Literal("1"), GRAPH))
    server = Virtuoso(changed)
    with _served(server) as url:
        endpoint = connect(url, kind="virtuoso", credentials=Credentials(), timeout=30)
        found = verify(source, endpoint, make_plan({None: 3 * SLICE}, endpoint))
    assert server.slices
    assert [line.split()[0] for line in found.difference.removed] == ["<urn:s4711>"]
    assert [line.split()[0] for line in found.difference.added] == ["<urn:new>"]


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 1000), max_size=20), st.integers(1, 8))
def test_every_name_is_in_one_group_and_no_group_is_much_larger(counts: dict[str, int], number: int) -> None:
    groups = cut(counts, number)
    assert sorted(name for group in groups for name in group) == sorted(counts)
    assert len(groups) <= number
    sums = [sum(counts[name] for name in group) for group in groups]
    assert max(sums, default=0) <= sum(counts.values()) / number + max(counts.values(), default=0)
