"""SPARQL text as tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citykg.errors import UsageError
from citykg.tokens import Kind, caret, code_tokens, is_update, position, refuse_update, tokens


@given(st.text())
def test_the_tokens_of_any_text_joined_are_the_text(text: str) -> None:
    assert "".join(token.text for token in tokens(text)) == text


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ('?a "?_a" \'?_a\' """x "?_a" """ <urn:?_a> # ?_a', "variable string string string iri"),
        ("?a<?b", "variable sign variable"),
        ("?a<?b&&?c>?d", "variable iri variable"),  # longest match, as the specification has it
        ("city:a.b city:p?_x city:x\\#y", "name name variable name"),
        ("_:b1 @zh-Hans 1.5e3 .5 7.", "blank language number number number sign"),
        ('"a\\"b"^^xsd:string', "string sign name"),
    ],
)
def test_strings_iris_and_names_are_told_from_variables(text: str, kinds: str) -> None:
    assert " ".join(token.kind.value for token in code_tokens(text)) == kinds


def test_a_comment_ends_with_its_line() -> None:
    assert [token.kind for token in tokens("# ?_a\n?b")] == [Kind.COMMENT, Kind.SPACE, Kind.VARIABLE]


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:a> <a:b> 1 }",
        "PREFIX insert: <urn:x> delete where { ?s ?p ?o }",
        "BASE <urn:x>\n# SELECT\nPREFIX a: <urn:y>\nDROP ALL",
        "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_is_refused_before_any_store_sees_it(text: str) -> None:
    with pytest.raises(UsageError, match="is an update") as caught:
        refuse_update(text, where="my.rq")
    assert caught.value.code == "query-is-update"


@pytest.mark.parametrize(
    "text", ["", "SELECT * { ?s ?p 'DROP ALL' }", "PREFIX drop: <urn:x> ASK {}", "# DROP ALL"]
)
def test_a_query_that_only_speaks_of_updates_is_none(text: str) -> None:
    assert not is_update(text)


def test_position_and_caret_count_chinese_characters_as_one_column_and_two_cells() -> None:
    text = "ASK {\n ?s ?p '七台河' }"
    assert position(text, text.index("}")) == (2, 14)
    line, below = caret(text, 2, 14).split("\n")
    assert line.index("}") + 3 == below.index("^")
