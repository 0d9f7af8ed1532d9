"""citykg export: what it writes where, and how it ends."""

import gzip
import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from citykg.build import build
from citykg.canonical import canonical_nquads
from citykg.cli.main import run
from citykg.export import FORMATS
from citykg.manifest import read_manifest
from citykg.project import Project

Export = Callable[..., tuple[int, str, str]]


@pytest.fixture
def export(small_project: Project, capfdbinary: pytest.CaptureFixture[bytes]) -> Export:
    build(small_project)

    def call(*arguments: str) -> tuple[int, str, str]:
        capfdbinary.readouterr()
        status = run(["export", "--project", str(small_project.root), *arguments])
        out, err = capfdbinary.readouterr()
        return status, out.decode(), err.decode()

    return call


def test_trig_of_the_asserted_graphs_goes_to_standard_output(export: Export) -> None:
    status, out, err = export()
    assert (status, err) == (0, "")
    assert "article:dock-2024-01-02\\#p02s01 {\n    article:dock-2024-01-02\\#p02s01.q1 city:about" in out
    assert "place:pier city:locatedIn place:dock .\n}" in out


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_the_ending_chooses_the_format(export: Export, tmp_path: Path, form: object) -> None:
    target = tmp_path / f"graph{form.ending}.gz"  # type: ignore[attr-defined]
    assert export("-o", str(target))[0] == 0
    quads = list(ox.parse(gzip.decompress(target.read_bytes()), form.parser))  # type: ignore[attr-defined]
    assert len({quad.triple for quad in quads}) > 40


def test_asserted_and_closure_are_the_dataset_of_the_manifest(
    export: Export, small_project: Project, tmp_path: Path
) -> None:
    from citykg.digest import ContentDigest

    result = build(small_project)
    assert result.folder is not None
    export("--graphs", "asserted", "closure", "-o", str(tmp_path / "all.nq"))
    content = (tmp_path / "all.nq").read_bytes()
    assert canonical_nquads(ox.parse(content, ox.RdfFormat.N_QUADS)) == content
    store = ox.Store()
    store.bulk_load(content, ox.RdfFormat.N_QUADS)
    assert ContentDigest.of(store).hexadecimal == read_manifest(result.folder).canonical


def test_one_thing_by_its_label_as_a_tree(export: Export) -> None:
    status, out, _ = export("--thing", "place:pier", "--format", "jsonld", "--framed")
    assert status == 0
    (root,) = json.loads(out)["@graph"]
    assert root["@id"] == "place:pier"


def test_a_query_makes_the_graph(export: Export, tmp_path: Path) -> None:
    file = tmp_path / "types.rq"
    file.write_text("CONSTRUCT { ?s a ?t } WHERE { ?s a ?t . ?s city:locatedIn ?x }")
    status, out, _ = export("--construct", str(file), "-f", "ntriples")
    assert status == 0
    assert out.startswith("<https://w3id.org/citykg/id/place/pier>")


def test_rows_are_not_a_graph(export: Export, tmp_path: Path) -> None:
    file = tmp_path / "rows.rq"
    file.write_text("SELECT * { ?s ?p ?o } LIMIT 1")
    status, out, err = export("--construct", str(file))
    assert (status, out) == (2, "")
    assert err.startswith("citykg: error[not-a-construct]:")


def test_a_name_without_an_ending_is_written_as_trig(export: Export, tmp_path: Path) -> None:
    assert export("-o", str(tmp_path / "graph"))[0] == 0
    assert export("-o", str(tmp_path / "graph.trig"))[0] == 0
    assert (tmp_path / "graph").read_bytes() == (tmp_path / "graph.trig").read_bytes()


def test_a_link_stays_a_link(export: Export, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    for name in ("there/graph.ttl", "there/new.ttl"):
        link = tmp_path / Path(name).name
        link.symlink_to(name)
        assert export("-o", str(link))[0] == 0
        assert link.is_symlink()
        assert (tmp_path / name).read_bytes().startswith(b"@prefix")
    assert sorted(path.name for path in (tmp_path / "there").iterdir()) == ["graph.ttl", "new.ttl"]


def test_an_unknown_ending_is_said(export: Export) -> None:
    status, _, err = export("-o", "graph.txt")
    assert status == 2
    assert err == (
        "citykg: error[unknown-format]: graph.txt: the ending names no format\n"
        "hint: use --format, or one of .ttl .trig .nq .nt .jsonld .rdf\n"
    )


def test_a_folder_that_is_not_there_is_said(export: Export, tmp_path: Path) -> None:
    status, _, err = export("-o", str(tmp_path / "no" / "graph.ttl"))
    assert status == 3
    assert "error[cannot-write]" in err


def test_an_unknown_graph_is_said(export: Export) -> None:
    status, _, err = export("--graphs", "clsure")
    assert status == 2
    assert "error[not-a-name]" in err or "error[unknown-graph]" in err


def test_rdf12_has_no_place_in_rdfxml(export: Export) -> None:
    status, _, err = export("--rdf12", "-f", "rdfxml")
    assert status == 2
    assert "error[not-with-format]: rdfxml" in err or "--rdf12" in err


def test_the_context_alone(export: Export) -> None:
    status, out, _ = export("--context")
    assert status == 0
    assert "@context" in json.loads(out)


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_an_export_that_could_be_written_in_part_only_does_not_end_well(
    shipped_project: Project, shipped_build: Path, unbuffered: str
) -> None:
    assert shipped_build.is_dir()
    # Unbuffered, Python hands out a stream that writes what the pipe takes, and says how much that was.
    command = [sys.executable, "-m", "citykg", "export", "--format", "nquads"]
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with subprocess.Popen(
        command, cwd=shipped_project.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        errors = process.stderr.read()
        status = process.wait(timeout=60)
    assert (status, errors) == (-signal.SIGPIPE, b"")


def test_the_catalog_is_had_by_its_iri_as_well(export: Export) -> None:
    said = export("--graphs", "catalog", "-f", "nquads")
    assert said[0] == 0
    assert export("--graphs", "<https://w3id.org/citykg/graph/catalog>", "-f", "nquads") == said


def test_a_folder_is_published_with_a_catalog_of_its_files(export: Export, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    assert export("-o", str(site / "city.ttl"))[0] == 0
    arguments = ("--graphs", "catalog", "--distributions", str(site), "-o", str(site / "catalog.ttl"))
    assert export(*arguments, "--published-at", "https://example.org/data") == (0, "", "")
    text = (site / "catalog.ttl").read_text()
    assert hashlib.sha256((site / "city.ttl").read_bytes()).hexdigest() in text
    assert "<https://example.org/data/city.ttl>" in text


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("--distributions", "."), 2, "--graphs catalog"),
        (("--graphs", "asserted", "--distributions", "."), 2, "--graphs catalog"),
        (("--graphs", "catalog", "--published-at", "https://example.org/"), 2, "--distributions FOLDER"),
        (("--graphs", "catalog", "--distributions", ".", "--published-at", "example.org"), 2, "[wrong-url]"),
        (("--graphs", "catalog", "--distributions", "nowhere"), 3, "[file-not-found]"),
    ],
)
def test_what_cannot_be_a_catalog_of_files_is_said(
    export: Export, arguments: tuple[str, ...], status: int, said: str
) -> None:
    found, out, err = export(*arguments)
    assert (found, out) == (status, "")
    assert said in err
