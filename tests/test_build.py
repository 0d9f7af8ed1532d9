"""Builds: deterministic, content-addressed, atomic, and safe whatever happens in the middle."""

import gc
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest

from citykg import manifest
from citykg.build import Outcome, build, ensure_built
from citykg.errors import CannotRun, UsageError
from citykg.lock import locked
from citykg.manifest import Engines, current_build, read_manifest, store_folder
from citykg.project import Layer, Project
from citykg.sources import read_project
from citykg.stale import stale_files
from citykg.validate import validate_project

_CITY = "https://w3id.org/citykg/ontology#"
_PLACE = "https://w3id.org/citykg/id/place/"
_RAW = Engines("none", "none")
_REFERENCE = Engines("owlrl", "none")  # the tests of contradictions are about builds, not about engines


def _open(folder: Path) -> ox.Store:
    return ox.Store.read_only(str(store_folder(folder)))


def _ask(folder: Path, pattern: str) -> bool:
    return bool(_open(folder).query(f"PREFIX city: <{_CITY}> PREFIX place: <{_PLACE}> ASK {{ {pattern} }}"))


def _add_thing(project: Project, name: str) -> None:
    with (project.root / "data/entities/places.ttl").open("a", encoding="utf-8") as stream:
        stream.write(f"place:{name} a city:Park .\n")


def _contradict(project: Project) -> None:
    with (project.root / "data/entities/places.ttl").open("a", encoding="utf-8") as stream:
        stream.write("place:pier a city:City .\n")


def _demand_areas(project: Project, severity: str) -> None:
    """Add a shape that the project's one park does not conform to."""
    shapes = project.root / "ontology" / "shapes"
    shapes.mkdir()
    (shapes / "parks.ttl").write_text(
        f"""@prefix sh: <http://www.w3.org/ns/shacl#> .
        <urn:shape> a sh:NodeShape ; sh:targetClass <{_CITY}Park> ; sh:property <urn:shape/area> .
        <urn:shape/area> sh:path <{_CITY}area> ; sh:minCount 1 ;
            sh:severity sh:{severity} ; sh:message "no area"@en .
        """,
        encoding="utf-8",
    )


def _folders(project: Project) -> set[str]:
    return {path.name for path in (project.cache_dir / "builds").iterdir()}


@pytest.fixture
def built(small_project: Project) -> Project:
    build(small_project, engines=_RAW)
    return small_project


# What a store holds


def test_the_default_graph_is_the_closure_with_each_triple_once(small_project: Project) -> None:
    folder = build(small_project).folder
    assert folder is not None
    assert _ask(
        folder, "place:pier a city:Place ; city:locatedIn place:dock . place:dock city:contains place:pier"
    )
    store = _open(folder)
    closure = [quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())]
    counts = read_manifest(folder).counts
    assert len(closure) == len(set(closure)) == counts["closure"] == counts["asserted"] + counts["inferred"]


def test_what_is_inferred_stands_in_no_named_graph(small_project: Project) -> None:
    folder = build(small_project).folder
    assert folder is not None
    assert not _ask(folder, "GRAPH ?g { place:dock city:contains place:pier }")
    inferred = _open(folder).query(
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }"
    )
    assert int(next(iter(inferred))["n"].value) == read_manifest(folder).counts["inferred"]


def test_asserted_graphs_are_the_layers_and_the_passages(built: Project) -> None:
    folder = current_build(built)
    assert folder is not None
    names = {name.value for name in _open(folder).named_graphs()}
    layers = {layer.graph for layer in (Layer.ONTOLOGY, Layer.ENTITIES, Layer.ARTICLES)}
    passages = {f"https://w3id.org/citykg/article/dock-2024-01-02#{name}" for name in ("p01s01", "p02s01")}
    assert names == layers | passages


# Deterministic and content-addressed


