"""A build that goes on from the one that stands, against one from scratch."""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from citykg.basis import read_basis
from citykg.build import BuildResult, Outcome, build
from citykg.digest import ContentDigest
from citykg.errors import CannotRun
from citykg.manifest import Engines, current_build, read_manifest, store_folder
from citykg.project import Project
from citykg.sparql import pattern

HERE = Path(__file__).parent
PREFIXES = """
@prefix city: <https://w3id.org/citykg/ontology#> .
@prefix indicator: <https://w3id.org/citykg/id/indicator/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix place: <https://w3id.org/citykg/id/place/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix a: <https://w3id.org/citykg/article/dock-2024-01-02#> .
@prefix b: <https://w3id.org/citykg/article/dock-2024-02-03#> .
"""
ONTOLOGY = """
city:Article a owl:Class . city:Passage a owl:Class . city:Park rdfs:label "公园"@zh .
city:Inner owl:equivalentClass [
    a owl:Restriction ; owl:onProperty city:locatedIn ; owl:someValuesFrom city:City ] .
city:near a owl:ObjectProperty , owl:SymmetricProperty ;
    rdfs:subPropertyOf city:close ; rdfs:range city:Place .
city:mayor a owl:FunctionalProperty .
"""
SHAPES = """
@prefix city: <https://w3id.org/citykg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:place> a sh:NodeShape ; sh:targetClass city:Place ; sh:property <urn:label> , <urn:area> .
<urn:label> sh:path rdfs:label ; sh:minCount 1 ; sh:message "no label"@en .
<urn:area> sh:path city:area ; sh:maxCount 1 ; sh:pattern "^[0-9]+[.][0-9]+$" ;
    sh:severity sh:Warning ; sh:message "area"@en .
<urn:within> a sh:NodeShape ; sh:targetSubjectsOf city:locatedIn ; sh:message "nowhere"@en ;
    sh:property [ sh:path ( city:locatedIn rdfs:label ) ; sh:minCount 1 ; sh:message "no label there"@en ] .
<urn:inner> a sh:NodeShape ; city:validates city:Closure ; sh:targetClass city:Inner ;
    sh:property [ sh:path city:locatedIn ; sh:class city:City ; sh:severity sh:Info ; sh:message "in"@en ] .
"""
THINGS = [
    "place:dock a city:City .",
    'place:dock rdfs:label "埠头市"@zh .',
    "place:pier a city:Park .",
    'place:pier rdfs:label "码头公园"@zh .',
    "place:quay a city:Place .",
    "place:quay city:locatedIn place:pier .",
    "place:pier city:locatedIn place:dock .",
    "place:pier city:near place:quay .",
    "place:dock city:area 1.50 .",
    "place:dock city:area 1.5 .",
    "place:pier city:area 2.0 .",
    'place:quay skos:altLabel "栈桥"@zh .',
    'place:dock skos:altLabel "埠头"@zh .',
    'place:quay rdfs:label "七号栈桥码头"@zh .',
    'place:pier skos:definition "供市民散步"@zh .',
    "a:p01s01.m1 city:mentions place:pier .",
]
RARE = [
    "place:pier a city:City .",  # a contradiction with its being a park
    "place:dock owl:sameAs place:harbour .",
    "place:dock city:mayor place:ann , place:bob .",
    "city:Yard rdfs:subClassOf city:Place .",
    "place:quay a city:Yard .",
]
STATED = [
    "{p}.m1 city:inPassage {p} ; city:mentions place:dock .",
    '{p}.m1 city:asStated "埠头" .',
    '{p}.m1 city:asStated "埠头老城" .',
    '{p}.m2 city:asStated "码头公园" .',
    "{p}.m2 city:inPassage {p} ; city:mentions place:quay .",
    "place:pier city:locatedIn place:dock .",
    "place:pier city:near place:quay .",
    "place:quay city:locatedIn place:pier .",
    "{p}.q1 city:inPassage {p} ; city:about place:pier ; city:value 1.50 .",
    "{p}.q1 city:value 1.5 .",
    "{p}.q1 city:value 3 .",
    '{p}.q1 city:asStated "28个" .',
    "{p}.q1 city:indicator indicator:count .",
]
FILES = ["entities/one.ttl", "entities/two.ttl", "background/known.ttl"]
PASSAGES = ["a:p01s01", "a:p02s01", "b:p01s01"]

