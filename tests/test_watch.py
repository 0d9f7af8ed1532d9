"""Files that are being edited: each change is told once, when it has come to rest."""

import os
import threading
import time
from pathlib import Path

from citykg.project import Project
from citykg.watch import changes

_PLACES = "data/entities/places.ttl"


def test_the_first_look_is_no_change(small_project: Project) -> None:
    assert next(changes(small_project)) == []


def test_files_that_are_new_changed_and_gone_are_named(small_project: Project) -> None:
    looks = changes(small_project, interval=0.01)
    next(looks)
    root = small_project.root
    (root / "data/entities/new.ttl").write_text("", encoding="utf-8")
    with (root / _PLACES).open("a", encoding="utf-8") as stream:
        stream.write("# a remark\n")
    gone = next(path for path in sorted((root / "ontology").rglob("*.ttl")))
    gone.unlink()
    assert next(looks) == sorted(["data/entities/new.ttl", _PLACES, small_project.relative(gone)])


def test_what_changes_while_a_change_is_worked_on_is_the_next_one(small_project: Project) -> None:
    looks = changes(small_project, interval=0.01)
    next(looks)
    for text in ("# one\n", "# two\n"):
        with (small_project.root / _PLACES).open("a", encoding="utf-8") as stream:
            stream.write(text)
        assert next(looks) == [_PLACES]


def test_a_file_put_in_the_place_of_another_of_the_same_size_and_time_is_a_change(
    small_project: Project,
) -> None:
    places = small_project.root / _PLACES
    status = places.stat()
    looks = changes(small_project, interval=0.01)
    next(looks)
    other = places.with_name(".new")
    other.write_bytes(places.read_bytes().replace(b"pier", b"quay"))
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(places)
    assert next(looks) == [_PLACES]


def test_hidden_files_are_no_change_and_texts_of_articles_are(small_project: Project, tmp_path: Path) -> None:
    text = tmp_path / "texts" / "dock-2024-01-02.txt"
    text.parent.mkdir()
    text.write_text("a", encoding="utf-8")
    looks = changes(small_project, article=text.parent, interval=0.01)
    next(looks)
    (small_project.root / "data/entities/.places.ttl.swp").write_bytes(b"x")
    text.write_text("other", encoding="utf-8")
    assert next(looks) == [str(text)]


def test_a_file_that_is_still_written_to_is_not_told_of(small_project: Project) -> None:
    looks = changes(small_project, interval=0.2)
    next(looks)

    def write() -> None:
        for number in range(5):
            with (small_project.root / _PLACES).open("a", encoding="utf-8") as stream:
                stream.write(f"# {number}\n")
            time.sleep(0.05)

    writer = threading.Thread(target=write)
    writer.start()
    assert next(looks) == [_PLACES]
    writer.join()
    text = (small_project.root / _PLACES).read_text(encoding="utf-8")
    assert text.endswith("# 4\n")
