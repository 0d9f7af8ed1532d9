"""The Python interface."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import citykg
from citykg import Solutions, Truth, UsageError
from citykg.project import Project


@pytest.fixture(scope="module")
def graph(made_up_city: Project) -> citykg.Graph:
    return citykg.open_graph(made_up_city.root)


def test_every_public_name_is_there_and_no_other_is_listed() -> None:
    assert dir(citykg) == sorted(citykg.__all__)
    for name in citykg.__all__:
        assert getattr(citykg, name) is not None
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        _ = citykg.nothing_of_the_kind


def test_stored_queries_take_python_values(graph: citykg.Graph) -> None:
    answer = graph.query("project-investments", min=100_000_000, investor="和康")
    assert isinstance(answer, Solutions)
    assert len(answer.rows) == 1
    echo = graph.query("echo", sure=True, count=7)
    assert isinstance(echo, Solutions)
    values = dict(zip(echo.variables, echo.rows[0], strict=True))
    assert getattr(values["sure"], "value", "") == "true"
    assert getattr(values["count"], "value", "") == "7"
    with pytest.raises(UsageError, match="no parameter"):
        graph.query("echo", colours="red")


def test_sparql_search_and_show_need_no_prefixes_and_no_iris(graph: citykg.Graph) -> None:
    assert graph.sparql("ASK { ?_where a city:City }", where="place:baihe") == Truth(
        False
    )  # a string, as declared
    assert graph.sparql("ASK { ?_where_iri a city:City }", where="place:baihe") == Truth(True)
    assert graph.search("制药", limit=1)[0].label == "制药业"
    assert graph.show("和康").label == "和康制药"
    assert graph.queries["officials"].title == "官员"


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # rdflib calls what it has deprecated
def test_a_dataset_knows_the_prefixes(graph: citykg.Graph) -> None:
    dataset = graph.dataset()
    names = {prefix: str(namespace) for prefix, namespace in dataset.namespaces()}
    assert names["city"] == "https://w3id.org/citykg/ontology#"
    assert len(dataset.query("SELECT ?s { ?s a city:City }")) == 1


def _imported(code: str, cwd: Path) -> set[str]:
    """Return the packages that some code imports, run in a folder whose store is inside it."""
    environment = {name: value for name, value in os.environ.items() if name != "CITYKG_CACHE"}
    script = f"import sys; before = set(sys.modules); {code}; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        env=environment,
        check=True,
    )
    return {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}


def test_importing_citykg_imports_nothing_else(tmp_path: Path) -> None:
    assert _imported("import citykg", tmp_path) == {"citykg"}


@pytest.mark.parametrize(
    "arguments", [["query", "officials"], ["query", "project-investments", "-p", "min=1"]]
)
def test_a_stored_query_imports_only_what_it_needs(
    made_up_city: Project, tmp_path: Path, arguments: list[str]
) -> None:
    folder = tmp_path / "city"
    shutil.copytree(made_up_city.root, folder)
    shutil.copytree(made_up_city.cache_dir, folder / ".citykg", dirs_exist_ok=True)
    code = f"from citykg.cli.main import run; run({arguments!r})"
    _imported(code, folder)  # the header is parsed and kept
    heavy = {
        "yaml",
        "rich",
        "rdflib",
        "typing",
        "dataclasses",
        "inspect",
        "hashlib",
        "shutil",
        "numpy",
        "jieba",
    }
    heavy |= {
        "owlrl",
        "pyshacl",
        "importlib_metadata",
        "rapidfuzz",
        "platformdirs",
        "difflib",
        "threading",
    }
    assert _imported(code, folder) & heavy == set()
