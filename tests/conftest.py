"""What tests share: the shipped graph built once, projects to break, the command line, texts and suites."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import settings

from citykg.build import build
from citykg.current import LAYOUT
from citykg.init import init
from citykg.lock import locked
from citykg.project import Project

_ROOT = Path(__file__).parents[1]
_ARTICLES = os.environ.get("CITYKG_ARTICLES")
_SUITES = os.environ.get("CITYKG_SUITES")

# Nothing is asserted on time, on machines of which nothing is known.
settings.register_profile("citykg", deadline=None)
settings.load_profile("citykg")

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A temporary folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session", autouse=True)
def _environment(shared_folder: Path) -> None:
    """Keep stores out of the checkout and of the user's cache, and the user's settings out of the tests."""
    os.environ["CITYKG_CACHE"] = str(shared_folder / "stores")
    for name in ("CITYKG_ARTICLES", "CITYKG_DEBUG", "NO_COLOR", "FORCE_COLOR"):
        os.environ.pop(name, None)
    os.environ["LC_ALL"] = "C.UTF-8"


@pytest.fixture(scope="session")
def shipped_project() -> Project:
    """The graph that ships with citykg; not to be changed."""
    return Project(_ROOT)


@pytest.fixture(scope="session")
def shipped_build(shipped_project: Project, shared_folder: Path) -> Path:
    """The build of the shipped graph (``manifest.store_folder`` is in it), made once for all workers."""
    with locked(shared_folder / "shipped.lock", wait=600):
        # Whatever is wrong in the data has a test of its own; all others want a store.
        result = build(shipped_project, keep_going=True, wait=600)
    assert result.folder is not None
    return result.folder


@pytest.fixture(scope="session")
def _tiny_original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return init(tmp_path_factory.mktemp("tiny") / "original").root


@pytest.fixture
def tiny_project(_tiny_original: Path, tmp_path: Path) -> Project:
    """What ``citykg init`` makes, fresh for each test: the whole ontology and a small article."""
    folder = tmp_path / "tiny"
    shutil.copytree(_tiny_original, folder)
    return Project.find(folder)


@pytest.fixture
def small_project(tmp_path: Path) -> Project:
    """The least that is a project: three classes, two things, two passages; builds in no time."""
    folder = tmp_path / "small"
    shutil.copytree(Path(__file__).parent / "data" / "small-project", folder)
    return Project.find(folder)


@pytest.fixture(scope="session")
def articles_folder() -> Path:
    """The folder of the articles' texts, which are not shipped."""
    folder = Path(_ARTICLES) if _ARTICLES else _ROOT.parent / "shared" / "article"
    if not folder.is_dir():
        pytest.skip("no text of the article: set CITYKG_ARTICLES")
    return folder


@pytest.fixture(scope="session")
def suites_folder() -> Path:
    """The folder of the W3C conformance suites, which are not shipped."""
    folder = Path(_SUITES) if _SUITES else _ROOT.parent / "shared" / "suites"
    if not folder.is_dir():
        pytest.skip("no conformance suites: set CITYKG_SUITES")
    return folder


@pytest.fixture(scope="session")
def citykg() -> Run:
    """Run the command line in a process of its own: ``citykg("query", "-", stdin="ASK {}")``."""

    def run(
        *arguments: object, stdin: str = "", cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "citykg", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            cwd=cwd,
            env={**os.environ, **(env or {})},
            check=False,
            timeout=300,
        )

    return run


@pytest.fixture(scope="session")
def made_up_city(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A city in a store made by hand, so that reading is tested apart from building; not to be changed."""
    folder = tmp_path_factory.mktemp("made-up") / "city"
    shutil.copytree(Path(__file__).parent / "data" / "small-city", folder)
    project = Project.find(folder)
    build_folder = project.cache_dir / "builds" / "by-hand"
    build_folder.mkdir(parents=True)
    store = ox.Store(str(build_folder / "store"))
    store.load(path=str(folder / "data" / "graph.trig"), format=ox.RdfFormat.TRIG)
    store.extend([ox.Quad(quad.subject, quad.predicate, quad.object) for quad in store])
    store.flush()
    (build_folder / "manifest.json").write_text("{}", encoding="utf-8")
    (build_folder / "format").write_text(f"layout {LAYOUT} citykg 0\n", encoding="utf-8")
    (project.cache_dir / "current").write_text("by-hand", encoding="utf-8")
    return project
