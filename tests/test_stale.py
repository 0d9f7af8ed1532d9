"""Which files a build reads again, and which edits it could not see if it read none."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from citykg.build import Outcome, build
from citykg.manifest import current_build, read_inputs, read_manifest
from citykg.project import Project
from citykg.seen import SEEN, look, settled

MINUTE = 60_000_000_000
NAME = "data/entities/places.ttl"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of builds goes a minute ahead: files are long at rest when they are looked at."""
    now = time.time_ns
    monkeypatch.setattr("citykg.manifest.time.time_ns", lambda: now() + MINUTE)


def other_text(path: Path) -> None:
    """Write another text of the same length."""
    path.write_text(path.read_text(encoding="utf-8").replace("埠头", "石桥"), encoding="utf-8")


def with_the_old_time(path: Path) -> None:
    status = path.stat()
    other_text(path)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def another_file_of_that_name(path: Path) -> None:
    status = path.stat()
    new = path.with_name("new")
    new.write_bytes(path.read_bytes())
    other_text(new)
    os.utime(new, ns=(status.st_atime_ns, status.st_mtime_ns))
    new.replace(path)


def with_a_time_before(path: Path) -> None:
    other_text(path)
    os.utime(path, (1_000_000_000, 1_000_000_000))


def build_of(project: Project) -> Path:
    folder = current_build(project)
    assert folder is not None
    return folder


@pytest.mark.usefixtures("later")
def test_files_that_look_as_they_did_are_not_read(small_project: Project) -> None:
    build(small_project)
    inputs = read_inputs(small_project, standing=build_of(small_project))
    assert inputs.contents == {}
    assert inputs.digests == read_manifest(build_of(small_project)).inputs
    assert build(small_project).outcome is Outcome.UNCHANGED


@pytest.mark.usefixtures("later")
def test_a_file_that_was_only_touched_is_read_and_nothing_is_done(small_project: Project) -> None:
    build(small_project)
    (small_project.root / NAME).touch()
    inputs = read_inputs(small_project, standing=build_of(small_project))
    assert list(inputs.contents) == [small_project.root / NAME]
    assert build(small_project).outcome is Outcome.UNCHANGED


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize(
    "edit", [other_text, with_the_old_time, another_file_of_that_name, with_a_time_before]
)
def test_an_edit_is_seen_whatever_its_time(small_project: Project, edit: Callable[[Path], None]) -> None:
    build(small_project)
    path = small_project.root / NAME
    size, inputs = path.stat().st_size, read_inputs(small_project)
    edit(path)
    assert path.stat().st_size == size
    result = build(small_project)
    assert result.outcome is Outcome.BUILT
    assert result.manifest.inputs != inputs.digests
    assert result.manifest.inputs == read_inputs(small_project).digests


def test_an_edit_in_the_same_moment_as_the_build_is_seen(small_project: Project) -> None:
    build(small_project)
    other_text(small_project.root / NAME)
    # As if the times of the file system were too coarse to tell the two apart.
    seen = build_of(small_project) / SEEN
    lines = seen.read_text(encoding="utf-8").splitlines()
    state = look(small_project, [NAME])[NAME]
    seen.write_text(
        "".join(f"{state}\t{NAME}\n" if line.endswith(NAME) else f"{line}\n" for line in lines),
        encoding="utf-8",
    )
    assert NAME not in settled(build_of(small_project))
    assert build(small_project).outcome is Outcome.BUILT


def test_files_of_a_clock_that_was_ahead_are_read(
    small_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time_ns
    monkeypatch.setattr("citykg.manifest.time.time_ns", lambda: now() - MINUTE)
    build(small_project)
    inputs = read_inputs(small_project, standing=build_of(small_project))
    assert inputs.whole


@pytest.mark.usefixtures("later")
def test_what_stands_is_built_anew_though_nothing_was_read(small_project: Project) -> None:
    first = build(small_project)
    again = build(small_project, force=True)
    assert again.outcome is Outcome.BUILT
    assert again.manifest == first.manifest


@pytest.mark.usefixtures("later")
def test_a_file_that_changes_while_it_is_built_is_built_as_it_is_then(small_project: Project) -> None:
    build(small_project)
    path = small_project.root / "ontology" / "more.ttl"
    path.write_text("", encoding="utf-8")  # calls for a whole build, for which all files are read

    def on_stage(_: str) -> None:
        if not edited:
            edited.append(True)
            other_text(small_project.root / NAME)

    edited: list[bool] = []
    result = build(small_project, on_stage=on_stage)
    assert result.manifest.inputs == read_inputs(small_project).digests
    assert build(small_project).outcome is Outcome.UNCHANGED


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("content", ["", "no time\n", "5\nstate"])
def test_without_a_look_that_can_be_read_everything_is(small_project: Project, content: str) -> None:
    build(small_project)
    (build_of(small_project) / SEEN).write_text(content, encoding="utf-8")
    assert read_inputs(small_project, standing=build_of(small_project)).whole
