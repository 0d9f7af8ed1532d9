"""``citykg build``: the whole report, every way to end."""

import hashlib
import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from citykg.manifest import current_build, read_manifest
from citykg.project import Project

Run = Callable[..., "CompletedProcess[str]"]

_PLACES = "data/entities/places.ttl"


def _append(project: Project, text: str) -> None:
    with (project.root / _PLACES).open("a", encoding="utf-8") as stream:
        stream.write(text)


def test_the_report_of_a_build(citykg: Run, small_project: Project) -> None:
    done = citykg("build", "--project", small_project.root)
    assert done.returncode == 0
    assert re.sub(r"\d+(?= triples$)", "N", done.stdout, flags=re.MULTILINE) == (
        "built\n"
        "  articles     1\n"
        "  passages     2\n"
        "  things       2\n"
        "  asserted    48 triples in 5 graphs\n"
        "  inferred    N triples\n"
        "  texts        2 passages agree with their digests\n"
        "  validation  0 violations, 0 warnings, 0 infos\n"
        f"  store       {current_build(small_project)}\n"
    )
    assert re.fullmatch(r"took \d+\.\d s\n", done.stderr)


def test_the_report_of_a_build_in_chinese(citykg: Run, small_project: Project) -> None:
    done = citykg("build", "--project", small_project.root, "--lang", "zh", "-q")
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[0] == "已构建"
    assert lines[4].split()[:2] == ["断言", "48"]


def test_nothing_changed_is_said_and_nothing_is_on_stderr(citykg: Run, small_project: Project) -> None:
    first = citykg("--project", small_project.root, "build")
    second = citykg("--project", small_project.root, "build")
    assert second.returncode == 0
    assert second.stderr == ""
    assert second.stdout == first.stdout.replace("built\n", "nothing has changed\n", 1)


def test_violations_are_shown_with_file_and_line_and_end_with_1(citykg: Run, tiny_project: Project) -> None:
    lines = (tiny_project.root / _PLACES).read_text(encoding="utf-8").count("\n")
    _append(tiny_project, "place:nameless a city:Lakee .\n")
    done = citykg("build", "--project", tiny_project.root)
    assert done.returncode == 1
    assert _PLACES in done.stdout
    assert f"line {lines + 1}" in done.stdout
    assert "city:Lakee" in done.stdout
    assert "\nnot built\n" in done.stdout
    assert "no store yet" in done.stdout
    assert current_build(tiny_project) is None


def test_a_contradiction_ends_with_1_and_keep_going_with_0(citykg: Run, small_project: Project) -> None:
    engines = ("--reasoner", "owlrl", "--validator", "none")
    citykg("build", "--project", small_project.root, *engines)
    standing = current_build(small_project)
    _append(small_project, "place:pier a city:City .\n")
    refused = citykg("build", "--project", small_project.root, *engines)
    assert refused.returncode == 1
    assert "[cax-dw]" in refused.stdout
    assert "the store that stood before stays in place" in refused.stdout
    assert current_build(small_project) == standing
    kept = citykg("build", "--project", small_project.root, *engines, "--keep-going")
    assert kept.returncode == 0
    assert current_build(small_project) != standing


def test_a_syntax_error_ends_with_3_and_one_message(citykg: Run, small_project: Project) -> None:
    lines = (small_project.root / _PLACES).read_text(encoding="utf-8").count("\n")
    _append(small_project, "place:x a cty:City .\n")
    done = citykg("build", "--project", small_project.root)
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr == (
        f"citykg: error[turtle-syntax]: {_PLACES}:{lines + 1}:11: The prefix cty: has not been declared\n"
        f"  {lines + 1} | place:x a cty:City .\n"
        f"{' ' * len(f'  {lines + 1} | ')}          ^\n"
        "hint: did you mean city:?\n"
    )


def test_an_article_that_differs_is_named_by_its_passage(
    citykg: Run, small_project: Project, tmp_path: Path
) -> None:
    text = tmp_path / "dock-2024-01-02.txt"
    text.write_text("埠头市\n码头花园开放，1.50公顷。\n", encoding="utf-8")
    for argument in (text, tmp_path):
        done = citykg("build", "--project", small_project.root, "--article", argument)
        assert done.returncode == 3
        assert "error[article-differs]" in done.stderr
        assert "dock-2024-01-02#p02s01" in done.stderr
        assert "#p01s01" not in done.stderr
    done = citykg("build", "--project", small_project.root, env={"CITYKG_ARTICLES": str(tmp_path)})
    assert "error[article-differs]" in done.stderr


