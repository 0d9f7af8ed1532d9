"""Reading ahead and following: the same blocks, errors where they happen, threads that end."""

import threading
import time
from collections.abc import Generator
from pathlib import Path

import pyoxigraph as ox
import pytest

from citykg.export import StoreSource, from_quads
from citykg.export.ahead import ahead, followed
from citykg.export.sources import blocks_of
from citykg.load.kept import Kept

QUADS = [
    ox.Quad(ox.NamedNode(f"urn:s{n}"), ox.NamedNode("urn:p"), ox.Literal("七\n" * (n % 9)), graph)
    for n in range(30_000)
    for graph in (ox.DefaultGraph(), ox.NamedNode(f"urn:g{n % 3}"))
]


def test_what_is_read_ahead_is_what_there_is() -> None:
    with ahead(number for number in range(100)) as numbers:
        assert list(numbers) == list(range(100))


def test_several_streams_are_read_at_once_and_none_is_lost() -> None:
    both = threading.Barrier(2, timeout=5)

    def blocks(first: int) -> Generator[int, None, None]:
        both.wait()
        yield from range(first, 100, 2)

    with ahead(blocks(0), blocks(1)) as numbers:
        assert sorted(numbers) == list(range(100))


def test_an_error_of_one_stream_ends_all() -> None:
    def blocks() -> Generator[int, None, None]:
        yield 1
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"), ahead(blocks(), (number for number in range(9))) as found:
        list(found)


def test_reading_begins_before_anybody_asks() -> None:
    begun = threading.Event()

    def blocks() -> Generator[int, None, None]:
        begun.set()
        yield 1

    with ahead(blocks()):
        assert begun.wait(5)


def test_an_error_comes_after_what_was_read_before_it() -> None:
    def blocks() -> Generator[int, None, None]:
        yield 1
        raise OSError("gone")

    with ahead(blocks()) as found:
        assert next(found) == 1
        with pytest.raises(OSError, match="gone"):
            next(found)


def test_who_leaves_early_leaves_no_thread_behind() -> None:
    closed = threading.Event()

    def blocks() -> Generator[int, None, None]:
        try:
            while True:
                yield 1
        finally:
            closed.set()

    with ahead(blocks()) as found:
        assert next(found) == 1
    assert closed.wait(5)


def test_a_file_is_followed_to_its_end() -> None:
    def write(path: Path) -> None:
        with path.open("ab", buffering=0) as file:
            for number in range(20):
                file.write(f"{number}\n".encode() * 1000)
                time.sleep(0.002)

    found = b"".join(followed(write, size=4096))
    assert found == b"".join(f"{number}\n".encode() * 1000 for number in range(20))


def test_an_error_of_the_writer_is_raised() -> None:
    def write(path: Path) -> None:
        path.write_bytes(b"some\n")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        list(followed(write, size=100))


def test_blocks_are_whole_lines_however_a_stream_is_cut() -> None:
    text = b"".join(b"%d\n" % number for number in range(500_000))
    for size in (1_000, 99_999, len(text)):
        blocks = list(blocks_of(text[at : at + size] for at in range(0, len(text), size)))
        assert b"".join(blocks) == text
        assert all(block.endswith(b"\n") for block in blocks)
    assert list(blocks_of([b"<urn:s> ", b"no end"])) == [b"<urn:s> no end\n"]


def test_a_dataset_that_is_kept_is_read_from_its_source_once() -> None:
    store = ox.Store()
    store.bulk_extend(QUADS)
    read = []

    class Counted(StoreSource):
        def read(self, graph: str | None) -> Generator[bytes, None, None]:
            read.append(graph)
            yield from super().read(graph)

    source = Kept(Counted(store))
    names = [None, *source.graphs()]
    assert next(source.read(None))  # left before the end: not kept
    for _ in range(3):
        found = {name: b"".join(source.read(name)) for name in names}
    assert read == [None, *names]
    quads = [
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(name) if name else ox.DefaultGraph())
        for name, lines in found.items()
        for quad in ox.parse(lines, ox.RdfFormat.N_TRIPLES)
    ]
    assert set(quads) == set(QUADS)
    assert len(quads) == len(set(QUADS))
    assert dict(source.read_many(["urn:g1"])) == {"urn:g1": found["urn:g1"]}
    assert list(source.rows("SELECT ?s { <urn:s1> <urn:p> ?s }")) == [(ox.Literal("七\n"),)]
    assert sorted(b"".join(Kept(from_quads(QUADS)).read(None)).splitlines()) == sorted(
        found[None].splitlines()
    )
