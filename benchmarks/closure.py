"""The OWL 2 RL closure against loading the file, and beside it reasonable and owlrl.

CPU seconds (user and system) of a process each, on the graphs of generate.py (103 axioms, owl:sameAs
clusters). The closure is complete and written into one graph; what was there before, the parsed triples and
the store that holds them, is not counted. Loading is pyoxigraph's own bulk_load of the same file into memory.

    python benchmarks/closure.py [--sizes 100000 1000000] [--huge 10000000] [--peers-up-to 10000]
"""

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from figures import Figure, add_output, at_most, beside, in_process, run_stage, write
from generate import Options
from generate import write as generate

HERE = Path(__file__).parent
PEERS = ("reasonable", "owlrl")


def load(file: Path) -> Callable[[], int]:
    """What everything is measured against."""
    import pyoxigraph as ox

    def run() -> int:
        store = ox.Store()
        store.bulk_load(path=file, format=ox.RdfFormat.N_TRIPLES)
        return len(store)

    return run


def fast(file: Path) -> Callable[[], int]:
    """The fast engine on what a build has at hand: the parsed triples, and the store that they are in."""
    import pyoxigraph as ox

    from citykg.reason import infer

    triples = [quad.triple for quad in ox.parse(path=file, format=ox.RdfFormat.N_TRIPLES)]
    store = ox.Store()
    store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)

    def run() -> int:
        closure = infer(triples)
        store.bulk_extend(closure.quads())
        return len(closure.inferred)

    return run


def owlrl(file: Path) -> Callable[[], int]:
    """The reference engine as it comes."""
    import owlrl
    import rdflib

    graph = rdflib.Graph().parse(file, format="nt")

    def run() -> int:
        before = len(graph)
        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
        return len(graph) - before

    return run


def reasonable(file: Path) -> Callable[[], int]:
    """A Rust engine; it derives nothing from chains, keys, cardinalities and enumerations."""
    import reasonable

    turtle = file.with_suffix(".ttl")  # what it has a parser for; N-Triples is a part of it
    if not turtle.exists():
        turtle.hardlink_to(file)
    reasoner = reasonable.PyReasoner()
    reasoner.load_file(str(turtle))
    return lambda: len(reasoner.reason())


STAGES = {"load": load, "fast": fast, "owlrl": owlrl, "reasonable": reasonable}


def shipped() -> float:
    """Return the CPU seconds of reasoning over the shipped graph, imports included, the least of five."""
    code = (
        "import time; from pathlib import Path; from citykg.project import Project;"
        "from citykg.sources import read_project; merged = read_project(Project(Path('.'))).merged();"
        "start = time.process_time(); from citykg.reason import infer; len(infer(merged).inferred);"
        "print(time.process_time() - start)"
    )
    command = [sys.executable, "-c", code]
    runs = [
        subprocess.run(command, capture_output=True, text=True, check=True, cwd=HERE.parent) for _ in range(5)
    ]
    return min(float(run.stdout) for run in runs)


def measure(folder: Path, args: argparse.Namespace) -> Iterator[Figure]:
    """Yield every figure."""
    found: dict[int, dict[str, dict[str, float]]] = {}
    for size in args.sizes:
        file = folder / f"{size}.nt"
        generate(file, Options(triples=size))
        of: dict[str, dict[str, float]] = {}
        found[size] = of
        for name in ("load", "fast"):
            of[name] = _must(in_process(__file__, name, file))
        what = f"closure, {size:,} triples, {of['fast']['count']:,.0f} new"
        if size >= 1_000_000:
            yield at_most(what, of["fast"]["seconds"], 1.3, "s", peer="load", per=of["load"]["seconds"])
            yield at_most(f"closure, {size:,} triples: memory", of["fast"]["memory"], 1000, "MB", digits=0)
        else:
            yield beside(what, of["fast"]["seconds"], "s", peer="load", per=of["load"]["seconds"])
        for name in PEERS:
            yield _peer(name, size, file, of["load"]["seconds"], args.peers_up_to)
    for small, large in zip(args.sizes, args.sizes[1:], strict=False):
        yield _growth(small, large, found)
    yield from _chain(folder)
    if args.huge and not args.quick:
        yield from _huge(folder, args.huge, max(args.sizes), found[max(args.sizes)])
    yield beside("closure of the shipped graph, imports included", shipped() * 1000, "ms", digits=0)


def _peer(name: str, size: int, file: Path, seconds: float, limit: int) -> Figure:
    what = f"{name}, {size:,} triples"
    if importlib.util.find_spec(name) is None:
        return Figure(what, "not installed")
    if name == "owlrl" and size > limit:
        return Figure(what, "some ms a triple")
    found = in_process(__file__, name, file, peer=True)
    if isinstance(found, str):
        return Figure(what, found)
    return beside(f"{what}, {found['count']:,.0f} new", found["seconds"], "s", peer="load", per=seconds)


def _growth(small: int, large: int, found: dict[int, dict[str, dict[str, float]]]) -> Figure:
    what = f"closure, {small:,} -> {large:,} triples"
    before, after = found[small]["fast"]["seconds"], found[large]["fast"]["seconds"]
    return at_most(what, after, 1.1 * large / small, "s", peer="before", per=before)


def _chain(folder: Path) -> Iterator[Figure]:
    file = folder / "chain.nt"
    generate(file, Options(triples=1_200, chain=1_000))
    runs = [_must(in_process(__file__, "fast", file)) for _ in range(3)]
    what = f"closure of a chain of 1,000, {runs[0]['count']:,.0f} new, least of three"
    yield at_most(what, min(run["seconds"] for run in runs), 2, "s")


def _huge(folder: Path, size: int, before: int, known: dict[str, dict[str, float]]) -> Iterator[Figure]:
    file = folder / f"{size}.nt"
    generate(file, Options(triples=size))
    found = _must(in_process(__file__, "fast", file))
    file.unlink()
    what = f"closure, {before:,} -> {size:,} triples"
    yield at_most(
        what, found["seconds"], 1.1 * size / before, "s", peer="before", per=known["fast"]["seconds"]
    )
    yield at_most(f"closure, {size:,} triples: memory", found["memory"], 8000, "MB", digits=0)


def _must(found: dict[str, float] | str) -> dict[str, float]:
    assert not isinstance(found, str), found
    return found


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--huge", type=int, default=10_000_000, help="0 to leave it out")
    parser.add_argument("--peers-up-to", type=int, default=10_000, help="largest size for owlrl")
    parser.add_argument("--stage", nargs=2, metavar=("NAME", "FILE"), help=argparse.SUPPRESS)
    add_output(parser)
    args = parser.parse_args()
    if args.stage:
        name, file = args.stage
        print(json.dumps(run_stage(lambda: STAGES[name](Path(file)))))
        return 0
    if args.quick:
        args.sizes, args.peers_up_to = [1_000, 10_000], 1_000
    with tempfile.TemporaryDirectory() as folder:
        write(args.output, measure(Path(folder), args))
    return 0


if __name__ == "__main__":
    sys.exit(main())