#: Every statement that may stand in a file, or in a passage; the last one is the second article as a whole.
PLACES = (
    [(file, text) for file in FILES for text in (*THINGS, *RARE)]
    + [(passage, text.format(p=passage)) for passage in PASSAGES for text in STATED]
    + [("articles", "the second article")]
)
RARELY = {number for number, (_, text) in enumerate(PLACES) if text in RARE}
FIRST = frozenset(
    number
    for number, (place, text) in enumerate(PLACES)
    if (place == FILES[0] and text in THINGS[:7])
    or (place in PASSAGES and number % 3 == 0)
    or place == "articles"
)

numbers = st.sampled_from([n for n in range(len(PLACES)) if n not in RARELY])
rarely = st.one_of(*[numbers] * 6, st.sampled_from(sorted(RARELY)))
toggles = st.lists(st.frozensets(rarely, min_size=1, max_size=3), min_size=1, max_size=3)


def new_project(folder: Path) -> Project:
    """A project with shapes and checks, whose data `write` writes."""
    shutil.copytree(HERE / "data" / "small-project", folder)
    (folder / "data/articles/dock-2024-01-02/text.txt").unlink()
    (folder / "data/entities/places.ttl").unlink()
    (folder / "data/background").mkdir()
    (folder / "ontology/shapes").mkdir()
    (folder / "ontology/shapes/places.ttl").write_text(SHAPES, encoding="utf-8")
    (folder / "ontology/more.ttl").write_text(PREFIXES + ONTOLOGY, encoding="utf-8")
    shutil.copytree(HERE.parent / "queries" / "checks", folder / "queries" / "checks")
    return Project.find(folder)


def write(project: Project, state: frozenset[int]) -> None:
    """Write the data files so that they say what stands in a state, and nothing else."""
    data = project.root / "data"
    said: dict[str, list[str]] = {}
    for number in sorted(state):
        place, text = PLACES[number]
        said.setdefault(place, []).append(text)
    for file in FILES:
        if file in said:
            (data / file).write_text(PREFIXES + "\n".join(said[file]), encoding="utf-8")
        else:
            (data / file).unlink(missing_ok=True)
    first, second = data / "articles/dock-2024-01-02", data / "articles/dock-2024-02-03"
    shutil.rmtree(second, ignore_errors=True)
    if "articles" in said:
        second.mkdir()
        described = (first / "article.ttl").read_text(encoding="utf-8").replace("2024-01-02", "2024-02-03")
        (second / "article.ttl").write_text(described, encoding="utf-8")
    for folder, passages in ((first, PASSAGES[:2]), (second, PASSAGES[2:])):
        if folder.is_dir():
            blocks = [f"{name} {{\n" + "\n".join(said.get(name, [])) + "\n}" for name in passages]
            (folder / "facts.trig").write_text(PREFIXES + "\n".join(blocks), encoding="utf-8")


@contextmanager
def cache(folder: Path) -> Iterator[None]:
    before = os.environ.get("CITYKG_CACHE", "")
    os.environ["CITYKG_CACHE"] = str(folder)
    try:
        yield
    finally:
        os.environ["CITYKG_CACHE"] = before


def content(result: BuildResult) -> dict[str, object]:
    """Everything that readers and reports see of a build."""
    folder = result.folder
    assert folder is not None
    basis = read_basis(folder)
    assert basis is not None
    files = {name: (folder / name).read_bytes() for name in ("ask.json", "search.json", "manifest.json")}
    assert ContentDigest.of(ox.Store.read_only(str(store_folder(folder)))) == basis.digest
    report = basis.report
    return {
        **files,
        "results": None if report is None else report.results,
        "digest": basis.digest,
        "explicit": basis.explicit,
        "distinct": basis.distinct,
        "repeated": set(basis.repeated),
        "written": basis.written.lines,
        "severities": None if report is None else report.counts(),
    }


