"""The graphs that questions are asked of, opened once, and the measure of the answers."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from citykg.ask import open_asker
from citykg.ask.asking import Asker
from citykg.build import build
from citykg.project import Project

_ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def measure() -> ModuleType:
    """benchmarks/ask.py: the tests hold the figures that it prints."""
    spec = importlib.util.spec_from_file_location("benchmark_ask", _ROOT / "benchmarks" / "ask.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["benchmark_ask"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def asker(shipped_project: Project, shipped_build: Path) -> Asker:
    """The shipped graph, ready for questions."""
    return open_asker(project=shipped_project, store=str(shipped_build))


@pytest.fixture(scope="session")
def second_city(measure: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Asker:
    """A made-up city that neither the code nor the lexicon knows."""
    project = measure.second_city_project(tmp_path_factory.mktemp("second-city") / "city")
    build(project, keep_going=True, wait=600)
    return open_asker(project=project)
