"""citykg load and verify --from: a file that is loaded as it is, on a machine without any project."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from citykg.cli.main import run

Call = Callable[..., tuple[int, str, str]]
LINE = "<urn:a> <urn:p> <urn:b>"
NOBODY = ("http://127.0.0.1:9/ds", "--kind", "fuseki")


@pytest.fixture
def call(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Call:
    for name in ("CITYKG_USER", "CITYKG_PASSWORD", "CITYKG_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CITYKG_CACHE", str(tmp_path / "cache"))  # nothing is built there
    monkeypatch.chdir(tmp_path)

    def called(*arguments: str) -> tuple[int, str, str]:
        capfdbinary.readouterr()
        status = run([*arguments])
        out, err = capfdbinary.readouterr()
        return status, out.decode(), err.decode()

    return called


def test_a_dry_run_counts_what_the_file_holds(call: Call) -> None:
    Path("a.nq").write_text(f"{LINE} .\n{LINE} <urn:g> .\n{LINE} <urn:h> .\n")
    status, out, err = call("load", *NOBODY, "--from", "a.nq", "--dry-run")
    assert (status, err) == (0, "")
    assert "3 triples in 3 graphs:" in out
    assert "2 graphs, from <urn:g>: one update replaces them" in out
    assert "the closure, the default graph" in out
    assert "catalog" not in out


def test_what_stands_in_no_graph_goes_into_the_one_that_is_named(call: Call) -> None:
    Path("a.nt").write_text(f"{LINE} .\n")
    out = call("load", *NOBODY, "--from", "a.nt", "--into", "article:x", "--dry-run")[1]
    assert "1  <https://w3id.org/citykg/article/x>: one update replaces the graph" in out


def test_standard_input_is_read_as_n_quads_or_as_is_said(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    for text, more in ((f"{LINE} <urn:g> .", ()), ("[] <urn:p> 1 , 2 .", ("--format", "turtle"))):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(text.encode()))))  # type: ignore[arg-type]
        status, out, _ = call("load", *NOBODY, "--from", "-", "--dry-run", *more)
        assert status == 0
        assert f"{len(more) or 1} {'triples' if more else 'triple'} in 1 graph:" in out


@pytest.mark.parametrize("verb", ["load", "verify"])
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (f"{LINE} .\n{LINE}\n", "turtle-syntax"),
        ("# nothing\n", "nothing-to-load"),
        (f"{LINE} _:g .\n", "blank-graph"),
    ],
)
def test_a_file_that_cannot_be_loaded_is_said_before_a_server_is_asked(
    call: Call, verb: str, content: str, code: str
) -> None:
    Path("a.nq").write_text(content)
    status, out, err = call(verb, *NOBODY, "--from", "a.nq")
    assert (status, out) == (3, "")
    assert err.startswith(f"citykg: error[{code}]: a.nq")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--into", "urn:x"), "usage"),
        (("--format", "turtle"), "usage"),
        (("--from", "a.nq", "--store", "elsewhere"), "usage"),
        (("--from", "a.nq", "--into", "<no iri>"), "not-a-name"),
        (("--from", "a.nq", "--graphs", "urn://x/y"), "unknown-graph"),
        (("--from", "a.nq", "--graphs", "closure"), "unknown-graph"),
        (("--from", "a.txt"), "unknown-format"),
    ],
)
def test_options_that_do_not_fit_are_refused(call: Call, arguments: tuple[str, ...], code: str) -> None:
    Path("a.nq").write_text(f"{LINE} <urn:g> .\n")
    status, out, err = call("load", *NOBODY, *arguments, "--dry-run")
    assert (status, out) == (2, "")
    assert f"error[{code}]" in err
