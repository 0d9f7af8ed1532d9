"""Stored queries answer what they answered when somebody looked, on both engines, in one order."""

import re
import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from citykg.library import Library, StoredQuery
from citykg.results import Solutions
from citykg.store import Store

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMERIC = {_XSD + name for name in ("decimal", "integer", "double")}


def _value(term: Any) -> object:
    """A number by its value, every other term as it is."""
    if isinstance(term, ox.Literal) and term.datatype.value in _NUMERIC:
        return Decimal(term.value)
    return None if term is None else str(term)


def _rows(answer: Solutions) -> list[tuple[object, ...]]:
    return [tuple(map(_value, row)) for row in answer.rows]


def test_result_is_the_golden_one(
    case: Any, answer: Callable[..., Solutions], golden: Callable[..., Solutions]
) -> None:
    found, expected = answer(case), golden(case)
    assert found.variables == expected.variables
    assert _rows(found) == _rows(expected)


def test_rdflib_gives_the_same_rows_in_the_same_order(
    case: Any, answer: Callable[..., Solutions], reference: Store
) -> None:
    found, expected = answer(case, reference), answer(case)
    assert found.variables == expected.variables
    assert _rows(found) == _rows(expected)


def test_order_is_total(case: Any, answer: Callable[..., Solutions], library: Library) -> None:
    clause = library[case.query].sparql.rpartition("ORDER BY")[2]
    found = answer(case)
    keys = [found.variables.index(name) for name in re.findall(r"\?(\w+)", clause) if name in found.variables]
    ordered_by = [tuple(row[key] for key in keys) for row in _rows(found)]
    assert len(set(ordered_by)) == len(ordered_by)


def test_every_query_finds_something_in_the_shipped_graph(stored: StoredQuery) -> None:
    from_files = sorted((Path(__file__).parent / "golden").glob("*.tsv"))
    own = [file for file in from_files if file.name.partition(".")[0] == stored.name]
    assert any(file.read_bytes().count(b"\n") > 1 for file in own)


def test_every_parameter_has_a_case(stored: StoredQuery) -> None:
    cases = (Path(__file__).parent / "cases.toml").read_text(encoding="utf-8")
    sets = tomllib.loads(cases).get(stored.name, {}).values()
    assert {parameter.name for parameter in stored.parameters} == {name for values in sets for name in values}


def test_no_golden_result_is_left_over(library: Library) -> None:
    files = {file.name.partition(".")[0] for file in (Path(__file__).parent / "golden").glob("*.tsv")}
    assert files == set(library.names())
