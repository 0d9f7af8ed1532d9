"""Loading into real stores, against a bare PUT of the same N-Triples file into the same graph, in one run.

    python benchmarks/load.py [TRIPLES] [KIND ...]     default: 100,000 into every store that is installed

The bounds: 1.3 times the bare PUT without verification, twice with it. Reports the client's peak memory.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).parents[1] / "tools" / "stores"))
sys.path.insert(0, str(Path(__file__).parent))

from servers import KINDS, Missing, start

from export import measurements, peak_memory
from figures import Figure, add_output, at_most, write


def bare(url: str, path: Path, user: str, password: str, kind: str) -> float:
    """Put a file as a script would, and return the seconds."""
    from citykg.endpoints import Credentials, connect

    endpoint = connect(url, kind=kind, credentials=Credentials(user, password))
    name = endpoint.kind.graph_parameter
    auth = httpx.DigestAuth(user, password) if user else None
    begin = time.perf_counter()
    with path.open("rb") as file, httpx.Client(auth=auth, timeout=3600) as client:
        content: object = file.read() if user else file  # digest authentication sends it twice
        headers = {"Content-Type": "application/n-triples"}
        client.put(
            endpoint.addresses.graphs, params={name: "urn:bare"}, content=content, headers=headers
        ).raise_for_status()  # type: ignore[arg-type]
    return time.perf_counter() - begin


def ours(url: str, folder: str, user: str, password: str, kind: str) -> None:
    """Load and verify in a process of its own, and print the figures."""
    from citykg.endpoints import Credentials, connect
    from citykg.export import StoreSource
    from citykg.load import graph_counts, load, make_plan
    from citykg.verify import verify

    source = StoreSource(ox.Store.read_only(folder))
    endpoint = connect(url, kind=kind, credentials=Credentials(user, password), timeout=3600)
    begin = time.perf_counter()
    plan = make_plan(graph_counts(source), endpoint)
    load(source, endpoint, plan)
    loaded = time.perf_counter()
    memory = peak_memory()
    whole = not verify(source, endpoint, plan).difference.removed_count
    verified = time.perf_counter()
    print(
        loaded - begin,
        verified - begin,
        memory,
        peak_memory(),
        whole,
    )


def figures(triples: int, kinds: Iterable[str], folder: Path) -> Iterator[Figure]:
    """Yield the figures of every store that is installed: wall seconds, since the server does the work."""
    store = ox.Store(str(folder / "store"))
    store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in measurements(triples))
    store.flush()
    store.dump(folder / "data.nt", ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    del store
    for kind in kinds:
        try:
            server = start(kind, folder / kind)
        except Missing as missing:
            yield Figure(f"load into {kind}", str(missing)[:40])
            continue
        try:
            yield from _one_store(kind, server, folder, triples)
        finally:
            server.stop()


def _one_store(kind: str, server: Any, folder: Path, triples: int) -> Iterator[Figure]:
    user = server.environment.get("CITYKG_USER", "")
    password = server.environment.get("CITYKG_PASSWORD", "")
    first = bare(server.url, folder / "data.nt", user, password, kind)
    command = [sys.executable, __file__, "ours", server.url, str(folder / "store"), user, password, kind]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    loaded, verified, small, large, whole = done.stdout.split()
    assert whole == "True", f"{kind} did not get everything"
    what = f"load into {kind}, {triples:,} triples"
    yield at_most(what, float(loaded), 1.3, "s", peer="bare PUT", per=first)
    yield at_most(f"{what}, and verify", float(verified), 2, "s", peer="bare PUT", per=first)
    yield Figure(f"{what}: the client's memory", f"{large} MB", f"before {small} MB")


def main() -> int:
    """Measure every store."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("triples", type=int, nargs="?", default=100_000)
    parser.add_argument("kinds", metavar="KIND", nargs="*", help="default: every store that is installed")
    add_output(parser)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="citykg-bench-") as name:
        write(args.output, figures(5_000 if args.quick else args.triples, args.kinds or KINDS, Path(name)))
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["ours"]:
        ours(*sys.argv[2:7])
    else:
        sys.exit(main())
