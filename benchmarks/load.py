"""Loading into real stores, against a bare PUT of the same N-Triples file in the same run; wall seconds.

    python benchmarks/load.py [TRIPLES ...] [--kind KIND ...] [--rounds N]

By default 100,000 triples four times and 1,000,000 once into every store that is installed, each into an
empty graph, the peer and citykg in turn, after a PUT that is not counted; the least of each counts. The
bounds: 1.3 times the bare PUT without verification, twice with it, in wall seconds; beside them CPU seconds
of client and server, which other processes on the machine change less. The peer has its file, whose writing
is told apart; citykg reads its store while it sends. The client runs in a process of its own; its peak memory
is reported, beside that of a process that reads the store and does nothing else: what the embedded store
holds grows with its size. Beside Virtuoso stands its own loader, which reads its own disk; it is the peer
where the PUT does not end.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, pairwise
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
WARM = 100_000
#: Seconds after which a bare PUT has not ended: Virtuoso 7.2.5 may stop in locks of its own.
PATIENCE = 600.0


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


def bare(endpoint: "Endpoint", path: Path, user: str, password: str, server: int) -> Spent | None:
    """Put a file into a graph as a script would; None when that does not end."""
    auth = httpx.DigestAuth(user, password) if user else None
    headers = {"Content-Type": "application/n-triples"}
    graph = {endpoint.kind.graph_parameter: BARE}
    with spent(server) as found, path.open("rb") as file, httpx.Client(auth=auth, timeout=PATIENCE) as client:
        content: Any = file.read() if user else file  # digest authentication sends it twice
        url = endpoint.addresses.graphs
        try:
            client.put(url, params=graph, content=content, headers=headers).raise_for_status()
        except httpx.TimeoutException:
            return None
    return found[0]


def own_loader(server: "Server", path: Path) -> Spent:
    """Load a file into a graph by Virtuoso's own loader, which reads it from its disk and logs nothing."""
    files = server.folder / "files"
    files.mkdir(exist_ok=True)
    (files / "data.nt").unlink(missing_ok=True)
    (files / "data.nt").hardlink_to(path)
    ini = (server.folder / "virtuoso.ini").read_text(encoding="utf-8")
    address = ini.partition("[Parameters]\nServerPort = ")[2].partition("\n")[0]
    statements = f"ld_dir('{files}', '*.nt', '{BARE}'); rdf_loader_run(); checkpoint;"
    statements += " delete from DB.DBA.load_list;"
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


def reads(folder: str) -> None:
    """Read a store in a process of its own, and print its peak memory."""
    from citykg.export import StoreSource
    from citykg.load import graph_counts

    source = StoreSource(ox.Store.read_only(folder))
    graph_counts(source)
    for _ in source.read(None):
        pass
    print(peak_memory())


