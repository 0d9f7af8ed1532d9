"""Large graphs read back from real stores, in slices where that is quicker: nothing lost, nothing doubled."""

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from servers import Missing, Server, start  # type: ignore[import-not-found]

from citykg.endpoints import Credentials, Endpoint, connect
from citykg.endpoints.slices import SLICE
from citykg.export import from_quads
from citykg.load import graph_counts, load, make_plan, prune
from citykg.verify import verify

pytestmark = pytest.mark.stores

TRIPLES = 60_000


def _quads() -> Iterator[ox.Quad]:
    """Seven properties; a few subjects are blank nodes that hang together through several of them."""
    for number in range(TRIPLES):
        blank = number % 100 == 0
        subject = ox.BlankNode(f"b{number % 700}") if blank else ox.NamedNode(f"urn:s{number % 9000}")
        value = ox.BlankNode(f"b{(number + 100) % 700}") if number % 700 == 0 else ox.Literal(f"正 {number}")
        yield ox.Quad(subject, ox.NamedNode(f"urn:p{number % 7}"), value)


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """Virtuoso that gives 10,000 rows and no more."""
    try:
        running = start("virtuoso", tmp_path_factory.mktemp("limited"))
    except Missing as missing:
        pytest.skip(str(missing))
    try:
        who = running.environment
        credentials = Credentials(who["CITYKG_USER"], who["CITYKG_PASSWORD"])
        ini = running.folder / "virtuoso.ini"  # read for every query
        text = ini.read_text(encoding="utf-8")
        assert "ResultSetMaxRows = 1000000" in text
        ini.write_text(text.replace("MaxRows = 1000000", "MaxRows = 10000"), encoding="utf-8")
        yield connect(running.url, credentials=credentials, timeout=120)
    finally:
        running.stop()


def test_a_large_graph_with_blank_nodes_is_proven_and_what_changes_is_found(
    server: Server, endpoint: Endpoint
) -> None:
    source = from_quads(_quads())
    plan = make_plan(graph_counts(source), endpoint)
    load(source, endpoint, plan)
    try:
        found = verify(source, endpoint, plan)
        assert found.difference.equal, (found.difference.removed[:2], found.difference.added[:2])
        assert not found.miscounts
        old = "<urn:s1> <urn:p1> '正 1'"
        where = f"GRAPH <{endpoint.closure}> {{ {old} }}" if endpoint.closure else old
        endpoint.updates.run(f"DELETE DATA {{ {where} }}")
        endpoint.updates.add(endpoint.closure, '<urn:s1> <urn:p1> "他" .\n'.encode())
        difference = verify(source, endpoint, plan).difference
        assert (difference.removed, difference.added) == (
            ['<urn:s1> <urn:p1> "正 1" .'],
            ['<urn:s1> <urn:p1> "他" .'],
        )
    finally:
        prune([endpoint.closure], endpoint)


def test_a_graph_that_grows_while_it_is_read_has_all_that_stayed(server: Server, endpoint: Endpoint) -> None:
    source = from_quads(_quads())
    load(source, endpoint, make_plan(graph_counts(source), endpoint))
    try:
        there = endpoint.source()
        assert there.closure_count() > 2 * SLICE
        blocks = there.read(None)
        read = [next(blocks)]
        endpoint.updates.add(
            endpoint.closure, b"".join(b"<urn:new> <urn:p0> <urn:%d> .\n" % n for n in range(9))
        )
        read += blocks
        lines = {line for block in read for line in block.splitlines() if b"_:" not in line}
        kept = {line for block in source.read(None) for line in block.splitlines() if b"_:" not in line}
        assert kept <= lines
        assert all(line.startswith(b"<urn:new>") for line in lines - kept)
    finally:
        prune([endpoint.closure], endpoint)


def test_slices_that_virtuoso_cuts_are_made_good(limited: Endpoint) -> None:
    source = from_quads(quad for quad in _quads() if not isinstance(quad.subject, ox.BlankNode))
    plan = make_plan(graph_counts(source), limited)
    load(source, limited, plan)
    found = verify(source, limited, plan)
    assert found.difference.equal, (found.difference.removed[:2], found.difference.added[:2])
    assert not found.miscounts
