"""citykg load and verify: what they say before anything is sent, and how they end."""

from collections.abc import Callable

import pytest

from citykg.build import build
from citykg.cli.main import run
from citykg.project import Project

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(
    small_project: Project, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Call:
    for name in ("CITYKG_USER", "CITYKG_PASSWORD", "CITYKG_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    build(small_project)

    def called(*arguments: str) -> tuple[int, str, str]:
        capfdbinary.readouterr()
        status = run([*arguments, "--project", str(small_project.root)])
        out, err = capfdbinary.readouterr()
        return status, out.decode(), err.decode()

    return called


def test_a_dry_run_says_what_would_be_sent_and_needs_no_server(call: Call) -> None:
    status, out, err = call("load", "http://localhost:9/ds", "--kind", "rdf4j", "--dry-run")
    assert (status, err) == (0, "")
    head, total, *steps = out.splitlines()
    assert head == "Eclipse RDF4J Server at http://localhost:9/ds"
    assert "triples in" in total
    assert any("the closure, https://w3id.org/citykg/graph/closure" in step for step in steps)
    assert any("<https://w3id.org/citykg/graph/catalog>" in step for step in steps)
    assert any(step.startswith("what stands there now is not known: http://localhost:9/ds") for step in steps)
    assert steps[-1].startswith("note: the closure goes to")


def test_a_dry_run_says_what_the_store_does_to_the_data(call: Call) -> None:
    out = call("load", "http://localhost:9/sparql", "--kind", "virtuoso", "--dry-run")[1]
    assert "note: refuses or damages integers of more than 18 digits" in out
    assert "nobody has run citykg" in call("load", "http://localhost:9/x", "--kind", "qlever", "--dry-run")[1]


def test_only_the_graphs_that_are_chosen_are_sent(call: Call) -> None:
    out = call("load", "http://localhost:9", "--kind", "oxigraph", "--dry-run", "--graphs", "closure")[1]
    assert " in 1 graph:" in out
    status, _, err = call(
        "load", "http://localhost:9", "--kind", "oxigraph", "--dry-run", "--graphs", "place:x"
    )
    assert status == 2
    assert "error[unknown-graph]" in err


def test_every_kind_of_graphs_that_can_be_loaded_is_known_and_others_are_not(call: Call) -> None:
    nobody = ("http://localhost:9", "--kind", "oxigraph", "--dry-run", "--graphs")
    for kinds in (("ontology",), ("asserted", "closure", "catalog"), ("all",)):
        assert call("load", *nobody, *kinds)[0] == 0
    for name, hint in (
        ("assertd", "did you mean asserted?"),
        ("inferred", "one of asserted, closure, ontology"),
    ):
        status, _, err = call("load", *nobody, name)
        assert status == 2
        assert f"error[unknown-graph]: no graphs are called {name!r}" in err
        assert hint in err


@pytest.mark.parametrize("verb", ["load", "verify"])
def test_nobody_there_is_said(call: Call, verb: str) -> None:
    status, out, err = call(verb, "http://127.0.0.1:9/ds")
    assert (status, out) == (3, "")
    assert err.startswith("citykg: error[endpoint-unreachable]: http://127.0.0.1:9/ds: ")


def test_a_password_in_the_url_is_refused_and_not_repeated(call: Call) -> None:
    status, _, err = call("load", "http://me:secret@127.0.0.1:9/ds")
    assert status == 2
    assert "error[secret-in-url]" in err
    assert "secret@" not in err


def test_an_unknown_target_is_said(call: Call) -> None:
    status, _, err = call("verify", "newsroom")
    assert status == 2
    assert "error[unknown-target]" in err
    assert "[targets.newsroom]" in err
    assert '[targets."news.room"]' in call("verify", "news.room")[2]


@pytest.mark.parametrize(
    "arguments",
    [
        ("load", "localhost:3030/ds"),
        ("verify", "localhost:3030/ds"),
        ("query", "places", "--store", "localhost:3030/ds"),
        ("export", "--store", "localhost:3030/ds"),
        ("diff", "localhost:3030/ds"),
    ],
)
def test_a_url_without_its_scheme_is_told_from_a_name_and_a_folder(
    call: Call, arguments: tuple[str, ...]
) -> None:
    status, out, err = call(*arguments)
    assert (status, out) == (2, "")
    assert "error[wrong-url]: localhost:3030/ds is no http URL" in err
    assert "hint: did you mean http://localhost:3030/ds?" in err


def test_the_same_verbs_do_not_import_http_until_they_are_used() -> None:
    import subprocess
    import sys

    program = "import sys, citykg.cli.main as m; m._module('export'); sys.exit('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