def figures(
    triples: int, kinds: Iterable[str], rounds: int, folder: Path, memories: dict[int, float]
) -> Iterator[Figure]:
    """Yield the figures of every store that is installed, and note the client's memory beyond the store's."""
    store = ox.Store(str(folder / "store"))
    store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in measurements(triples))
    store.flush()
    wall, cpu = perf_counter(), process_time()
    store.dump(folder / "data.nt", ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    yield Figure(
        f"writing the file that is PUT, {triples:,} triples (not counted)",
        f"{perf_counter() - wall:.2f} s",
        f"CPU {process_time() - cpu:.2f} s",
    )
    del store
    with (folder / "data.nt").open("rb") as file, (folder / "warm.nt").open("wb") as warm:
        warm.writelines(islice(file, WARM))
    alone = float(_run("reads", f"{folder}/store"))
    beyond = []
    for kind in kinds:
        try:
            server = start(kind, folder / kind)
        except Missing as missing:
            yield Figure(f"load into {kind}", str(missing)[:40])
            continue
        try:
            beyond.append((yield from _one_store(kind, server, folder, triples, rounds, alone)) - alone)
        finally:
            server.stop()
    if beyond:
        memories[triples] = max(beyond)


def _one_store(
    kind: str, server: Any, folder: Path, triples: int, rounds: int, alone: float
) -> Generator[Figure, None, float]:
    from citykg.endpoints import Credentials, connect

    user = server.environment.get("CITYKG_USER", "")
    password = server.environment.get("CITYKG_PASSWORD", "")
    endpoint = connect(server.url, kind=kind, credentials=Credentials(user, password), timeout=3600)
    pid = server.process.pid
    puts, loader, loading, whole, peaks = [], [], [], [], []

    def emptied(graph: str | None) -> None:
        assert endpoint.graph_store is not None
        endpoint.graph_store.delete(graph)

    bare(endpoint, folder / "warm.nt", user, password, pid)
    emptied(BARE)
    for _ in range(rounds):
        if put := bare(endpoint, folder / "data.nt", user, password, pid):
            puts.append(put)
        emptied(BARE)
        if kind == "virtuoso":
            loader.append(own_loader(server, folder / "data.nt"))
            emptied(BARE)
        found = _run("ours", server.url, f"{folder}/store", user, password, kind, str(pid)).split()
        wall, cpu, all_wall, all_cpu, before, peak = map(float, found)
        loading.append(Spent(wall, cpu))
        whole.append(Spent(all_wall, all_cpu))
        peaks.append((before, peak))
        emptied(endpoint.closure)
    what = f"load into {kind}, {triples:,} triples"
    peer, name_of_peer = (least(puts), "bare PUT") if puts else (least(loader), "ld_dir")
    for name, some, bound in (("", least(loading), 1.3), (", and verify", least(whole), 2)):
        yield at_most(what + name, some.wall, bound, "s", peer=name_of_peer, per=peer.wall)
        cpu_of = f"{what}{name}: CPU of client and server"
        yield beside(cpu_of, some.cpu, "s", peer=name_of_peer, per=peer.cpu)
    if loader and puts:
        own = least(loader)
        yield beside(
            f"ld_dir of virtuoso, {triples:,} triples", own.wall, "s", peer="bare PUT", per=peer.wall
        )
        yield beside(
            f"ld_dir of virtuoso, {triples:,} triples: CPU", own.cpu, "s", peer="bare PUT", per=peer.cpu
        )
    before, peak = min(peaks)
    memory = f"reading the store alone {alone:.0f} MB"
    yield Figure(
        f"{what}: the client's memory", f"{peak:.0f} MB", f"before verifying {before:.0f} MB, {memory}"
    )
    return peak


def _run(*arguments: str) -> str:
    command = [sys.executable, __file__, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main() -> int:
    """Measure every store."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("triples", type=int, nargs="*")
    parser.add_argument("--kind", nargs="+", choices=list(KINDS), default=list(KINDS))
    parser.add_argument("--rounds", type=int, help="default: 4, and 1 from a million triples on")
    add_output(parser)
    args = parser.parse_args()
    sizes = [5_000] if args.quick else args.triples or [100_000, 1_000_000]

    def every_size() -> Iterator[Figure]:
        memories: dict[int, float] = {}
        for size in sizes:
            with tempfile.TemporaryDirectory(prefix="citykg-bench-") as name:
                rounds = args.rounds or (4 if size < 1_000_000 and not args.quick else 1)
                yield from figures(size, args.kind, rounds, Path(name), memories)
        for small, large in pairwise(sorted(memories)):
            what = f"the client's memory beyond reading the store, {small:,} -> {large:,} triples"
            yield at_most(what, memories[large], 1.2, "MB", digits=0, peer="before", per=memories[small])

    write(args.output, every_size())
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["ours"]:
        ours(*sys.argv[2:8])
    elif sys.argv[1:2] == ["reads"]:
        reads(sys.argv[2])
    else:
        sys.exit(main())
