"""What the tests of stored queries share: the library, the cases, and two engines on the shipped build."""

import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from citykg.library import Library, read_query
from citykg.opening import open_store
from citykg.prefixes import Prefixes, read_prefixes
from citykg.project import Project
from citykg.query import prepare_stored
from citykg.results import Solutions, write
from citykg.store import Store

_ROOT = Path(__file__).parents[2]
_GOLDEN = Path(__file__).parent / "golden"


@dataclass(frozen=True)
class Case:
    """One stored query with one set of parameters, and the file of its golden result."""

    query: str
    name: str
    values: dict[str, str]

    @property
    def file(self) -> Path:
        return _GOLDEN / f"{self.query}{'.' if self.name else ''}{self.name}.tsv"

    def __str__(self) -> str:
        return f"{self.query}.{self.name}" if self.name else self.query


def _cases() -> list[Case]:
    sets = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))
    cases = []
    for path in sorted(Project(_ROOT).queries(), key=lambda path: path.stem):
        if not any(parameter.required for parameter in read_query(path).parameters):
            cases.append(Case(path.stem, "", {}))
        cases += [Case(path.stem, name, values) for name, values in sets.pop(path.stem, {}).items()]
    assert not sets, f"cases of queries that do not exist: {', '.join(sets)}"
    return cases


CASES = _cases()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        metafunc.parametrize("case", CASES, ids=str)
    if "stored" in metafunc.fixturenames:
        queries = [read_query(path) for path in Project(_ROOT).queries()]
        metafunc.parametrize("stored", queries, ids=[query.name for query in queries])


@pytest.fixture(scope="session")
def prefixes() -> Prefixes:
    return read_prefixes(Project(_ROOT).prefix_file())


@pytest.fixture(scope="session")
def library() -> Library:
    return Library(Project(_ROOT).queries())


@pytest.fixture(scope="session")
def store(shipped_build: Path) -> Store:
    return open_store(None, store=str(shipped_build))


@pytest.fixture(scope="session")
def reference(shipped_build: Path) -> Store:
    return open_store(None, store=str(shipped_build), engine="rdflib")


@pytest.fixture(scope="session")
def answer(library: Library, prefixes: Prefixes, store: Store) -> Callable[..., Solutions]:
    """Run a case; the text is made by the default engine, so that both run the same."""

    def run(case: Case, on: Store = store) -> Solutions:
        text = prepare_stored(library[case.query], case.values, store=store, prefixes=prefixes).text
        found = on.query(text)
        assert isinstance(found, Solutions)
        return found

    return run


@pytest.fixture(scope="session")
def golden(answer: Callable[..., Solutions]) -> Callable[[Case], Solutions]:
    """Read the golden result of a case; CITYKG_GOLDEN=write writes it first, to be looked at in the diff."""

    def read(case: Case) -> Solutions:
        if os.environ.get("CITYKG_GOLDEN") == "write":
            case.file.write_bytes(write(answer(case), "tsv"))
        with case.file.open("rb") as file:
            rows = ox.parse_query_results(file, format=ox.QueryResultsFormat.TSV)
            assert isinstance(rows, ox.QuerySolutions)
            return Solutions(tuple(v.value for v in rows.variables), [tuple(row) for row in rows])

    return read
