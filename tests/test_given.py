"""RDF that a person gives: in any format, packed or not, as a file or at standard input."""

import gzip
import io
from pathlib import Path

import pyoxigraph as ox
import pytest

from citykg.errors import CannotRun
from citykg.export import FORMATS, Format, format_named
from citykg.given import read_given
from citykg.prefixes import Prefixes

PREFIXES = Prefixes({"city": "https://w3id.org/citykg/ontology#"})
TRIPLE = ox.Triple(
    ox.NamedNode("https://example.org/a"),
    ox.NamedNode("https://example.org/p"),
    ox.Literal("湖\n2", language="zh"),
)
GRAPH = ox.NamedNode("https://example.org/g")


def written(form: Format) -> tuple[bytes, ox.Quad]:
    quad = ox.Quad(*TRIPLE, GRAPH if form.graphs else ox.DefaultGraph())
    content = ox.serialize([quad if form.graphs else TRIPLE], format=form.parser)
    assert content is not None
    return content, quad


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_every_format_is_read_by_its_ending_and_without_one(
    form: Format, packed: bool, tmp_path: Path
) -> None:
    content, quad = written(form)
    stored = gzip.compress(content) if packed else content
    file = tmp_path / ("a" + form.ending + (".gz" if packed else ""))
    file.write_bytes(stored)
    without_ending = tmp_path / "a"
    without_ending.write_bytes(stored)
    for source in (file, without_ending, io.BytesIO(stored)):
        given = read_given(source, prefixes=PREFIXES)
        assert given.statements == [quad]
        assert given.text.encode() == content
    assert given.name == "standard input"


def test_the_ending_of_ontology_editors_is_rdf_xml(tmp_path: Path) -> None:
    content, quad = written(format_named("rdfxml"))
    (tmp_path / "a.owl").write_bytes(content)
    assert read_given(tmp_path / "a.owl", prefixes=PREFIXES).statements == [quad]


def test_a_format_that_is_named_counts_where_no_ending_names_one(tmp_path: Path) -> None:
    content, quad = written(format_named("jsonld"))
    (tmp_path / "a.json").write_bytes(content)
    form = format_named("jsonld")
    assert read_given(tmp_path / "a.json", form=form, prefixes=PREFIXES).statements == [quad]
    (tmp_path / "a.jsonld").write_bytes(content)
    other = format_named("turtle")
    assert read_given(tmp_path / "a.jsonld", form=other, prefixes=PREFIXES).statements == [quad]


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        ("@prefix a: <urn:> .\na:a a:b\n", "turtle-syntax", "standard input:3:"),
        ("<urn:a> <urn:b> <urn:c> <urn:g> .\n<urn:a> <urn:b> .\n", "turtle-syntax", "standard input:2:"),
        ('{"@id": ', "turtle-syntax", "standard input:1:"),
        ("<urn:a> <urn:b> '湖' .\n".encode("gb18030"), "not-utf8", "standard input:1: the file is not UTF-8"),
        (b"\x1f\x8bno", "unreadable", "standard input: not whole or not gzip"),
    ],
)
def test_a_mistake_at_standard_input_is_said_with_its_line(
    content: str | bytes, code: str, message: str
) -> None:
    stream = io.BytesIO(content.encode() if isinstance(content, str) else content)
    with pytest.raises(CannotRun) as caught:
        read_given(stream, prefixes=PREFIXES)
    assert caught.value.code == code
    assert caught.value.message.startswith(message)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("a.ttl", "iconv -f GB18030 -t UTF-8 {file}"),
        ("a.ttl.gz", "gzip -dc {file} | iconv -f GB18030 -t UTF-8"),
        ("-", "… | iconv -f GB18030 -t UTF-8 | citykg …"),
    ],
)
def test_the_hint_for_another_encoding_can_be_run(name: str, hint: str, tmp_path: Path) -> None:
    content = "<urn:a> <urn:b> '湖' .\n".encode("gb18030")
    file = tmp_path / name
    file.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    with pytest.raises(CannotRun) as caught:
        read_given(io.BytesIO(content) if name == "-" else file, prefixes=PREFIXES)
    assert caught.value.hint == f"convert it, for instance: {hint.format(file=file)}"


def test_a_name_that_promises_packing_is_held_to_it(tmp_path: Path) -> None:
    (tmp_path / "a.nq.gz").write_text("<urn:a> <urn:b> <urn:c> .\n", encoding="utf-8")
    with pytest.raises(CannotRun, match="not whole or not gzip"):
        read_given(tmp_path / "a.nq.gz", prefixes=PREFIXES)
