"""SHACL against loading the file, and beside it pyshacl (plain, and repaired on a store) and pyrudof.

CPU seconds (user and system) of a process each, besides loading, on the graphs of generate.py with seeded
errors and the constraints of validation-shapes.ttl. Loading is pyoxigraph's own bulk_load of the same file
into memory.

    python benchmarks/validation.py [--sizes 10000 100000 1000000] [--peers-up-to 10000]
"""

import argparse
import importlib.util
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from closure import load
from figures import Figure, add_output, at_most, beside, in_process, run_stage, write
from generate import Options
from generate import write as generate

HERE = Path(__file__).parent
SHAPES = HERE / "validation-shapes.ttl"

#: The module of every peer, and how far it is asked; "pyshacl-store" is pyshacl on a store, repaired.
PEERS = {"pyshacl-store": ("pyshacl", 10), "pyshacl": ("pyshacl", 1), "pyrudof": ("pyrudof", 10)}


def citykg(engine: str) -> Callable[[Path], Callable[[], int]]:
    """An engine of `citykg validate` on what a build has at hand: parsed statements, and a store of them."""

    def prepare(file: Path) -> Callable[[], int]:
        import pyoxigraph as ox

        from citykg.validate import validate

        written = list(ox.parse(path=file, format=ox.RdfFormat.N_TRIPLES))
        store = ox.Store()
        store.bulk_extend(written)
        shapes = list(ox.parse(path=SHAPES, format=ox.RdfFormat.TURTLE))
        return lambda: len(validate(store, shapes, engine=engine, as_written=written).results)

    return prepare


def pyshacl(file: Path) -> Callable[[], int]:
    """The reference engine as it comes."""
    import pyshacl
    import rdflib

    data = rdflib.Graph().parse(file, format="nt")
    shapes = rdflib.Graph().parse(SHAPES, format="turtle")

    def run() -> int:
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
        return sum(1 for _ in report.subject_objects(rdflib.SH.result))

    return run


def pyrudof(file: Path) -> Callable[[], int]:
    """A Rust engine; the two shapes with inverse paths are left out, on which it panics."""
    import pyrudof

    shapes = file.with_suffix(".shapes.ttl")
    text = SHAPES.read_text(encoding="utf-8").replace(", shape:works", "").replace(", shape:sponsor", "")
    kept = (line for line in text.splitlines() if not line.startswith(("shape:works ", "shape:sponsor ")))
    shapes.write_text("\n".join(kept), encoding="utf-8")
    session = pyrudof.Rudof(pyrudof.RudofConfig())
    session.read_data(str(file), format=pyrudof.RDFFormat.NTriples)
    session.read_shacl(str(shapes))
    return lambda: len(session.validate_shacl())


STAGES = {
    "load": load,
    "fast": citykg("fast"),
    "pyshacl-store": citykg("pyshacl-store"),
    "pyshacl": pyshacl,
    "pyrudof": pyrudof,
}


def shipped() -> float:
    """Return the CPU seconds of `citykg validate` on the shipped graph, the least of five."""
    found = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "citykg", "validate"], stdout=subprocess.DEVNULL, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(found)


def measure(folder: Path, args: argparse.Namespace) -> Iterator[Figure]:
    """Yield every figure."""
    before = 0.0
    for size in args.sizes:
        file = folder / f"{size}.nt"
        generate(file, Options(triples=size, violations=max(1, size // 5000)))
        loading, found = (in_process(__file__, name, file) for name in ("load", "fast"))
        assert not isinstance(loading, str), loading
        assert not isinstance(found, str), found
        per, seconds = loading["seconds"], found["seconds"]
        what = f"SHACL, {size:,} triples, {found['count']:,.0f} results"
        if size >= 1_000_000:
            yield at_most(what, seconds, 2, "s", peer="load", per=per)
        else:
            yield beside(what, seconds, "s", peer="load", per=per)
        if before:
            yield at_most(
                f"SHACL, ten times as much: {size:,} triples", seconds, 11, "s", peer="before", per=before
            )
        before = seconds
        for name, (module, times) in PEERS.items():
            if size > times * args.peers_up_to:
                continue
            if importlib.util.find_spec(module) is None:
                yield Figure(f"{name}, {size:,} triples", "not installed")
                continue
            peer = in_process(__file__, name, file, peer=True)
            if isinstance(peer, str):
                yield Figure(f"{name}, {size:,} triples", peer)
            else:
                what = f"{name}, {size:,} triples, {peer['count']:,.0f} results"
                yield beside(what, peer["seconds"], "s", peer="load", per=per)
    yield beside("citykg validate, shipped graph, fresh process", shipped() * 1000, "ms", digits=0)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument(
        "--peers-up-to",
        type=int,
        default=10_000,
        help="largest size for plain pyshacl; ten times as much for others",
    )
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
