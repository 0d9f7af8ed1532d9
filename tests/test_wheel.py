"""The wheel, in an empty environment in another folder, answers like the checkout."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from citykg.manifest import current_build, read_manifest
from citykg.project import Project

_ROOT = Path(__file__).parents[1]
_QUERY = (
    "query",
    "--text",
    "SELECT ?s ?label { ?s a city:Enterprise ; rdfs:label ?label } ORDER BY ?s ?label",
)


def _run(*command: object, cwd: Path) -> str:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.long
def test_the_wheel_answers_like_the_checkout(
    tmp_path: Path, shipped_project: Project, shipped_build: Path
) -> None:
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    _run(*pip, "wheel", "--no-deps", "--wheel-dir", tmp_path / "wheels", _ROOT, cwd=tmp_path)
    (wheel,) = (tmp_path / "wheels").glob("citykg-*.whl")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    _run(sys.executable, "-m", "venv", "venv", cwd=elsewhere)
    folder = elsewhere / "venv" / ("Scripts" if os.name == "nt" else "bin")
    _run(
        folder / "python",
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--quiet",
        "install",
        wheel,
        cwd=elsewhere,
    )
    there = _run(folder / "citykg", *_QUERY, "--format", "tsv", cwd=elsewhere)
    here = _run(sys.executable, "-m", "citykg", "--project", _ROOT, *_QUERY, "--format", "tsv", cwd=elsewhere)
    assert there == here
    assert len(there.splitlines()) > 1
    code = "from citykg.project import Project; from citykg.manifest import *; import pathlib;"
    code += "print(read_manifest(current_build(Project.shipped())).canonical)"
    canonical = _run(folder / "python", "-c", code, cwd=elsewhere).strip()
    assert canonical == read_manifest(shipped_build).canonical
    assert current_build(shipped_project) == shipped_build
    # Nothing is written into the installed package.
    assert not list((elsewhere / "venv").rglob(".citykg"))
