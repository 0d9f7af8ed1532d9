"""Loading into real stores, against a bare PUT of the same N-Triples file in the same run; wall seconds.

    python benchmarks/load.py [TRIPLES ...] [--kind KIND ...] [--rounds N]

By default 100,000 triples three times and 1,000,000 once into every store that is installed, each into an
empty graph, the peer and citykg in turn; the least of each counts. The bounds: 1.3 times the bare PUT without
verification, twice with it. The client runs in a process of its own; its peak memory is reported.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

import httpx
import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).parents[1] / "tools" / "stores"))
sys.path.insert(0, str(Path(__file__).parent))

from servers import KINDS, Missing, start

from export import measurements, peak_memory
from figures import Figure, add_output, at_most, beside, write

if TYPE_CHECKING:
    from servers import Server

    from citykg.endpoints import Endpoint

BARE = "urn:bare"
#: Virtuoso 7.2.5 stops in locks of its own at a PUT of a million triples; its own loader is the peer there.
OWN_LOADER = 200_000


@dataclass(frozen=True)
class Spent:
    """What something took.

    Args:
        wall: seconds.
        cpu: seconds of client and server together.
    """

    wall: float
    cpu: float


def least(found: Iterable[Spent]) -> Spent:
    """Return the least of several runs, of each measure by itself: other processes only add."""
    runs = list(found)
    return Spent(min(run.wall for run in runs), min(run.cpu for run in runs))


@contextmanager
def spent(server: int) -> Iterator[list[Spent]]:
    """Measure what is done within; the result is in the list afterwards."""
    found: list[Spent] = []
    cpu, wall = process_time() + seconds_of(server), perf_counter()
    yield found
    found.append(Spent(perf_counter() - wall, process_time() + seconds_of(server) - cpu))


def seconds_of(process: int) -> float:
    """Return the CPU seconds that a running process has used."""
    members = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(members[11]) + int(members[12])) / os.sysconf("SC_CLK_TCK")


def bare(endpoint: "Endpoint", path: Path, user: str, password: str, server: int) -> Spent:
    """Put a file into a graph as a script would."""
    auth = httpx.DigestAuth(user, password) if user else None
    headers = {"Content-Type": "application/n-triples"}
    graph = {endpoint.kind.graph_parameter: BARE}
    with spent(server) as found, path.open("rb") as file, httpx.Client(auth=auth, timeout=3600) as client:
        content: Any = file.read() if user else file  # digest authentication sends it twice
        url = endpoint.addresses.graphs
        client.put(url, params=graph, content=content, headers=headers).raise_for_status()
    return found[0]


def own_loader(server: "Server", path: Path) -> Spent:
    """Load a file into a graph by Virtuoso's own loader, which reads it from its disk."""
    files = server.folder / "files"
    files.mkdir(exist_ok=True)
    (files / "data.nt").unlink(missing_ok=True)
    (files / "data.nt").hardlink_to(path)
    ini = (server.folder / "virtuoso.ini").read_text(encoding="utf-8")
    address = ini.partition("[Parameters]\nServerPort = ")[2].partition("\n")[0]
    statements = f"ld_dir('{files}', '*.nt', '{BARE}'); rdf_loader_run(); delete from DB.DBA.load_list;"
    who = server.environment
    command = ["isql-vt", address, who["CITYKG_USER"], who["CITYKG_PASSWORD"], f"EXEC={statements}"]
    with spent(server.process.pid) as found:
        subprocess.run(command, check=True, capture_output=True)
    return found[0]


def ours(url: str, folder: str, user: str, password: str, kind: str, server: str) -> None:
    """Load and verify in a process of its own, and print the figures."""
    from citykg.endpoints import Credentials, connect
    from citykg.export import StoreSource
    from citykg.load import graph_counts, load, make_plan
    from citykg.load.kept import Kept
    from citykg.verify import verify

    source = Kept(StoreSource(ox.Store.read_only(folder)))
    endpoint = connect(url, kind=kind, credentials=Credentials(user, password), timeout=3600)
    with spent(int(server)) as whole:
        with spent(int(server)) as loading:
            plan = make_plan(graph_counts(source), endpoint)
            load(source, endpoint, plan)
        memory = peak_memory()
        found = verify(source, endpoint, plan).difference
    assert not found.removed_count, f"{kind} did not get everything: {found.removed[:2]}"
    print(loading[0].wall, loading[0].cpu, whole[0].wall, whole[0].cpu, memory, peak_memory())


def figures(triples: int, kinds: Iterable[str], rounds: int, folder: Path) -> Iterator[Figure]:
    """Yield the figures of every store that is installed."""
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
            yield from _one_store(kind, server, folder, triples, rounds)
        finally:
            server.stop()


def _one_store(kind: str, server: Any, folder: Path, triples: int, rounds: int) -> Iterator[Figure]:
    from citykg.endpoints import Credentials, connect

    user = server.environment.get("CITYKG_USER", "")
    password = server.environment.get("CITYKG_PASSWORD", "")
    endpoint = connect(server.url, kind=kind, credentials=Credentials(user, password), timeout=3600)
    pid = server.process.pid
    own = kind == "virtuoso" and triples > OWN_LOADER
    command = [
        sys.executable,
        __file__,
        "ours",
        server.url,
        f"{folder}/store",
        user,
        password,
        kind,
        str(pid),
    ]
    before, loading, whole = [], [], []
    for _ in range(rounds):
        if own:
            before.append(own_loader(server, folder / "data.nt"))
        else:
            before.append(bare(endpoint, folder / "data.nt", user, password, pid))
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        *times, small, large = done.stdout.split()
        wall, cpu, all_wall, all_cpu = map(float, times)
        loading.append(Spent(wall, cpu))
        whole.append(Spent(all_wall, all_cpu))
        assert endpoint.graph_store is not None
        for graph in (BARE, endpoint.closure):
            endpoint.graph_store.delete(graph)
    peer, what = least(before), f"load into {kind}, {triples:,} triples"
    name_of_peer = "ld_dir" if own else "bare PUT"
    for name, found, bound in (("", least(loading), 1.3), (", and verify", least(whole), 2)):
        yield at_most(what + name, found.wall, bound, "s", peer=name_of_peer, per=peer.wall)
        cpu = f"{what}{name}: CPU of client and server"
        yield beside(cpu, found.cpu, "s", peer=name_of_peer, per=peer.cpu)
    yield Figure(f"{what}: the client's memory", f"{large} MB", f"before verifying {small} MB")


def main() -> int:
    """Measure every store."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("triples", type=int, nargs="*")
    parser.add_argument("--kind", nargs="+", choices=list(KINDS), default=list(KINDS))
    parser.add_argument("--rounds", type=int, help="default: 3, and 1 from a million triples on")
    add_output(parser)
    args = parser.parse_args()
    sizes = [5_000] if args.quick else args.triples or [100_000, 1_000_000]

    def every_size() -> Iterator[Figure]:
        for size in sizes:
            with tempfile.TemporaryDirectory(prefix="citykg-bench-") as name:
                rounds = args.rounds or (3 if size < 1_000_000 and not args.quick else 1)
                yield from figures(size, args.kind, rounds, Path(name))

    write(args.output, every_size())
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["ours"]:
        ours(*sys.argv[2:8])
    else:
        sys.exit(main())
