"""A server that ends its answers after so many rows: what may be cut is refused, and graphs arrive whole."""

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from servers import Missing, start  # type: ignore[import-not-found]

from citykg.endpoints import Credentials, Endpoint, EndpointStore, connect
from citykg.errors import CannotRun
from citykg.results import Solutions

pytestmark = pytest.mark.stores

_ALL = "SELECT * { GRAPH <urn:g> { ?s ?p ?o } }"


@pytest.fixture(scope="module")
def stingy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """Virtuoso with two graphs of 300 triples, and at most 100 rows in an answer."""
    try:
        running = start("virtuoso", tmp_path_factory.mktemp("stingy"))
    except Missing as missing:
        pytest.skip(str(missing))
    try:
        who = running.environment
        credentials = Credentials(who["CITYKG_USER"], who["CITYKG_PASSWORD"])
        endpoint = connect(running.url, credentials=credentials, timeout=120)
        for graph in ("urn:g", "urn:h"):
            lines = "".join(f'<urn:s{number}> <urn:p> "{number}" .\n' for number in range(300))
            endpoint.updates.add(graph, lines.encode())
        ini = running.folder / "virtuoso.ini"  # read for every query
        text = ini.read_text(encoding="utf-8")
        assert "ResultSetMaxRows = 1000000" in text
        ini.write_text(text.replace("MaxRows = 1000000", "MaxRows = 100"), encoding="utf-8")
        yield endpoint
    finally:
        running.stop()


@pytest.mark.parametrize(
    "query",
    [
        _ALL,
        f"{_ALL} LIMIT 200",
        f"{_ALL} ORDER BY ?s",
        f"SELECT * {{ {{ {_ALL} LIMIT 9 }} UNION {{ GRAPH <urn:g> {{ ?s ?p ?o }} }} }}",
    ],
)
def test_an_answer_that_may_be_cut_is_refused(stingy: Endpoint, query: str) -> None:
    with pytest.raises(CannotRun) as error:
        EndpointStore(stingy).query(query)
    assert error.value.code == "endpoint-too-many-rows"
    assert "after 100 rows" in error.value.message


@pytest.mark.parametrize(
    ("query", "rows"),
    [(f"{_ALL} LIMIT 100", 100), (f"{_ALL} ORDER BY ?s LIMIT 100 OFFSET 250", 50), (f"{_ALL} LIMIT 7", 7)],
)
def test_a_page_that_was_asked_for_is_an_answer(stingy: Endpoint, query: str, rows: int) -> None:
    answer = EndpointStore(stingy).query(query)
    assert isinstance(answer, Solutions)
    assert len(answer.rows) == rows


def test_graphs_are_read_whole_all_the_same(stingy: Endpoint) -> None:
    found: dict[str, set[ox.Quad]] = {}
    for graph, block in stingy.source().read_many(["urn:g", "urn:h"]):
        found.setdefault(graph, set()).update(ox.parse(block, ox.RdfFormat.N_TRIPLES))
    assert {graph: len(triples) for graph, triples in found.items()} == {"urn:g": 300, "urn:h": 300}