def test_two_builds_are_the_same_to_the_last_byte_of_the_manifest(
    small_project: Project, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere" / "deep"
    shutil.copytree(small_project.root, elsewhere)
    folders = [build(project).folder for project in (small_project, Project.find(elsewhere))]
    manifests = [(folder / "manifest.json").read_bytes() for folder in folders if folder is not None]
    assert len(manifests) == 2
    assert manifests[0] == manifests[1]
    assert str(tmp_path).encode() not in manifests[0]


def test_a_build_that_is_forced_gives_the_same_manifest(small_project: Project) -> None:
    first = build(small_project)
    second = build(small_project, force=True)
    assert second.outcome is Outcome.BUILT
    assert first.folder != second.folder
    assert first.manifest.digest == second.manifest.digest


def test_the_canonical_digest_depends_on_every_statement(built: Project) -> None:
    folder = current_build(built)
    assert folder is not None
    before = read_manifest(folder).canonical
    _add_thing(built, "quay")
    assert build(built, engines=_RAW).manifest.canonical != before


def test_labels_of_blank_nodes_do_not_count_for_the_canonical_digest(small_project: Project) -> None:
    ontology = small_project.root / "ontology" / "lists.ttl"
    digests = set()
    for text in ("_:a <urn:p> _:b . _:b <urn:q> 1 .", "_:y <urn:q> 1 . _:x <urn:p> _:y ."):
        ontology.write_text(text, encoding="utf-8")
        digests.add(build(small_project, engines=_RAW).manifest.canonical)
    assert len(digests) == 1


@pytest.mark.parametrize("enabled", [True, False])
def test_a_build_leaves_the_garbage_collector_as_it_was(small_project: Project, *, enabled: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        seen: list[bool] = []
        build(small_project, engines=_RAW, on_stage=lambda _: seen.append(gc.isenabled()))
        assert seen
        assert not any(seen)
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if before else gc.disable)()


def test_nothing_changed_means_nothing_done(built: Project) -> None:
    before = sorted((path, path.stat().st_mtime_ns) for path in built.cache_dir.rglob("store/*"))
    result = build(built, engines=_RAW)
    assert result.outcome is Outcome.UNCHANGED
    assert result.assembly is None
    assert sorted((path, path.stat().st_mtime_ns) for path in built.cache_dir.rglob("store/*")) == before


def test_a_build_with_nothing_to_do_imports_no_engine(built: Project) -> None:
    shutil.move(built.articles()[0] / "text.txt", built.root / "elsewhere.txt")
    code = (
        "import sys; from pathlib import Path; from citykg.cli.main import run;"
        f"engines = ['--reasoner', 'none', '--validator', 'none'];"
        f"assert run(['--project', {str(built.root)!r}, 'build', *engines]) == 0;"
        "heavy = {'rdflib', 'owlrl', 'pyshacl', 'rich', 'yaml', 'numpy', 'citykg.lock', 'pyoxigraph'};"
        "heavy &= set(sys.modules);"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


def test_an_engine_that_was_not_asked_for_makes_another_store(built: Project) -> None:
    assert build(built, engines=Engines("owlrl", "none")).outcome is Outcome.BUILT


def test_going_back_switches_to_the_build_that_still_stands(built: Project) -> None:
    first = current_build(built)
    file = built.root / "data/entities/places.ttl"
    content = file.read_bytes()
    _add_thing(built, "quay")
    build(built, engines=_RAW)
    file.write_bytes(content)
    result = build(built, engines=_RAW)
    assert result.outcome is Outcome.SWITCHED
    assert result.folder == current_build(built) == first


def test_the_build_before_is_kept_and_older_ones_are_not(built: Project) -> None:
    first = current_build(built)
    assert first is not None
    for name in ("quay", "jetty"):
        before = current_build(built)
        _add_thing(built, name)
        build(built, engines=_RAW)
    assert before is not None
    assert before.is_dir()
    assert not first.exists()
    assert len(_folders(built)) == 2


# Refusals


def test_a_contradiction_leaves_the_old_store_in_place(small_project: Project) -> None:
    standing = build(small_project, engines=_REFERENCE).folder
    _contradict(small_project)
    result = build(small_project, engines=_REFERENCE)
    assert result.outcome is Outcome.REFUSED
    assert result.manifest.counts["contradictions"] > 0
    assert result.folder == current_build(small_project) == standing
    assert standing is not None
    assert _folders(small_project) == {standing.name}


def test_a_build_that_keeps_going_is_put_in_place(small_project: Project) -> None:
    _contradict(small_project)
    result = build(small_project, engines=_REFERENCE, keep_going=True)
    assert result.outcome is Outcome.BUILT
    assert current_build(small_project) == result.folder
    # What was let through once is not let through twice.
    assert build(small_project, engines=_REFERENCE).outcome is Outcome.REFUSED
    assert build(small_project, engines=_REFERENCE, keep_going=True).outcome is Outcome.UNCHANGED


def test_results_of_shapes_refuse_by_their_severity(small_project: Project) -> None:
    _demand_areas(small_project, "Warning")
    assert build(small_project, fail_on="warning").outcome is Outcome.REFUSED
    result = build(small_project)
    assert result.outcome is Outcome.BUILT
    assert result.manifest.validation == {"violation": 0, "warning": 1, "info": 0}


def test_a_build_finds_what_validate_finds(small_project: Project) -> None:
    """Prefixes that the ontology declares, and a node that two property shapes lead to."""
    shapes = small_project.root / "ontology" / "shapes"
    shapes.mkdir()
    (shapes / "parks.ttl").write_text(
        f"""@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix city: <{_CITY}> .
        <urn:park> a sh:NodeShape ; sh:targetClass city:Park ; sh:property <urn:where> , <urn:there> ;
            sh:sparql [ sh:prefixes <https://w3id.org/citykg/prefixes> ; sh:message "in a city"@en ;
                sh:select "SELECT $this ?value WHERE {{ $this city:locatedIn ?value }}" ] .
        <urn:where> sh:path city:locatedIn ; sh:property <urn:area> .
        <urn:there> sh:path city:locatedIn ; sh:property <urn:area> .
        <urn:area> sh:path city:area ; sh:minCount 1 .
        """,
        encoding="utf-8",
    )
    assembly = build(small_project, force=True).assembly
    assert assembly is not None
    assert assembly.report is not None
    report = validate_project(read_project(small_project))
    assert assembly.report.results == report.results
    assert len(report.results) == 2


def test_an_unknown_severity_is_refused(small_project: Project) -> None:
    with pytest.raises(UsageError) as caught:
        build(small_project, fail_on="error")
    assert caught.value.code == "unknown-severity"


def test_a_text_that_differs_stops_the_build(built: Project) -> None:
    standing = current_build(built)
    text = built.articles()[0] / "text.txt"
    text.write_text(text.read_text(encoding="utf-8").replace("1.50", "1.60"), encoding="utf-8")
    with pytest.raises(CannotRun) as caught:
        build(built, engines=_RAW)
    assert caught.value.code == "article-differs"
    assert "#p02s01" in caught.value.message
    assert current_build(built) == standing


def test_a_broken_file_leaves_the_old_store_in_place(built: Project) -> None:
    standing = current_build(built)
    _add_thing(built, "quay .")
    with pytest.raises(CannotRun):
        build(built, engines=_RAW)
    assert standing is not None
    assert current_build(built) == standing
    assert _folders(built) == {standing.name}


# Stores that are not as they should be


def _set_layout(folder: Path, layout: int) -> None:
    (folder / "format").write_text(f"layout {layout} citykg 0.0.1\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("layout", "code"),
    [(manifest.LAYOUT - 1, "store-older-layout"), (manifest.LAYOUT + 1, "store-newer-layout")],
)
def test_a_store_of_another_layout_is_refused_and_built_again(built: Project, layout: int, code: str) -> None:
    folder = current_build(built)
    assert folder is not None
    _set_layout(folder, layout)
    with pytest.raises(CannotRun) as caught:
        ensure_built(built)
    assert caught.value.code == code
    assert "0.0.1" in caught.value.message
    assert "citykg build" in caught.value.hint
    result = build(built, engines=_RAW)
    assert result.outcome is Outcome.BUILT
    assert ensure_built(built) == result.folder


@pytest.mark.parametrize("missing", ["format", "manifest.json", "store/CURRENT", "."])
def test_a_half_written_store_is_refused_and_built_again(built: Project, missing: str) -> None:
    folder = current_build(built)
    assert folder is not None
    shutil.rmtree(folder) if missing == "." else (folder / missing).unlink()
    with pytest.raises(CannotRun) as caught:
        ensure_built(built)
    assert caught.value.code == "store-damaged"
    assert build(built, engines=_RAW).outcome is Outcome.BUILT
    assert _ask(ensure_built(built), "place:dock ?p ?o")


@pytest.mark.parametrize("left", [None, 0, 100])
def test_a_store_with_a_file_cut_short_is_built_again(built: Project, left: int | None) -> None:
    folder = ensure_built(built)
    largest = max(folder.glob("store/*.sst"), key=lambda path: path.stat().st_size)
    largest.unlink() if left is None else os.truncate(largest, left)
    result = build(built, engines=_RAW)
    assert result.outcome is Outcome.BUILT
    assert result.whole is not None
    assert result.whole.why == "damaged"
    assert _ask(ensure_built(built), "place:dock ?p ?o")
    assert build(built, engines=_RAW).outcome is Outcome.UNCHANGED


def test_a_damaged_store_is_no_ground_to_go_on_from(built: Project) -> None:
    os.truncate(next(ensure_built(built).glob("store/*.sst")), 0)
    _add_thing(built, "pier")
    whole = build(built, engines=_RAW).whole
    assert whole is not None
    assert whole.why == "damaged"


def test_a_store_whose_sizes_nobody_has_noted_is_opened(built: Project) -> None:
    noted = ensure_built(built) / "store.tsv"
    before = noted.read_text()
    for content in ("", None):
        noted.unlink() if content is None else noted.write_text(content)
        assert build(built, engines=_RAW).outcome is Outcome.UNCHANGED
        assert noted.read_text() == before


def test_a_missing_store_is_built_on_first_use_with_a_note(small_project: Project) -> None:
    notes: list[str] = []
    folder = ensure_built(small_project, notify=notes.append)
    assert len(notes) == 1
    assert _ask(folder, "place:dock ?p ?o")
    assert ensure_built(small_project, notify=notes.append) == folder
    assert len(notes) == 1


def test_the_packaged_graph_is_built_again_after_an_upgrade(small_project: Project) -> None:
    packaged = Project(small_project.root, packaged=True)
    folder = ensure_built(packaged)
    _set_layout(folder, manifest.LAYOUT - 1)
    rebuilt = ensure_built(packaged)
    assert rebuilt != folder
    _add_thing(packaged, "quay")
    assert ensure_built(packaged) != rebuilt


def test_a_missing_store_of_a_graph_with_violations_is_refused(small_project: Project) -> None:
    _demand_areas(small_project, "Violation")
    with pytest.raises(CannotRun) as caught:
        ensure_built(small_project)
    assert caught.value.code == "not-built"


def test_stale_files_are_named_by_content_not_by_time(built: Project) -> None:
    assert stale_files(built) == ()
    file = built.root / "data/entities/places.ttl"
    os.utime(file, (1, 1))
    assert stale_files(built) == ()
    _add_thing(built, "quay")
    new = built.root / "data/entities/new.ttl"
    new.write_text("", encoding="utf-8")
    (built.root / "ontology/places.ttl").unlink()
    assert set(stale_files(built)) == {
        "data/entities/places.ttl",
        "data/entities/new.ttl",
        "ontology/places.ttl",
    }


# In the middle of a build


def _start(project: Project, *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "citykg", "--project", str(project.root), "build", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _large(project: Project, things: int = 60_000) -> None:
    """Make the next build long enough to be stopped in its middle."""
    with (project.root / "data/entities/many.ttl").open("w", encoding="utf-8") as stream:
        stream.writelines(f"<{_PLACE}n{number}> a <{_CITY}Park> .\n" for number in range(things))


def _wait_for_store(project: Project, process: "subprocess.Popen[str]") -> None:
    """Wait until the build writes its store."""
    while process.poll() is None:
        if any((project.cache_dir / "builds").glob("*.partial-*/store/CURRENT")):
            return
        time.sleep(0.005)
    raise AssertionError(f"the build ended before it could be stopped: {process.communicate()}")


@pytest.mark.parametrize("signal_number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_build_that_is_stopped_leaves_the_old_store_and_can_be_repeated(
    built: Project, signal_number: signal.Signals
) -> None:
    standing = current_build(built)
    assert standing is not None
    _large(built)
    process = _start(built, "--reasoner", "none", "--validator", "none")
    _wait_for_store(built, process)
    process.send_signal(signal_number)
    _, errors = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "Traceback" not in errors
    assert current_build(built) == standing
    assert _ask(standing, "place:dock ?p ?o")
    if signal_number == signal.SIGINT:
        assert _folders(built) == {standing.name}
    result = build(built, engines=_RAW)
    assert result.outcome is Outcome.BUILT
    assert result.folder is not None
    assert _folders(built) == {standing.name, result.folder.name}
    assert result.manifest.counts["things"] == 60_002


def test_what_a_killed_build_has_left_is_removed_when_nothing_is_to_be_done(built: Project) -> None:
    before = current_build(built)
    assert before is not None
    _add_thing(built, "quay")
    standing = build(built, engines=_RAW).folder
    assert standing is not None
    oldest = shutil.copytree(before, before.with_name("0" * 32))
    os.utime(oldest / "manifest.json", (0, 0))
    (oldest / "seen.tsv").unlink()  # of which the folder is the latest to have changed
    (standing.parent / f"{standing.name}.partial-1").mkdir()
    left = _folders(built)
    with locked(built.cache_dir / "build.lock"):  # another build removes them, or is at work in one
        assert build(built, engines=_RAW).outcome is Outcome.UNCHANGED
        assert _folders(built) == left
    assert build(built, engines=_RAW).outcome is Outcome.UNCHANGED
    assert _folders(built) == {before.name, standing.name}
    assert current_build(built) == standing


def test_two_builds_at_once_make_one_store(small_project: Project) -> None:
    _large(small_project, 5_000)
    processes = [_start(small_project, "--reasoner", "none", "--validator", "none") for _ in range(2)]
    outputs = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], outputs
    assert len(_folders(small_project)) == 1


def test_a_build_that_waits_too_long_says_who_holds_the_lock(built: Project) -> None:
    _add_thing(built, "quay")
    with locked(built.cache_dir / "build.lock"):
        (built.cache_dir / "build.holder").write_text("process 4711 on host dock", encoding="utf-8")
        with pytest.raises(CannotRun) as caught:
            build(built, engines=_RAW, wait=0.05)
    assert caught.value.code == "build-locked"
    assert "process 4711" in caught.value.message


def test_a_reader_of_the_old_store_goes_on_while_stores_are_swapped(built: Project) -> None:
    folder = current_build(built)
    assert folder is not None
    reader = _open(folder)
    _add_thing(built, "quay")
    build(built, engines=_RAW)
    assert not reader.query(f"ASK {{ <{_PLACE}quay> ?p ?o }}")
    assert reader.query(f"ASK {{ <{_PLACE}dock> ?p ?o }}")
    newer = current_build(built)
    assert newer is not None
    assert _ask(newer, "place:quay ?p ?o")


def test_readers_find_a_whole_store_at_every_moment(built: Project) -> None:
    code = (
        "import sys; from pathlib import Path; import pyoxigraph as ox;"
        "from citykg.manifest import current_build, store_folder; from citykg.project import Project;"
        "project = Project.find(Path(sys.argv[1])); reads = 0\n"
        "while not Path(sys.argv[2]).exists() or not reads:\n"
        "    store = ox.Store.read_only(str(store_folder(current_build(project))))\n"
        f"    assert store.query('ASK {{ <{_PLACE}dock> ?p ?o }}'); reads += 1\n"
    )
    done = built.root / "done"
    reader = subprocess.Popen(
        [sys.executable, "-c", code, str(built.root), str(done)], stderr=subprocess.PIPE, text=True
    )
    for number in range(8):
        _add_thing(built, f"quay{number}")
        build(built, engines=_RAW)
    done.touch()
    _, errors = reader.communicate(timeout=60)
    assert reader.returncode == 0, errors


@contextmanager
def _small_files(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size", [100, 200_000])
def test_a_full_disk_is_one_message_and_leaves_the_old_store(built: Project, size: int) -> None:
    standing = current_build(built)
    _large(built, 20_000)
    with _small_files(size), pytest.raises(CannotRun) as caught:
        build(built, engines=_RAW)
    assert caught.value.code == "disk-full"
    assert current_build(built) == standing
    assert standing is not None
    assert _folders(built) == {standing.name}
    assert _ask(standing, "place:dock ?p ?o")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_not_writable_is_one_message(
    small_project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    monkeypatch.setenv("CITYKG_CACHE", str(closed))
    with pytest.raises(CannotRun) as caught:
        build(small_project, engines=_RAW)
    assert caught.value.code == "not-writable"


# The shipped graph and the example


def test_the_example_project_builds_without_a_violation(tiny_project: Project) -> None:
    result = build(tiny_project)
    assert result.outcome is Outcome.BUILT
    assert result.checked == {"wanglan-2024-04-08": 5}
    assert result.manifest.counts["inferred"] > 0


def test_the_shipped_graph_has_no_violation(shipped_build: Path) -> None:
    validation = json.loads((shipped_build / "manifest.json").read_text(encoding="utf-8"))["validation"]
    assert validation["violation"] == 0
    assert read_manifest(shipped_build).counts["contradictions"] == 0
