"""Every example in README and docs runs as it stands there."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")])
# Behind the language may stand the file that a reader is asked to write.
_FENCE = re.compile(r"^```(\w+) *([^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
# They install, or need an address that a reader chooses: a clean clone and tests/stores prove those.
_ELSEWHERE = ("make ", "pip ", "python -m venv", "git ", "citykg load ", "citykg verify ", "export CITYKG_")


def _blocks(page: Path, *languages: str) -> list[str]:
    return [
        text
        for language, _, text in _FENCE.findall(page.read_text(encoding="utf-8"))
        if language in languages
    ]


def _pages_with(*languages: str) -> list[pytest.param]:
    return [pytest.param(page, id=str(page.relative_to(ROOT))) for page in PAGES if _blocks(page, *languages)]


class _File(NamedTuple):
    name: str
    text: str


def _steps(page: Path) -> Iterator[tuple[str, str | None] | _File]:
    """Yield every file to write, and every command, with the output that the page shows for it or None."""
    for language, file, text in _FENCE.findall(page.read_text(encoding="utf-8")):
        if file:
            yield _File(file, text)
        elif language == "sh":
            for line in text.splitlines():
                command = re.sub(r"(^|\s{2,})#.*$", "", line).strip()
                if command:
                    yield command, None
        elif language == "console":
            for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                command, _, output = part.partition("\n")
                yield re.sub(r"\s{2,}#.*$", "", command), output


@pytest.fixture(scope="session")
def environment(shipped_build: Path) -> Mapping[str, str]:
    """Where `citykg` is the one under test."""
    return {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder as a reader has it: the shipped project, and files of their own."""
    for name in ("ontology", "data", "queries"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "queries" / "evidence" / "entities.rq", tmp_path / "my.rq")
    shutil.copy(tmp_path / "data" / "entities" / "places.ttl", tmp_path / "data" / "new.ttl")
    return tmp_path


@pytest.mark.parametrize("page", _pages_with("sh", "console"))
def test_commands_of_a_page_run(page: Path, desk: Path, environment: Mapping[str, str]) -> None:
    folder = desk
    for step in _steps(page):
        if isinstance(step, _File):
            (folder / step.name).parent.mkdir(parents=True, exist_ok=True)
            (folder / step.name).write_text(step.text, encoding="utf-8")
            continue
        command, expected = step
        if command.startswith("cd "):
            folder = folder / command[3:]
            continue
        if command.startswith(_ELSEWHERE):
            continue
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", command],
            cwd=folder,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
        assert done.returncode in (0, 141), f"{command}\n{done.stdout}{done.stderr}"
        if expected is not None:
            assert _tidy(done.stdout) == _tidy(expected), command


def _tidy(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


@pytest.mark.parametrize("page", _pages_with("python"))
def test_python_of_a_page_runs(page: Path, desk: Path, environment: Mapping[str, str]) -> None:
    code = "\n".join(_blocks(page, "python"))
    if "import citykg" in code:
        build = [sys.executable, "-m", "citykg", "build", "--validator", "none"]
        subprocess.run(build, cwd=desk, env=environment, capture_output=True, check=True)
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=desk,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", _pages_with("turtle"))
def test_turtle_of_a_page_parses(page: Path) -> None:
    for text in _blocks(page, "turtle"):
        assert list(ox.parse(text, ox.RdfFormat.TRIG))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_generated_pages_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "docs" / "generate.py", "--check"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_page_is_found_from_the_index() -> None:
    docs = ROOT / "docs"
    seen: set[Path] = set()
    ahead = [docs / "README.md"]
    while ahead:
        page = ahead.pop()
        if page in seen or page.suffix != ".md":
            continue
        seen.add(page)
        links = re.findall(r"\]\(([^)#\s:]+)", page.read_text(encoding="utf-8"))
        ahead += [(page.parent / target).resolve() for target in links if (page.parent / target).is_file()]
    assert set(docs.rglob("*.md")) - seen == set()
