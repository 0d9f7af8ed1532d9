"""The command line on a made-up city."""

import subprocess
from collections.abc import Callable

import pytest

from citykg.cli import query, render, search
from citykg.cli.main import run
from citykg.project import Project

City = Callable[..., "subprocess.CompletedProcess[str]"]
Terminal = Callable[..., tuple[str, str]]


@pytest.fixture
def terminal(
    made_up_city: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    """Run the command line on the made-up city as on a terminal of so many columns: output and notes."""

    def run_there(columns: int, *arguments: str) -> tuple[str, str]:
        monkeypatch.setenv("COLUMNS", str(columns))
        for module in (query, render, search):
            monkeypatch.setattr(module, "is_terminal", lambda stream: True)
        assert run([*arguments, "--color", "never", "--project", str(made_up_city.root)]) == 0
        captured = capsys.readouterr()
        return captured.out, captured.err

    return run_there


@pytest.fixture
def city(citykg: City, made_up_city: Project) -> City:
    """Run the command line in the folder of the made-up city."""

    def run(*arguments: object, **options: object) -> "subprocess.CompletedProcess[str]":
        return citykg(*arguments, cwd=made_up_city.root, **options)

    return run
