"""The record of what loads of a project have put into a target."""

from pathlib import Path

import pytest

from citykg.load import open_ledger

GRAPH, PASSAGE = "urn:g", "https://w3id.org/citykg/article/dock#p01"


def test_a_graph_is_held_as_a_load_left_it(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path, target="http://x")
    assert not ledger.holds(GRAPH, 3)
    ledger.begin({None: 9, GRAPH: 3, PASSAGE: 2})
    assert all(ledger.holds(GRAPH, number) for number in (1, 3))  # partly written
    ledger.end({None: 8, GRAPH: 3, PASSAGE: 2})
    again = open_ledger(tmp_path, target="http://x")
    assert [again.holds(GRAPH, number) for number in (1, 3, 4)] == [False, True, False]
    assert again.holds(None, 8)
    assert again.most(None) == 8
    assert set(again.names) == {"", GRAPH, "https://w3id.org/citykg/article/dock"}
    assert not open_ledger(tmp_path, target="http://y").names


def test_a_graph_that_has_been_removed_is_forgotten(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path, target="http://x")
    ledger.end({GRAPH: 3})
    ledger.forget([GRAPH])
    assert not open_ledger(tmp_path, target="http://x").names


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"cut": 1}', b'{"cut": 0, "graphs": [], "articles": []}', b"\xff"]
)
def test_a_record_that_cannot_be_read_says_nothing(tmp_path: Path, content: bytes) -> None:
    open_ledger(tmp_path, target="http://x").end({GRAPH: 3})
    next(tmp_path.iterdir()).write_bytes(content)
    assert not open_ledger(tmp_path, target="http://x").names
