"""Stored queries: headers, look-up, and what every shipped one has to have."""

import marshal
import re
from itertools import pairwise
from pathlib import Path

import pytest

from citykg.errors import CannotRun, UsageError
from citykg.library import Library, find_query, read_query
from citykg.parameters import TYPES, Parameter
from citykg.project import Project
from citykg.syntax import first_error
from citykg.tokens import Kind, code_tokens, is_update

_ROOT = Path(__file__).parents[1]
_SHIPPED = Project(_ROOT).queries()


@pytest.fixture
def library(made_up_city: Project) -> Library:
    return Library(made_up_city.queries())


def _file(folder: Path, text: str, name: str = "q") -> Path:
    path = folder / f"{name}.rq"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_header_says_title_question_parameters_and_columns(library: Library) -> None:
    query = library["project-investments"]
    assert query.title == "项目投资"
    assert query.summary == "Projects by amount"
    assert query.topic == "projects"
    assert query.tags == ("projects", "money")
    assert query.parameters == (
        Parameter("min", "decimal", label="最低金额", description="人民币元", default="0"),
        Parameter("investor", "thing", label="投资方", optional=True),
    )
    assert query.columns["amount"] == "金额"
    assert query.sparql.startswith("PREFIX")


def test_defaults_are_read_as_a_mapping_and_as_the_list_of_grlc(library: Library) -> None:
    defaults = {parameter.name: parameter.default for parameter in library["echo"].parameters}
    assert defaults["text"] == "白河"
    assert defaults["day"] == "2024-01-02"
    assert {parameter.name: parameter.choices for parameter in library["echo"].parameters}["colour"] == (
        "red",
        "green",
    )


def test_a_query_without_a_header_is_a_query(tmp_path: Path) -> None:
    query = read_query(_file(tmp_path, "ASK { ?s ?p ?_x_integer }"))
    assert query.title == ""
    assert query.parameters == (Parameter("x", "integer"),)


def test_an_unknown_name_gets_the_nearest_ones(library: Library) -> None:
    with pytest.raises(UsageError, match="'project-investment'") as caught:
        library["project-investment"]
    assert caught.value.code == "unknown-query"
    assert "project-investments" in caught.value.hint


def test_a_query_is_found_without_listing_all(made_up_city: Project) -> None:
    folder = made_up_city.root / "queries"
    assert find_query(folder, "officials") == folder / "people" / "officials.rq"
    assert find_query(folder, "nothing") is None
    assert find_query(folder / "none", "officials") is None


@pytest.mark.parametrize(
    ("header", "place"),
    [
        ("#+ summary: a: b", "q.rq:1:"),
        ("#+ a\n#+ b", "q.rq:1"),
        ("#+ citykg:\n#+   parameters: {x: {type: money}}", "q.rq"),
    ],
)
def test_a_broken_header_is_named_with_its_place(tmp_path: Path, header: str, place: str) -> None:
    with pytest.raises(CannotRun, match=place) as caught:
        read_query(_file(tmp_path, f"{header}\nASK {{ ?s ?p ?_x }}"))
    assert caught.value.code == "query-header"


def test_a_file_that_is_not_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_bytes("# one\nASK { ?s ?p '七台河' }".encode("gb18030"))
    with pytest.raises(CannotRun, match=r"q\.rq:2: not UTF-8") as caught:
        read_query(path)
    assert caught.value.code == "not-utf8"


def test_a_cached_header_is_used_only_for_the_lines_that_it_was_read_from(tmp_path: Path) -> None:
    cache = tmp_path / "headers"
    path = _file(tmp_path, "#+ summary: one\nASK {}")
    assert read_query(path, cache=cache).summary == "one"
    (entry,) = cache.iterdir()
    kept = marshal.loads(entry.read_bytes())
    kept["header"]["summary"] = "from the cache"
    entry.write_bytes(marshal.dumps(kept))
    assert read_query(path, cache=cache).summary == "from the cache"
    assert read_query(_file(tmp_path, "#+ summary: two\nASK {}"), cache=cache).summary == "two"


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xff", marshal.dumps([]), marshal.dumps({"lines": 1})])
def test_a_broken_cache_entry_is_replaced(tmp_path: Path, content: bytes) -> None:
    cache = tmp_path / "headers"
    path = _file(tmp_path, "#+ summary: one\nASK {}")
    read_query(path, cache=cache)
    (entry,) = cache.iterdir()
    entry.write_bytes(content)
    assert read_query(path, cache=cache).summary == "one"
    assert marshal.loads(entry.read_bytes())["header"]["summary"] == "one"


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    path = _file(tmp_path, "#+ summary: one\nASK {}")
    assert read_query(path, cache=tmp_path / "file" / "headers").summary == "one"


def _each_shipped() -> list[object]:
    return [pytest.param(path, id=f"{path.parent.name}/{path.stem}") for path in _SHIPPED]


@pytest.mark.parametrize("path", _each_shipped())
def test_every_stored_query_is_ordered_described_and_valid(path: Path) -> None:
    query = read_query(path)
    words = [token.text.upper() for token in code_tokens(query.text) if token.kind is Kind.WORD]
    assert any(pair == ("ORDER", "BY") for pair in pairwise(words)) or words[0] == "ASK"
    # A number behind LIMIT is the one thing that a parameter stands for and a variable cannot.
    assert first_error(re.sub(r"(LIMIT|OFFSET)\s+\?_\w+", r"\1 1", query.text)) is None
    assert not is_update(query.text)
    assert query.summary
    assert query.title
    assert query.question
    assert query.tags
    assert all(parameter.type in TYPES or ":" in parameter.type for parameter in query.parameters)


def test_names_of_stored_queries_are_unique_over_all_topics() -> None:
    names = [path.stem for path in _SHIPPED]
    assert len(names) == len(set(names))
