"""Real triple stores, one of each kind per run, started in private folders and stopped at the end."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from citykg.endpoints import Credentials, Endpoint, EndpointStore, connect
from citykg.export import StoreSource
from citykg.manifest import store_folder
from citykg.store import EmbeddedStore

sys.path.insert(0, str(Path(__file__).parents[2] / "tools" / "stores"))

from answers import filled  # type: ignore[import-not-found]
from servers import KINDS, Missing, Server, start  # type: ignore[import-not-found]


@pytest.fixture(scope="session", params=sorted(KINDS))
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Each store in turn; one that is not installed skips its tests and says why."""
    try:
        running = start(request.param, tmp_path_factory.mktemp(request.param))
    except Missing as missing:
        pytest.skip(str(missing))
    yield running
    running.stop()


@pytest.fixture
def environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The server, with its credentials in the environment and no other target's."""
    for name in ("CITYKG_USER", "CITYKG_PASSWORD", "CITYKG_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    return server


@pytest.fixture
def endpoint(server: Server) -> Endpoint:
    """The server's dataset, its kind found by asking."""
    return connected(server)


def connected(server: Server) -> Endpoint:
    """Connect with the server's credentials."""
    found = server.environment
    credentials = Credentials(found.get("CITYKG_USER", ""), found.get("CITYKG_PASSWORD", ""))
    return connect(server.url, credentials=credentials, timeout=120)


@pytest.fixture(scope="module")
def loaded(server: Server, shipped_source: StoreSource) -> EndpointStore:
    """The server with the shipped graph in it, for tests that only read."""
    store: EndpointStore = filled(shipped_source, connected(server))
    return store


@pytest.fixture(scope="session")
def shipped_source(shipped_build: Path) -> StoreSource:
    """The shipped graph, built."""
    return StoreSource(EmbeddedStore(store_folder(shipped_build)).graph)
