"""The command line on a made-up city."""

import subprocess
from collections.abc import Callable

import pytest

from citykg.project import Project

City = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def city(citykg: City, made_up_city: Project) -> City:
    """Run the command line in the folder of the made-up city."""

    def run(*arguments: object, **options: object) -> "subprocess.CompletedProcess[str]":
        return citykg(*arguments, cwd=made_up_city.root, **options)

    return run
