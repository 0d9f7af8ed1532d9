"""Files as datasets: any format, any order, any size, and a mistake with its line."""

import gzip
import io
import random
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from citykg.canonical import canonical_nquads
from citykg.errors import CannotRun, UsageError
from citykg.export import CLOSURE, FORMATS, Format, Source, format_named, from_quads, sources
from citykg.export import file_source as module
from citykg.export.file_source import FileSource, read_file

from .publishing.generated import generated

TRIPLE = "<urn:a> <urn:p> <urn:b>"


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    def write(content: str | bytes, name: str = "a.nq") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def _held(source: Source) -> dict[str | None, list[bytes]]:
    graphs = (None, *source.graphs())
    return {graph: sorted(b"".join(source.read(graph)).split(b"\n")) for graph in graphs}


def _quads(source: Source) -> list[ox.Quad]:
    return [
        ox.Quad(
            quad.subject, quad.predicate, quad.object, ox.NamedNode(graph) if graph else ox.DefaultGraph()
        )
        for graph in (None, *source.graphs())
        for quad in ox.parse(b"".join(source.read(graph)), ox.RdfFormat.N_TRIPLES)
    ]


def _cut_short(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """Read in many small blocks."""
    monkeypatch.setattr(module, "_READ", size)
    monkeypatch.setattr(sources, "_BLOCK", size)


def test_lines_in_any_order_are_gathered_by_graph(
    written: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _cut_short(monkeypatch, 5_000)
    monkeypatch.setattr(module, "_HELD", 20_000)  # hundreds of graphs that are written early
    monkeypatch.setattr(module, "_WHOLE", 2_000)
    quads = list(generated(5_000))
    lines = (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").split(b"\n")
    random.Random(3).shuffle(lines)
    source = read_file(written(b"\n".join(lines)))
    assert _held(source) == _held(from_quads(quads))
    assert sum(source.counts.values()) == len(quads)
    assert [graph for graph, _ in source.read_many(source.graphs()[:2])] == source.graphs()[:2]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_every_format_says_the_same(form: Format, packed: bool, written: Callable[..., Path]) -> None:
    text = '<urn:a> <urn:p> "七台河"@zh , 1.50 , [ <urn:q> "x\\ny" ] .'
    quads = [quad.triple for quad in ox.parse(text, ox.RdfFormat.TURTLE)]
    content = ox.serialize(quads, format=form.parser) or b""
    path = written(gzip.compress(content) if packed else content, f"a{form.ending}{'.gz' * packed}")
    expected = [ox.Quad(triple.subject, triple.predicate, triple.object) for triple in quads]
    assert canonical_nquads(_quads(read_file(path))) == canonical_nquads(expected)


def test_another_spelling_of_a_line_becomes_the_canonical_one(written: Callable[..., Path]) -> None:
    source = read_file(
        written(
            '# a comment\n\n<urn:a>\t<urn:p>   "\\u4E03\\u53F0"^^<http://www.w3.org/2001/XMLSchema#string>.\r\n'
        )
    )
    assert b"".join(source.read(None)).decode() == '<urn:a> <urn:p> "七台" .\n'


def test_a_last_line_without_an_end_is_read(written: Callable[..., Path]) -> None:
    assert read_file(written(f"{TRIPLE} .\n<urn:c> <urn:p> 'x' .".replace("'", '"'))).counts == {None: 2}


def test_blank_nodes_keep_together_across_blocks(
    written: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _cut_short(monkeypatch, 64)
    lines = "".join(f"_:x <urn:p> _:y{number} .\n_:y{number} <urn:q> _:x .\n" for number in range(50))
    path = written(lines, "a.nt")
    expected = list(ox.parse(lines, ox.RdfFormat.N_TRIPLES))
    assert canonical_nquads(_quads(read_file(path))) == canonical_nquads(expected)


def test_triple_terms_are_read(written: Callable[..., Path]) -> None:
    line = '<urn:r> <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( <urn:a> <urn:p> "<x> ." )>>'
    source = read_file(written(f"{line} <urn:g> .\n{line} .\n"))
    assert _held(source) == {graph: [b"", f"{line} .".encode()] for graph in (None, "urn:g")}


def test_what_stands_in_no_graph_can_be_given_one_and_the_closure_has_its_place(
    written: Callable[..., Path],
) -> None:
    path = written(f"{TRIPLE} .\n{TRIPLE} <{CLOSURE}> .\n{TRIPLE} <urn:g> .\n")
    assert read_file(path).counts == {None: 2, "urn:g": 1}
    assert read_file(path, graph="urn:into").counts == {"urn:into": 1, None: 1, "urn:g": 1}


@pytest.mark.parametrize(
    ("bad", "code", "place"),
    [
        ("<urn:a> <urn:p> .", "turtle-syntax", ":61:"),
        ('<urn:a> <p> "x" .', "turtle-syntax", ":61:9: "),
        (b'<urn:a> <urn:p> "\xc6\xdf" .', "not-utf8", ":61: "),
    ],
)
def test_a_mistake_is_said_with_its_line(
    bad: str | bytes, code: str, place: str, written: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _cut_short(monkeypatch, 100)
    bad = bad.encode() if isinstance(bad, str) else bad
    path = written((f"{TRIPLE} .\n" * 60).encode() + bad + b"\n" + f"{TRIPLE} .\n".encode() * 60, "bad.nt")
    with pytest.raises(CannotRun) as caught:
        read_file(path)
    assert caught.value.code == code
    assert f"bad.nt{place}" in caught.value.message
    if code == "turtle-syntax":
        assert f"\n  61 | {bad.decode()}\n" in caught.value.message


def test_a_mistake_in_turtle_is_said_with_its_line(written: Callable[..., Path]) -> None:
    with pytest.raises(CannotRun, match=r"a\.ttl:2:"):
        read_file(written(f"{TRIPLE} .\nex:a ex:b 1 .", "a.ttl"))


@pytest.mark.parametrize("before", [0, 3, 5_000])
@pytest.mark.parametrize("name", ["a.ttl", "a.trig", "a.nt"])
def test_a_text_in_another_encoding_is_told_by_its_first_line_in_it(
    name: str, before: int, written: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_READ", 20_000)
    content = f"{TRIPLE} .\n# 湖\n".encode() * before + f'<urn:a> <urn:p> "湖" .\n{TRIPLE} .\n'.encode(
        "gb18030"
    )
    with pytest.raises(CannotRun) as caught:
        read_file(written(content, name))
    assert caught.value.code == "not-utf8"
    assert f"{name}:{2 * before + 1}: the file is not UTF-8" in caught.value.message
    assert "iconv -f GB18030" in caught.value.hint


@pytest.mark.parametrize("name", ["a.ttl", "a.nt"])
def test_a_byte_order_mark_is_told(name: str, written: Callable[..., Path]) -> None:
    with pytest.raises(CannotRun, match="byte order mark"):
        read_file(written(b"\xef\xbb\xbf" + f"{TRIPLE} .\n".encode(), name))


@pytest.mark.parametrize("name", ["a.nq.gz", "a.ttl.gz"])
def test_a_file_that_is_cut_or_not_packed_is_refused(name: str, written: Callable[..., Path]) -> None:
    whole = gzip.compress(f"{TRIPLE} .\n".encode() * 1000)
    for content in (whole[:-20], b"\x1f\x8b\x08", whole[:-8] + b"\0" * 8, b"no gzip"):
        with pytest.raises(CannotRun, match="not whole or not gzip"):
            read_file(written(content, name))


def test_a_file_that_is_not_there_or_has_no_known_ending_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="there is no file"):
        read_file(tmp_path / "a.nq")
    with pytest.raises(CannotRun, match="Is a directory"):
        read_file(tmp_path, form=format_named("nquads"))
    with pytest.raises(UsageError, match="names no format"):
        read_file(tmp_path / "a.txt")


def test_an_open_file_is_read_as_n_quads_packed_or_not(tmp_path: Path) -> None:
    content = f"{TRIPLE} <urn:g> .\n".encode()
    for data in (content, gzip.compress(content)):
        assert read_file(io.BufferedReader(io.BytesIO(data))).counts == {"urn:g": 1}  # type: ignore[arg-type]
    (tmp_path / "a").write_bytes(content)
    with (tmp_path / "a").open("rb", buffering=0) as raw:  # as standard input is under PYTHONUNBUFFERED
        assert read_file(raw).counts == {"urn:g": 1}
        assert not raw.closed


def test_the_digest_is_of_what_is_said_however_it_is_packed(written: Callable[..., Path]) -> None:
    content = f"{TRIPLE} .\n".encode()
    plain = read_file(written(content)).digest
    assert read_file(written(gzip.compress(content, mtime=5), "b.nq.gz")).digest == plain
    assert read_file(written(content.replace(b"urn:b", b"urn:c"))).digest != plain


def test_a_file_can_be_queried(written: Callable[..., Path]) -> None:
    source = read_file(written(f"{TRIPLE} .\n{TRIPLE} <urn:g> .\n_:x <urn:p> <urn:c> _:g .\n"))
    assert list(source.rows("SELECT ?o { GRAPH <urn:g> { ?s ?p ?o } }")) == [(ox.NamedNode("urn:b"),)]
    assert b"".join(source.construct("CONSTRUCT WHERE { ?s ?p ?o }")).decode() == f"{TRIPLE} .\n"
    assert source.graphs() == ["_:g", "urn:g"]


def test_memory_does_not_grow_with_the_file(written: Callable[..., Path]) -> None:
    def peak(statements: int) -> int:
        lines = (
            f'<urn:s{number}> <urn:p> "{"x" * 200}" <urn:g{number % 7}> .\n' for number in range(statements)
        )
        path = written("".join(lines))
        tracemalloc.start()
        try:
            source: FileSource = read_file(path)
            assert (
                sum(block.count(b"\n") for graph in source.graphs() for block in source.read(graph))
                == statements
            )
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(120_000) < 1.2 * peak(40_000)
