"""Values become terms, and nothing else."""

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st

from citykg.errors import UsageError
from citykg.library import read_query
from citykg.parameters import Parameter, literal_text, parameters_of, substitute

_ECHO = Path(__file__).parent / "data/small-city/queries/projects/echo.rq"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_EXPAND = {"xsd:gYearMonth": f"{_XSD}gYearMonth", "city:a": "https://w3id.org/citykg/ontology#a"}
#: Any text that UTF-8 and RDF can hold; XML's non-characters included.
_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def _fill(text: str, values: dict[str, str], declared: tuple[Parameter, ...] = ()) -> str:
    parameters = parameters_of(text, declared)
    return substitute(
        text, parameters, values, expand=_EXPAND.__getitem__, find_thing=lambda name: f"urn:thing:{name}"
    )


def _only_term(text: str) -> object:
    (solution,) = ox.Store().query(text)
    return solution[0]


@given(_TEXT)
@example("} DROP ALL")
@example('" } ; DROP ALL #')
@example("\\u0022 . } DROP ALL # \\U00000022 \\\\u0022 \\")
@example('line\nline\r\n\t\'""" {{ }}')
def test_any_string_survives_as_exactly_that_literal(value: str) -> None:
    text = _fill("SELECT ?x { BIND(?_text AS ?x) }", {"text": value})
    assert _only_term(text) == ox.Literal(value)


@given(_TEXT)
@example("\\u0022 . } DROP ALL # \\U00000022 \\\\u0022 \\")
@example('line\nline\r\n\t\'""" {{ }}')
def test_rdflib_reads_any_string_as_exactly_that_literal(value: str) -> None:
    text = _fill("SELECT ?x { BIND(?_text AS ?x) }", {"text": value})
    ((found,),) = rdflib.Graph().query(text)  # type: ignore[misc]
    assert str(found) == value


@given(_TEXT)
def test_any_string_keeps_its_language(value: str) -> None:
    assert _only_term(f"SELECT ({literal_text(value, language='zh')} AS ?x) {{}}") == ox.Literal(
        value, language="zh"
    )


def test_every_type_becomes_its_term_and_text_in_strings_comments_and_iris_stays() -> None:
    stored = read_query(_ECHO)
    text = substitute(
        stored.text, stored.parameters, {}, expand=_EXPAND.__getitem__, find_thing=lambda name: name
    )
    (solution,) = ox.Store().query(text)
    found = {variable.value: str(solution[variable.value]) for variable in ox.Store().query(text).variables}
    assert found == {
        "text": '"白河"',
        "quoted": '"?_text"',
        "iri": "<urn:x:?_text>",
        "count": f'"1"^^<{_XSD}integer>',
        "share": f'"0.5"^^<{_XSD}decimal>',
        "day": f'"2024-01-02"^^<{_XSD}date>',
        "year": f'"2024"^^<{_XSD}gYear>',
        "sure": f'"true"^^<{_XSD}boolean>',
        "colour": '"red"',
        "name": '"名"@zh',
        "month": f'"2024-01"^^<{_XSD}gYearMonth>',
        "hasOther": f'"false"^^<{_XSD}boolean>',
    }
    assert "# ?_text stays" in text


@pytest.mark.parametrize(
    ("token", "type_", "language"),
    [
        ("?_x", "string", "zh"),
        ("$_x", "string", "zh"),
        ("?_x_iri", "iri", "zh"),
        ("?_x_number", "number", "zh"),
        ("?_x_literal", "string", "zh"),
        ("?_x_integer", "integer", "zh"),
        ("?_x_xsd_gYearMonth", "xsd:gYearMonth", "zh"),
        ("?_x_en", "lang-string", "en"),
    ],
)
def test_grlc_suffixes_give_the_type_of_what_is_not_declared(token: str, type_: str, language: str) -> None:
    assert parameters_of(f"ASK {{ ?s ?p {token} }}") == (Parameter("x", type_, language=language),)


def test_a_declared_type_wins_over_a_suffix() -> None:
    (parameter,) = parameters_of("ASK { ?s ?p ?_x_integer }", (Parameter("x", "decimal"),))
    assert parameter.type == "decimal"


def test_what_is_declared_and_not_used_is_no_parameter() -> None:
    assert parameters_of("ASK { ?s ?p ?_x }", (Parameter("y"),)) == (Parameter("x"),)


def test_an_optional_parameter_that_is_left_out_stays_a_variable() -> None:
    text = "ASK { FILTER(COALESCE(?v = ?__x, true)) }"
    assert _fill(text, {}) == text
    assert '"1"' in _fill(text, {"x": "1"})


@pytest.mark.parametrize(
    ("values", "code", "message", "hint"),
    [
        ({}, "missing-parameter", "needs the parameter min", "--param min="),
        ({"mim": "1"}, "unknown-parameter", "no parameter 'mim'", "did you mean min?"),
        ({"min": "many"}, "wrong-parameter", "min='many'", "takes a decimal, for example"),
        (
            {"min": "1", "day": "2023-02-30"},
            "wrong-parameter",
            "day='2023-02-30'",
            "takes a date, for example",
        ),
        ({"min": "1", "sure": "maybe"}, "wrong-parameter", "sure='maybe'", "a boolean"),
        ({"min": "1", "who": "a b"}, "wrong-parameter", "who='a b'", "an absolute IRI or prefix:name"),
        ({"min": "1", "pick": "blue"}, "wrong-parameter", "pick='blue'", "one of red, green"),
        ({"min": "1", "text": "\udcff"}, "wrong-parameter", "not UTF-8", "UTF-8 locale"),
    ],
)
def test_a_parameter_that_does_not_fit_is_named_with_what_would(
    values: dict[str, str], code: str, message: str, hint: str
) -> None:
    text = "ASK { FILTER(?_min > ?__day || ?__sure || ?__who = ?__pick || ?__text = 1) }"
    declared = (
        Parameter("min", "decimal"),
        Parameter("day", "date"),
        Parameter("sure", "boolean"),
        Parameter("who", "iri"),
        Parameter("pick", choices=("red", "green")),
    )
    parameters = parameters_of(text, declared)
    with pytest.raises(UsageError, match=message) as caught:
        substitute(text, parameters, values, expand=str, find_thing=str)
    assert caught.value.code == code
    assert hint in caught.value.hint


@pytest.mark.parametrize("iri", ["urn:x> } DROP ALL #", "urn:x y", "urn:{x}", "urn:\\u003E", "no-scheme"])
def test_no_iri_can_end_itself(iri: str) -> None:
    with pytest.raises(UsageError) as caught:
        substitute("ASK { ?s ?p ?_x_iri }", parameters_of("?_x_iri"), {"x": iri}, expand=str, find_thing=str)
    assert caught.value.code == "wrong-parameter"