def test_a_text_that_differs_between_its_passages_is_a_warning(citykg: Run, small_project: Project) -> None:
    (folder,) = small_project.articles()
    article, text = folder / "article.ttl", folder / "text.txt"
    content = article.read_text(encoding="utf-8")
    expected, found = "0" * 64, hashlib.sha256(text.read_bytes()).hexdigest()
    article.write_text(
        content.replace("a city:Article .", f'a city:Article ; city:sha256 "{expected}" .'), encoding="utf-8"
    )
    warning = (
        f"warning: {text} is not the file that {folder.name} describes, though its passages agree\n"
        f"  expected {expected}\n  found    {found}\n"
    )
    done = citykg("build", "--project", small_project.root)
    assert (done.returncode, done.stdout.startswith(warning)) == (0, True)
    done = citykg("build", "--project", small_project.root, "--format", "json")
    assert json.loads(done.stdout)["edited"] == [
        {"article": folder.name, "file": str(text), "expected": expected, "found": found}
    ]
    done = citykg("build", "--project", small_project.root, "--fail-on", "warning")
    assert (done.returncode, done.stdout.startswith(warning)) == (1, True)


def test_files_that_are_not_read_are_named_whether_anything_is_built_or_not(
    citykg: Run, small_project: Project
) -> None:
    (small_project.root / "data" / "entities" / "more.nt").touch()
    for outcome in ("built", "nothing has changed"):
        done = citykg("build", "--project", small_project.root)
        assert done.returncode == 0
        warning, first = done.stdout.splitlines()[:2]
        assert warning.startswith("warning: data/entities/more.nt is not read: only files that end in .ttl")
        assert first == outcome
    done = citykg("build", "--project", small_project.root, "--format", "json")
    assert [one["name"] for one in json.loads(done.stdout)["unread"]] == ["data/entities/more.nt"]
    chinese = citykg("build", "--project", small_project.root, "--lang", "zh")
    assert chinese.stdout.startswith("警告：data/entities/more.nt 没有被读取")


def test_an_unknown_engine_is_wrong_usage(citykg: Run, small_project: Project) -> None:
    done = citykg("build", "--project", small_project.root, "--reasoner", "magic")
    assert done.returncode == 2
    assert "owlrl" in done.stderr


def test_readers_are_told_about_a_store_that_is_older_than_its_files(
    citykg: Run, small_project: Project
) -> None:
    citykg("build", "--project", small_project.root)
    _append(small_project, "place:quay a city:Park .\n")
    done = citykg("query", "--project", small_project.root, "--text", "ASK { place:dock a city:City }")
    assert done.returncode == 0
    assert "true" in done.stdout
    assert _PLACES in done.stderr
    assert "citykg build" in done.stderr


@pytest.mark.parametrize("how", ["text", "json"])
def test_who_asks_is_told_about_a_store_that_is_older_than_its_files(
    citykg: Run, small_project: Project, how: str
) -> None:
    citykg("build", "--project", small_project.root)
    ask = ("ask", "--project", small_project.root, "--format", how, "-")
    assert citykg(*ask, stdin="谁\n谁\n").stderr == ""
    _append(small_project, "place:quay a city:Park .\n")
    done = citykg(*ask, stdin="谁\n谁\n")
    assert done.stderr == f"note: the store is older than {_PLACES}: run citykg build\n"
    assert _PLACES not in done.stdout
    assert citykg(*ask, "--quiet", stdin="谁\n").stderr == ""


def test_the_manifest_is_json_without_time_or_place(citykg: Run, small_project: Project) -> None:
    citykg("build", "--project", small_project.root)
    folder = current_build(small_project)
    assert folder is not None
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    assert str(small_project.root) not in text
    assert set(json.loads(text)) == {
        "address",
        "canonical",
        "citykg",
        "counts",
        "engines",
        "inputs",
        "layers",
        "layout",
        "validation",
    }


class _Watched:
    """``citykg build --watch`` in a process of its own, and what it has written."""

    def __init__(self, process: "subprocess.Popen[bytes]", stream: int) -> None:
        self.process = process
        self._stream = stream
        self._text = ""

    def until(self, wanted: str, *, seconds: float = 60) -> str:
        """Return what is written until a text comes."""
        end = time.monotonic() + seconds
        while wanted not in self._text:
            ready, _, _ = select.select([self._stream], [], [], max(0, end - time.monotonic()))
            assert ready, f"no {wanted!r} in {self._text!r}"
            self._text += os.read(self._stream, 65536).decode()
        before, found, self._text = self._text.partition(wanted)
        return before + found


@contextmanager
def _watching(project: Project, *arguments: str, terminal: bool = False) -> Iterator[_Watched]:
    command = [sys.executable, "-m", "citykg", "build", "--watch", "--project", str(project.root), *arguments]
    outer, inner = pty.openpty() if terminal else os.pipe()
    process = subprocess.Popen(
        command, stdout=inner, stderr=subprocess.DEVNULL, env={**os.environ, "COLUMNS": "80", "LINES": "24"}
    )
    os.close(inner)
    try:
        yield _Watched(process, outer)
    finally:
        process.kill()
        process.wait()
        os.close(outer)


def test_watching_builds_again_whenever_a_file_is_saved_and_ends_with_0(small_project: Project) -> None:
    with _watching(small_project) as watched:
        watched.until("built\n")
        first = current_build(small_project)
        assert first is not None
        assert f"  store       {first}\n" in watched.until(f"{first.name}\n")
        _append(small_project, "place:quay a city:Park .\n")
        assert f"changed: {_PLACES}\n" in watched.until("built, only what has changed\n")
        watched.until("took ")
        assert current_build(small_project) != first
        watched.process.send_signal(signal.SIGINT)
        assert watched.process.wait(30) == 0


