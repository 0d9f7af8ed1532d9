"""citykg diff: what it prints, and how it ends."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from citykg.build import build
from citykg.cli.main import run
from citykg.project import Project

Diff = Callable[..., tuple[int, str, str]]


@pytest.fixture
def diff(small_project: Project, capfdbinary: pytest.CaptureFixture[bytes]) -> Diff:
    build(small_project)

    def call(*arguments: str) -> tuple[int, str, str]:
        capfdbinary.readouterr()
        status = run(["diff", "--lang", "zh", "--project", str(small_project.root), *arguments])
        out, err = capfdbinary.readouterr()
        return status, out.decode(), err.decode()

    return call


@pytest.fixture
def exported(diff: Diff, small_project: Project, tmp_path: Path) -> Path:
    target = tmp_path / "graph.nt"
    assert run(["export", "--project", str(small_project.root), "-o", str(target)]) == 0
    return target


def test_a_graph_and_its_export_do_not_differ(diff: Diff, exported: Path) -> None:
    status, out, err = diff(str(exported))
    assert (status, out) == (0, "")
    assert err.startswith("0 removed, 0 added")


@pytest.mark.parametrize(
    ("before", "options"), [(b"", ()), (b"@prefix a: <urn:> .\n", ("--input-format", "turtle"))]
)
def test_standard_input_is_compared_like_a_file(
    diff: Diff, exported: Path, monkeypatch: pytest.MonkeyPatch, before: bytes, options: tuple[str, ...]
) -> None:
    content = before + exported.read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(content))))
    assert diff("-", *options)[0] == 0
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(content))))
    assert diff(str(exported), "-", *options)[0] == 0


def test_standard_input_without_statements_is_refused(
    diff: Diff, exported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for arguments in (["-"], [str(exported), "-"]):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(b""))))
        status, out, err = diff(*arguments)
        assert (status, out) == (3, "")
        assert err.startswith("citykg: error[nothing-given]: standard input holds no statements\nhint: ")


def test_a_file_without_a_known_ending_is_read_by_the_format_that_is_named(
    diff: Diff, exported: Path
) -> None:
    other = exported.rename(exported.with_name("graph"))
    assert diff(str(other))[0] == 2
    assert diff(str(other), "--input-format", "ntriples")[0] == 0


def test_both_sides_cannot_be_standard_input(diff: Diff) -> None:
    status, _, err = diff("-", "-")
    assert status == 2
    assert "only one of A and B can be standard input" in err


@pytest.mark.parametrize(
    "graphs", [("all",), ("catalog",), ("closure", "<https://w3id.org/citykg/graph/catalog>")]
)
def test_a_built_store_has_the_catalog_that_its_export_has(
    diff: Diff, small_project: Project, tmp_path: Path, graphs: tuple[str, ...]
) -> None:
    root = str(small_project.root)
    target = str(tmp_path / "all.nq")
    assert run(["export", "--project", root, "--graphs", "all", "-o", target]) == 0
    store = str(small_project.cache_dir)
    for arguments in ((target,), (target, root), (store, target), (target, "--store", store)):
        status, out, err = diff(*arguments, "--graphs", *graphs)
        assert (status, out) == (0, ""), arguments
        assert err.startswith("0 removed, 0 added")


def test_changes_stand_under_the_thing_with_its_label(diff: Diff, exported: Path) -> None:
    lines = exported.read_text(encoding="utf-8").splitlines(keepends=True)
    place = "<https://w3id.org/citykg/id/place/pier>"
    city = "https://w3id.org/citykg/ontology#"
    kept = [line for line in lines if not line.startswith(f"{place} <{city}locatedIn>")]
    exported.write_text("".join(kept) + f'{place} <{city}note> "新"@zh .\n', encoding="utf-8")
    status, out, err = diff(str(exported))
    assert status == 1
    head, added, removed = out.splitlines()
    assert head.startswith("place:pier ")
    assert added == "  + city:locatedIn place:dock"
    assert removed == '  - city:note "新"@zh'
    assert err.startswith("1 removed, 1 added")
    patch = diff(str(exported), "--format", "patch")[1].splitlines()
    assert [line[0] for line in patch] == ["T", "D", "A", "T"]
    document = json.loads(diff(str(exported), "--format", "json")[1])
    assert document["equal"] is False
    assert "https://w3id.org/citykg/id/place/pier" in document["labels"]


def test_another_spelling_of_a_number_is_a_note(diff: Diff, exported: Path) -> None:
    text = exported.read_text(encoding="utf-8")
    assert '"1.5"' in text
    exported.write_text(text.replace('"1.5"', '"1.500"'), encoding="utf-8")
    status, out, err = diff(str(exported))
    assert (status, out) == (0, "")
    assert "1 xsd:decimal written differently" in err
    assert diff("--exact", str(exported))[0] == 1


def test_a_store_beside_two_graphs_is_refused(diff: Diff, exported: Path) -> None:
    status, out, err = diff(str(exported), str(exported), "--store", "/nonexistent")
    assert (status, out) == (2, "")
    assert "leave one of them out" in err


def test_a_missing_file_is_said(diff: Diff) -> None:
    status, _, err = diff("nowhere.ttl")
    assert status == 3
    assert "error[file-not-found]: there is no file nowhere.ttl\nhint: is the name right" in err
