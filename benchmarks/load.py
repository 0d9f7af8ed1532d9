"""Loading into real stores, against a bare PUT of the same N-Triples file into the same graph, in one run.

    python benchmarks/load.py [TRIPLES] [KIND ...]     default 100,000 into every store that is installed

The bounds: 1.3 times the bare PUT without verification, twice with it. Reports the client's peak memory.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).parents[1] / "tools" / "stores"))
sys.path.insert(0, str(Path(__file__).parent))

from servers import KINDS, Missing, start

from export import measurements, peak_memory


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


def main() -> int:
    """Measure every store."""
    arguments = sys.argv[1:]
    triples = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else 100_000
    print(f"{triples:,} triples, {os.cpu_count()} cores")
    print(
        f"{'store':10} {'bare PUT':>10} {'load':>10} {'and verify':>11}   ratios (1.3, 2)   client's memory"
    )
    with tempfile.TemporaryDirectory(prefix="citykg-bench-") as name:
        folder = Path(name)
        store = ox.Store(str(folder / "store"))
        store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in measurements(triples))
        store.flush()
        store.dump(folder / "data.nt", ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        del store
        for kind in arguments or KINDS:
            try:
                server = start(kind, folder / kind)
            except Missing as missing:
                print(f"{kind:10} {missing}")
                continue
            try:
                user = server.environment.get("CITYKG_USER", "")
                password = server.environment.get("CITYKG_PASSWORD", "")
                first = bare(server.url, folder / "data.nt", user, password, kind)
                command = [
                    sys.executable,
                    __file__,
                    "ours",
                    server.url,
                    str(folder / "store"),
                    user,
                    password,
                    kind,
                ]
                done = subprocess.run(command, check=True, capture_output=True, text=True)
                loaded, verified, small, large, whole = done.stdout.split()
                a, b = float(loaded), float(verified)
                print(
                    f"{kind:10} {first:8.1f} s {a:8.1f} s {b:9.1f} s   {a / first:.2f} {b / first:.2f}"
                    f"   {small} and {large} MB{'' if whole == 'True' else '   NOT WHOLE'}",
                    flush=True,
                )
            finally:
                server.stop()
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["ours"]:
        ours(*sys.argv[2:7])
    else:
        sys.exit(main())
