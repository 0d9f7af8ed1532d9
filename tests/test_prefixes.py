"""Prefixes: read from one file, used to shorten and to expand."""

from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citykg.errors import CannotRun, UsageError
from citykg.prefixes import Prefixes, read_prefixes
from citykg.project import Project

_ARTICLE = "https://w3id.org/citykg/article/"
_PREFIXES = Prefixes(
    {"article": _ARTICLE, "city": "https://w3id.org/citykg/ontology#", "id": "https://w3id.org/"}
)


def test_the_longest_namespace_shortens() -> None:
    assert _PREFIXES.shorten(_ARTICLE + "dock") == "article:dock"


def test_an_iri_without_prefix_stays_in_brackets() -> None:
    assert _PREFIXES.shorten("http://example.org/x") == "<http://example.org/x>"
    assert _PREFIXES.shorten("https://w3id.org/other/x") == "<https://w3id.org/other/x>"


@pytest.mark.parametrize("local", ["dock#p07s02.m1", "a-b", "", "x.y", "1", "a'b", "a(b)"])
def test_an_escaped_name_is_valid_sparql(local: str) -> None:
    name = _PREFIXES.shorten(_ARTICLE + local, escape=True)
    store = pyoxigraph.Store()
    asked = f"ASK {{ FILTER({name} = <{_ARTICLE}{local}>) }}"
    assert store.query(_PREFIXES.sparql_header() + asked)


@given(st.text(alphabet="ab1-_.#'()/:%", max_size=12))
def test_expanding_undoes_shortening(local: str) -> None:
    iri = _ARTICLE + local
    assert _PREFIXES.expand(_PREFIXES.shorten(iri)) == iri
    assert _PREFIXES.expand(_PREFIXES.shorten(iri, escape=True)) == iri


def test_an_unknown_prefix_is_named_with_one_that_is_near() -> None:
    with pytest.raises(UsageError) as caught:
        _PREFIXES.expand("artcle:dock")
    assert caught.value.code == "unknown-prefix"
    assert "artcle:" in caught.value.message
    assert "article:" in caught.value.hint


def test_what_is_no_name_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        _PREFIXES.expand("dock")
    assert caught.value.code == "not-a-name"


def test_the_shipped_prefixes_are_all_read(shipped_project: Project) -> None:
    text = shipped_project.prefix_file().read_text(encoding="utf-8")
    assert len(read_prefixes(shipped_project.prefix_file())) == text.count("sh:prefix ")


def test_a_prefix_with_two_namespaces_is_refused(small_project: Project) -> None:
    file = small_project.prefix_file()
    content = file.read_text(encoding="utf-8")
    file.write_text(
        content + '<urn:x> sh:declare [ sh:prefix "city" ; sh:namespace "urn:y" ] .', encoding="utf-8"
    )
    with pytest.raises(CannotRun) as caught:
        read_prefixes(file)
    assert caught.value.code == "prefix-declared-twice"


def test_a_project_without_prefix_file_has_no_prefixes(tmp_path: Path) -> None:
    assert dict(read_prefixes(tmp_path / "prefixes.ttl")) == {}