def follow(steps: list[frozenset[int]], engines: Engines) -> None:
    """Build a project again after every step, and compare with a build from scratch each time."""
    with TemporaryDirectory() as place:
        project = new_project(Path(place) / "project")
        state = FIRST
        write(project, state)
        with cache(Path(place) / "cache"):
            build(project, engines=engines, keep_going=True)
        for number, step in enumerate(steps):
            state ^= step
            write(project, state)
            with cache(Path(place) / "cache"):
                followed = build(project, engines=engines, keep_going=True)
            if followed.outcome is not Outcome.BUILT:
                continue
            event("incremental" if followed.whole is None else f"whole: {followed.whole.why}")
            if followed.whole is not None:
                continue  # a build from scratch itself
            with cache(Path(place) / f"cache-{number}"):
                whole = build(project, engines=engines, keep_going=True)
            assert whole.whole is not None
            assert content(followed) == content(whole)


slow_is_fine = list(HealthCheck)


@settings(max_examples=12, deadline=None, suppress_health_check=slow_is_fine)
@given(toggles)
def test_an_edited_project_is_built_to_what_a_build_from_scratch_gives(steps: list[frozenset[int]]) -> None:
    follow(steps, Engines())


@settings(max_examples=8, deadline=None, suppress_health_check=slow_is_fine)
@given(toggles)
def test_the_same_without_reasoning_and_validation(steps: list[frozenset[int]]) -> None:
    follow(steps, Engines("none", "none"))


@pytest.mark.long
@settings(max_examples=60, deadline=None, suppress_health_check=slow_is_fine)
@given(toggles)
def test_many_edited_projects_are_built_to_what_builds_from_scratch_give(steps: list[frozenset[int]]) -> None:
    follow(steps, Engines())


# Killed


KILLED = """
import os, signal, sys
from pathlib import Path

from citykg.build import build
from citykg.project import Project

CHANGES = {"open", "os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir", "shutil.copyfile"}
left, begun = int(sys.argv[2]), False


def on_stage(_: str) -> None:
    global begun
    begun = True


def on_event(event: str, arguments: tuple[object, ...]) -> None:
    global left
    if begun and event in CHANGES and (event != "open" or arguments[1] not in (None, "r", "rb")):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


sys.addaudithook(on_event)
result = build(Project.find(Path(sys.argv[1])), keep_going=True, on_stage=on_stage)
assert result.whole is None
print(-left)
"""


