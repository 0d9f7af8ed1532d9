"""Loading a file into real stores, against a bare PUT of the same file in the same run; wall seconds.

    python benchmarks/load.py [TRIPLES ...] [--kind KIND ...] [--rounds N]

By default 100,000 triples four times and 1,000,000 once into every store that is installed, each into an
empty graph of a server at rest that may take 4 GB, after four times putting and reading that are not
counted (Java compiles on the way); in turn the peer, citykg with the same file (`load --from`), and citykg
with a built store of the same statements; the least of each counts. The bounds: 1.3 times the bare PUT
without verification, twice with it, in wall seconds; beside them CPU seconds of client and server, which
other processes on the machine change less. citykg reads and checks the file before it sends anything; what
it takes counts from there to the end. The peer checks nothing. The client runs in a process of its own, whose
peak of memory must not grow with the file; what the embedded store holds while it is read does grow. Beside
Virtuoso stands its own loader, which reads its own disk; it is the peer where the PUT does not end.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice, pairwise
from pathlib import Path
from time import perf_counter, process_time, sleep
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
WARMING = 4
#: MB that a server may take.
MEMORY = 4096
#: Seconds after which a bare PUT has not ended.
PATIENCE = 300.0


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


def rest(server: int) -> None:
    """Wait until a server does nothing: some clean up for a while after a graph is removed."""
    before, quiet = seconds_of(server), 0
    while quiet < 2:
        sleep(0.25)
        now = seconds_of(server)
        quiet = quiet + 1 if now - before < 0.03 else 0
        before = now


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
    with spent(server.process.pid) as found:
        statements = f"ld_dir('{files}', '*.nt', '{BARE}'); rdf_loader_run(); checkpoint;"
        in_sql(server, f"{statements} delete from DB.DBA.load_list;")
    return found[0]


def in_sql(server: "Server", statements: str) -> None:
    """Run statements of SQL on Virtuoso."""
    ini = (server.folder / "virtuoso.ini").read_text(encoding="utf-8")
    address = ini.partition("[Parameters]\nServerPort = ")[2].partition("\n")[0]
    who = server.environment
    command = ["isql-vt", address, who["CITYKG_USER"], who["CITYKG_PASSWORD"], f"EXEC={statements}"]
    subprocess.run(command, check=True, capture_output=True)


def ours(url: str, path: str, user: str, password: str, kind: str, server: str) -> None:
    """Load a file or a store's folder and verify it, in a process of its own, and print the figures."""
    from citykg.endpoints import Credentials, connect
    from citykg.export import StoreSource
    from citykg.load import check_access, graph_counts, load, make_plan, refuse_known
    from citykg.load.kept import Kept
    from citykg.load.opening import Dataset, open_file
    from citykg.project import Project
    from citykg.verify import verify

    def opened() -> Dataset:
        if Path(path).is_file():
            return open_file(Path(path), Project.find(None))
        source = Kept(StoreSource(ox.Store.read_only(path)))
        return Dataset(source, graph_counts(source), "", None)

    endpoint = connect(url, kind=kind, credentials=Credentials(user, password), timeout=3600)
    with spent(int(server)) as whole:
        with spent(int(server)) as loading:
            dataset = opened()
            plan = make_plan(dataset.counts, endpoint)
            check_access(endpoint)
            refuse_known(dataset.source, plan, endpoint)
            load(dataset.source, endpoint, plan)
        memory = peak_memory()
        found = verify(dataset.source, endpoint, plan)
    assert found.whole, f"{kind} does not hold everything: {found.difference.removed[:2]}"
    print(loading[0].wall, loading[0].cpu, whole[0].wall, whole[0].cpu, memory, peak_memory())


@dataclass
class Runs:
    """What runs of citykg with one source took.

    Args:
        loading: without verification.
        whole: with it.
        peaks: MB of the client's memory, before verifying and at the end.
    """

    loading: list[Spent] = field(default_factory=list)
    whole: list[Spent] = field(default_factory=list)
    peaks: list[tuple[float, float]] = field(default_factory=list)

    def add(self, url: str, path: Path, user: str, password: str, kind: str, server: int) -> None:
        """Run once more."""
        found = _run("ours", url, str(path), user, password, kind, str(server)).split()
        wall, cpu, all_wall, all_cpu, before, peak = map(float, found)
        self.loading.append(Spent(wall, cpu))
        self.whole.append(Spent(all_wall, all_cpu))
        self.peaks.append((before, peak))


