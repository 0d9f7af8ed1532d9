"""Files of a project are read whole; what is no file is refused, and never waited for."""

import os
from pathlib import Path

import pytest

from citykg.errors import CannotRun
from citykg.manifest import digest_of, read_inputs
from citykg.project import Project
from citykg.project_file import read_project_file
from citykg.sources import read_project


def test_a_file_is_read_whole(small_project: Project) -> None:
    path = small_project.entities()[0]
    assert read_project_file(small_project, path) == path.read_bytes()


def test_what_is_not_there_or_a_folder_is_said_by_its_name_in_the_project(small_project: Project) -> None:
    folder = small_project.root / "data" / "entities" / "more.ttl"
    with pytest.raises(CannotRun, match=r"there is no file data/entities/more\.ttl"):
        read_project_file(small_project, folder)
    folder.mkdir()
    with pytest.raises(CannotRun, match=r"cannot read data/entities/more\.ttl: Is a directory"):
        read_project_file(small_project, folder)


def test_a_pipe_or_a_device_is_refused_by_whatever_reads_the_project(small_project: Project) -> None:
    entities = small_project.root / "data" / "entities"
    os.mkfifo(entities / "pipe.ttl")
    for read in (read_inputs, read_project):
        with pytest.raises(CannotRun, match=r"data/entities/pipe\.ttl: it is a pipe or a device") as raised:
            read(small_project)
        assert raised.value.code == "unreadable"
    assert digest_of(small_project, entities / "pipe.ttl") is None
    (entities / "pipe.ttl").unlink()
    (entities / "device.ttl").symlink_to(Path("/dev/zero"))
    with pytest.raises(CannotRun, match="it is a pipe or a device"):
        read_inputs(small_project)