def built_until(project: Project, moment: int) -> "subprocess.CompletedProcess[str]":
    """Build in a process of its own, which is killed before it changes files for the n-th time."""
    command = [sys.executable, "-c", KILLED, str(project.root), str(moment)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.long
def test_a_build_that_is_killed_at_any_moment_leaves_a_whole_store_and_the_next_one_is_right(
    project: Project, tmp_path: Path
) -> None:
    def append(number: int) -> None:
        with (project.root / "data" / FILES[0]).open("a", encoding="utf-8") as stream:
            stream.write(f'place:jetty{number} a city:Place ; rdfs:label "{number}号码头"@zh .\n')

    moments = 0
    for number in range(2):  # the second has a build to remove
        append(1000 + number)
        done = built_until(project, 0)
        assert done.returncode == 0, done.stderr
        moments = int(done.stdout)
    tried = range(1, moments + 1, 3)
    assert len(tried) > 15
    stood = 0
    for moment in tried:
        append(moment)
        standing = current_build(project)
        assert built_until(project, moment).returncode == -signal.SIGKILL
        current = current_build(project)
        assert current is not None
        stood += current == standing
        digest = ContentDigest.of(ox.Store.read_only(str(store_folder(current))))
        assert digest.hexadecimal == read_manifest(current).canonical
        result = build(project, keep_going=True)
        assert result.whole is None
        assert len(list((project.cache_dir / "builds").iterdir())) == 2
        with cache(tmp_path / f"cache-{moment}"):
            assert content(result) == content(build(project, keep_going=True))
    assert 0 < stood < len(tried)


# What stays, and what is made anew


def fingerprint(folder: Path) -> dict[str, str]:
    """The files of a build with their digests; a reader may have written a LOG."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project that has been built."""
    project = new_project(tmp_path / "project")
    write(project, FIRST)
    assert build(project, keep_going=True).whole is not None
    return project


def edit(project: Project, *texts: str) -> BuildResult:
    """Let the first data file say more, and build."""
    with (project.root / "data" / FILES[0]).open("a", encoding="utf-8") as stream:
        stream.write("\n" + "\n".join(texts))
    return build(project, keep_going=True)


def test_a_reader_goes_on_with_the_store_that_it_has_opened(project: Project) -> None:
    standing = current_build(project)
    assert standing is not None
    before = fingerprint(standing)
    reader = ox.Store.read_only(str(store_folder(standing)))
    content = set(reader)
    result = edit(project, "place:jetty a city:Place .")
    assert result.whole is None
    assert result.folder == current_build(project) != standing
    assert set(reader) == content
    assert fingerprint(standing) == before
    assert set(ox.Store.read_only(str(store_folder(standing)))) == content


def test_the_files_of_the_store_that_stood_are_linked_and_not_copied(project: Project) -> None:
    result = edit(project, "place:jetty a city:Place .")
    assert result.folder is not None
    tables = list(store_folder(result.folder).glob("*.sst"))
    assert any(path.stat().st_nlink > 1 for path in tables)
    assert any(path.stat().st_nlink == 1 for path in tables)


def test_where_there_are_no_links_files_are_copied(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    result = edit(project, "place:jetty a city:Place .")
    assert result.whole is None
    assert result.folder is not None
    assert content(result)


def test_many_edits_one_after_another_leave_a_store_that_can_be_read(project: Project) -> None:
    for number in range(12):
        result = edit(project, f"place:jetty-{number} a city:Place ; city:locatedIn place:dock .")
        assert result.whole is None
    assert result.manifest.counts["things"] == 15
    assert content(result)


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ("ontology/more.ttl", "file"),
        ("ontology/shapes/places.ttl", "file"),
        ("queries/checks/unused-thing.rq", "file"),
        ("queries/checks/profile.ttl", "file"),
    ],
)
def test_what_reasons_and_validates_calls_for_a_whole_build(project: Project, file: str, why: str) -> None:
    with (project.root / file).open("a", encoding="utf-8") as stream:
        stream.write("\n# the same, with a comment\n")
    whole = build(project, keep_going=True).whole
    assert whole is not None
    assert (whole.why, whole.what) == (why, file)


def test_a_stored_query_changes_nothing_in_a_store(project: Project) -> None:
    before = current_build(project)
    assert before is not None
    with (project.root / "queries/places.rq").open("a", encoding="utf-8") as stream:
        stream.write("\n# the same, with a comment\n")
    result = build(project, keep_going=True)
    assert result.whole is None
    assert result.outcome is Outcome.BUILT
    assert result.manifest.canonical == read_manifest(before).canonical


@pytest.mark.parametrize("damage", ["basis.json", "written.nq", "report.jsonl", "files"])
def test_without_what_is_kept_everything_is_built_anew(project: Project, damage: str) -> None:
    folder = current_build(project)
    assert folder is not None
    if damage == "files":
        for path in (project.cache_dir / "files").iterdir():
            path.write_bytes(b"something else")
    else:
        (folder / damage).unlink()
    whole = edit(project, "place:jetty a city:Place .").whole
    assert whole is not None
    assert whole.why == "basis"
    assert edit(project, "place:quay a city:Park .").whole is None