def figures(
    triples: int, kinds: Iterable[str], rounds: int, folder: Path, memories: dict[int, float]
) -> Iterator[Figure]:
    """Yield the figures of every store that is installed, and note the most memory that a client took."""
    store = ox.Store(str(folder / "store"))
    store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in measurements(triples))
    store.flush()
    store.dump(folder / "data.nt", ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    del store
    with (folder / "data.nt").open("rb") as file, (folder / "warm.nt").open("wb") as warm:
        warm.writelines(islice(file, WARM))
    peaks = []
    for kind in kinds:
        try:
            server = start(kind, folder / kind, memory=MEMORY)
        except Missing as missing:
            yield Figure(f"load into {kind}", str(missing)[:40])
            continue
        try:
            peaks.append((yield from _one_store(kind, server, folder, triples, rounds)))
        finally:
            server.stop()
    if peaks:
        memories[triples] = max(peaks)


def _one_store(
    kind: str, server: "Server", folder: Path, triples: int, rounds: int
) -> Generator[Figure, None, float]:
    from citykg.endpoints import Credentials, connect

    user = server.environment.get("CITYKG_USER", "")
    password = server.environment.get("CITYKG_PASSWORD", "")
    endpoint = connect(server.url, kind=kind, credentials=Credentials(user, password), timeout=3600)
    pid = server.process.pid
    puts, loader, from_file, from_store = [], [], Runs(), Runs()

    def emptied(graph: str | None) -> None:
        assert endpoint.graph_store is not None
        endpoint.graph_store.delete(graph)
        if kind == "virtuoso":  # without, a bare PUT of a million triples ends in a lock that nobody holds
            in_sql(server, "checkpoint;")
        rest(pid)

    for _ in range(WARMING):
        bare(endpoint, folder / "warm.nt", user, password, pid)
        for _block in endpoint.source().read(BARE):
            pass
        emptied(BARE)
    for _ in range(rounds):
        if put := bare(endpoint, folder / "data.nt", user, password, pid):
            puts.append(put)
        emptied(BARE)
        for runs, path in ((from_file, folder / "data.nt"), (from_store, folder / "store")):
            runs.add(server.url, path, user, password, kind, pid)
            emptied(endpoint.closure)
        if kind == "virtuoso":
            loader.append(own_loader(server, folder / "data.nt"))
            emptied(BARE)
    what = f"load into {kind}, {triples:,} triples"
    if not puts:
        yield Figure(f"{what}: the bare PUT", f"not done after {PATIENCE:.0f} s")
    peer, of = (
        (least(puts), "bare PUT")
        if puts
        else (least(loader or from_store.loading), "ld_dir or a built store")
    )
    for name, spents, bound in (("", from_file.loading, 1.3), (", and verify", from_file.whole, 2)):
        yield at_most(what + name, least(spents).wall, bound, "s", peer=of, per=peer.wall)
        yield beside(f"{what}{name}: CPU", least(spents).cpu, "s", peer=of, per=peer.cpu)
    for name, spents in (("", from_store.loading), (", and verify", from_store.whole)):
        yield beside(f"{what}, from a built store{name}", least(spents).wall, "s", peer=of, per=peer.wall)
    if loader and puts:
        own = least(loader)
        yield beside(f"ld_dir of virtuoso, {triples:,} triples", own.wall, "s", peer=of, per=peer.wall)
    before, peak = min(from_file.peaks)
    of_store = min(peak for _, peak in from_store.peaks)
    memory = f"before verifying {before:.0f} MB; from a built store {of_store:.0f} MB"
    yield Figure(f"{what}: the client's memory", f"{peak:.0f} MB", memory)
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
            what = f"the client's memory at its most, {small:,} -> {large:,} triples"
            yield at_most(what, memories[large], 1.2, "MB", digits=0, peer="before", per=memories[small])

    write(args.output, every_size())
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["ours"]:
        ours(*sys.argv[2:8])
    else:
        sys.exit(main())