def test_watching_shows_an_error_with_its_line_and_goes_on(small_project: Project) -> None:
    whole = (small_project.root / _PLACES).read_bytes()
    lines = whole.count(b"\n")
    with _watching(small_project) as watched:
        watched.until("took ")
        first = current_build(small_project)
        _append(small_project, "place:x a cty:City .\n")
        watched.until(f"error[turtle-syntax]: {_PLACES}:{lines + 1}:11")
        assert current_build(small_project) == first
        (small_project.root / _PLACES).write_bytes(whole)
        watched.until("nothing has changed\n")
        watched.process.send_signal(signal.SIGINT)
        assert watched.process.wait(30) == 0


def test_watching_keeps_one_screen_on_a_terminal(tiny_project: Project) -> None:
    with _watching(tiny_project, terminal=True) as watched:
        watched.until("took ")
        _append(tiny_project, "".join(f"place:nameless{number} a city:Lakee .\n" for number in range(9)))
        watched.until("\x1b[2J\x1b[H")
        screen = watched.until("citykg validate shows them\r\n")
        assert screen.count("\n") < 24
        assert f"changed: {_PLACES}" in screen


def test_what_no_edit_of_the_project_mends_ends_watching_at_once(citykg: Run, small_project: Project) -> None:
    done = citykg("build", "--watch", "--project", small_project.root, "--article", "nowhere.txt")
    assert done.returncode == 3
    assert "error[article-not-found]" in done.stderr
    other = small_project.root / "data/articles/dock-2024-02-03"
    shutil.copytree(small_project.root / "data/articles/dock-2024-01-02", other)
    done = citykg(
        "build", "--watch", "--project", small_project.root, "--article", small_project.root / _PLACES
    )
    assert done.returncode == 2
    assert "error[which-article]" in done.stderr


# For programs


def _json(done: "CompletedProcess[str]") -> dict[str, Any]:
    assert done.stderr == ""
    content = json.loads(done.stdout)
    assert isinstance(content, dict)
    return content


def test_a_program_reads_what_was_done_and_why(citykg: Run, small_project: Project) -> None:
    arguments = ("build", "--project", small_project.root, "--format", "json")
    first = _json(citykg(*arguments))
    current = current_build(small_project)
    assert current is not None
    manifest = read_manifest(current)
    seconds = first.pop("seconds")
    assert first == {
        "outcome": "built",
        "whole": {"why": "first", "what": ""},
        "store": str(current),
        "digest": manifest.canonical,
        "engines": {"reasoner": "fast", "validator": "fast"},
        "counts": dict(manifest.counts),
        "validation": {"violation": 0, "warning": 0, "info": 0},
        "unread": [],
        "texts": {"dock-2024-01-02": 2},
        "edited": [],
    }
    assert list(seconds) == ["look", "parse", "reason", "store", "validate", "index", "all"]
    assert abs(sum(seconds.values()) - 2 * seconds["all"]) < 0.01
    unchanged = _json(citykg(*arguments))
    assert (unchanged["outcome"], unchanged["whole"]) == ("unchanged", None)
    assert list(unchanged["seconds"]) == ["look", "all"]
    _append(small_project, "place:quay a city:Park .\n")
    followed = _json(citykg(*arguments))
    assert (followed["outcome"], followed["whole"]) == ("built", None)
    (small_project.root / "ontology/more.ttl").touch()
    whole = _json(citykg(*arguments))
    assert whole["whole"] == {"why": "file", "what": "ontology/more.ttl"}
    assert whole["digest"] == followed["digest"]


def test_a_program_reads_how_many_findings_a_refused_build_has(citykg: Run, tiny_project: Project) -> None:
    _append(tiny_project, "place:nameless a city:Lakee .\n")
    done = citykg("build", "--project", tiny_project.root, "--format", "json")
    assert done.returncode == 1
    refused = _json(done)
    assert refused["outcome"] == "refused"
    assert refused["store"] is None
    assert refused["validation"]["violation"] > 0


def test_a_program_reads_a_line_for_every_build_while_watching(small_project: Project) -> None:
    with _watching(small_project, "--format", "json") as watched:
        first = json.loads(watched.until("\n"))
        assert (first["changed"], first["outcome"]) == ([], "built")
        _append(small_project, "place:x a cty:City .\n")
        failed = json.loads(watched.until("\n"))
        assert failed["changed"] == [_PLACES]
        assert failed["error"]["code"] == "turtle-syntax"
        watched.process.send_signal(signal.SIGINT)
        assert watched.process.wait(30) == 0


def test_help_opens_with_examples(citykg: Run) -> None:
    examples = [
        line for line in citykg("build", "--help").stdout.splitlines() if line.startswith("  citykg build")
    ]
    assert len(examples) == 5