def test_force_and_other_engines_build_everything_anew(project: Project) -> None:
    for engines, force, why in ((None, True, "forced"), (Engines("none", "fast"), False, "engines")):
        whole = build(project, engines=engines, force=force, keep_going=True).whole
        assert whole is not None
        assert whole.why == why


def test_files_that_no_build_was_made_of_are_not_kept(project: Project) -> None:
    for number in range(3):
        edit(project, f"place:jetty-{number} a city:Place .")
    kept = {path.name for path in (project.cache_dir / "files").iterdir()}
    manifests = [read_manifest(path) for path in (project.cache_dir / "builds").iterdir()]
    assert len(manifests) == 2
    followed = {
        digest
        for manifest in manifests
        for name, digest in manifest.inputs.items()
        if (layer := project.layer(name)) is not None and layer.followed
    }
    assert kept == followed


def test_a_mistake_in_a_changed_file_leaves_the_store_that_stands(project: Project) -> None:
    standing = current_build(project)
    with pytest.raises(CannotRun) as caught:
        edit(project, "place:jetty a")
    assert caught.value.code == "turtle-syntax"
    assert current_build(project) == standing
    assert [path.name for path in (project.cache_dir / "builds").iterdir()] == [
        standing.name if standing else ""
    ]


def test_an_edit_that_breaks_a_shape_is_refused_and_found_again(project: Project) -> None:
    shapes = project.root / "ontology/shapes/places.ttl"
    shapes.write_text(SHAPES.split("<urn:within>")[0], encoding="utf-8")
    shutil.rmtree(project.root / "queries/checks")
    assert edit(project, 'place:quay rdfs:label "岸"@zh .').manifest.validation == {
        "violation": 0,
        "warning": 0,
        "info": 0,
    }
    standing = current_build(project)
    for _ in range(2):
        with (project.root / "data" / FILES[0]).open("a", encoding="utf-8") as stream:
            stream.write("\nplace:jetty a city:Place .")
        result = build(project)
        assert result.outcome is Outcome.REFUSED
        assert result.whole is None
        assert current_build(project) == standing
        assert result.assembly is not None
        assert result.assembly.report is not None
        assert [str(r.focus) for r in result.assembly.report.results] == [
            "<https://w3id.org/citykg/id/place/jetty>"
        ]
        assert result.assembly.data.locate("https://w3id.org/citykg/id/place/jetty") is not None


def test_how_many_there_are_of_a_kind_is_followed_into_the_index(project: Project, tmp_path: Path) -> None:
    facts = project.root / "data/articles/dock-2024-01-02/facts.trig"
    before = facts.read_text(encoding="utf-8")
    for number in (28, 29):
        figure = (
            f'a:p01s01.q7 city:about place:pier ; city:indicator indicator:count ; city:asStated "{number}座"'
        )
        facts.write_text(f"{before}\na:p01s01 {{ {figure} . }}\n", encoding="utf-8")
        followed = build(project, keep_going=True)
        assert followed.whole is None
        with cache(tmp_path / f"cache-{number}"):
            whole = build(project, keep_going=True)
        assert content(followed) == content(whole)
        assert followed.folder is not None
        assert f'"{number}座公园"' in (followed.folder / "ask.json").read_text(encoding="utf-8")


def test_the_index_names_every_property_that_its_patterns_name() -> None:
    def terms(name: str) -> set[str]:
        text = re.sub(r"(?m)^(PREFIX .*|#.*)$", "", pattern(name))
        return set(re.findall(r"\b[a-z]+:[A-Za-z]+\b", text))

    names = {path.stem for path in (HERE.parent / "src/citykg/sparql").glob("ask-*.rq")}
    used = {
        name
        for name in names
        if f'"{name}"' in (HERE.parent / "src/citykg/ask/words/indexing.py").read_text("utf-8")
    }
    used |= {"search-containing", "search-texts"}
    assert len(used) > 10
    properties = {term for name in used for term in terms(name) if term.partition(":")[2][0].islower()}
    known = terms("index-touched")
    assert {p for p in properties if not p.startswith("graph:")} <= known
