"""SHACL at growing sizes: the fast engine against loading the file, pyshacl and pyrudof.

CPU seconds (user and system) of a process each, besides loading, on the graphs of generate.py with seeded
errors and the constraints of validation-shapes.ttl; the ratios are what counts:

    fast / load at 1M     at most 2, where load is pyoxigraph's own bulk_load of the same file into memory
    1M / 100k             under 11

    python benchmarks/validation.py [--sizes 10000 100000 1000000] [--peers-up-to 10000] [--output FILE.json]

The shipped graph is measured as well: everything that `citykg validate` does in a fresh process.
"""

import argparse
import importlib.util
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
SHAPES = HERE / "validation-shapes.ttl"
PEERS = ("pyshacl-store", "pyshacl", "pyrudof")


def measure(stage: str, file: Path) -> dict[str, float]:
    """Run a stage in a process of its own; return CPU seconds, peak memory in MB and number of results."""
    run = subprocess.run(
        [sys.executable, __file__, "--stage", stage, str(file)], capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return found


def stage(name: str, file: Path) -> dict[str, float]:
    """Do what a stage is measured for."""
    prepare: dict[str, Callable[[Path], tuple[Callable[[], int], float]]] = {
        "load": _load,
        "fast": _citykg("fast"),
        "pyshacl-store": _citykg("pyshacl-store"),
        "pyshacl": _pyshacl,
        "pyrudof": _pyrudof,
    }
    run, seconds = prepare[name](file)
    start = time.process_time()
    results = run()
    seconds += time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": round(seconds, 3), "memory": round(memory), "results": results}


def _load(file: Path) -> tuple[Callable[[], int], float]:
    import pyoxigraph as ox

    def run() -> int:
        store = ox.Store()
        store.bulk_load(path=file, format=ox.RdfFormat.N_TRIPLES)
        return len(store)

    return run, 0.0


def _citykg(engine: str) -> Callable[[Path], tuple[Callable[[], int], float]]:
    def prepare(file: Path) -> tuple[Callable[[], int], float]:
        import pyoxigraph as ox

        from citykg.validate import validate

        # What a build has at hand: the parsed statements, and the store that it put them into.
        written = list(ox.parse(path=file, format=ox.RdfFormat.N_TRIPLES))
        store = ox.Store()
        store.bulk_extend(written)
        shapes = list(ox.parse(path=SHAPES, format=ox.RdfFormat.TURTLE))
        return lambda: len(validate(store, shapes, engine=engine, as_written=written).results), 0.0

    return prepare


def _pyshacl(file: Path) -> tuple[Callable[[], int], float]:
    import pyshacl
    import rdflib

    data = rdflib.Graph().parse(file, format="nt")
    shapes = rdflib.Graph().parse(SHAPES, format="turtle")

    def run() -> int:
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
        return sum(1 for _ in report.subject_objects(rdflib.SH.result))

    return run, 0.0


def _pyrudof(file: Path) -> tuple[Callable[[], int], float]:
    import pyrudof

    session = pyrudof.Rudof(pyrudof.RudofConfig())
    session.read_data(str(file), format=pyrudof.RDFFormat.NTriples)
    session.read_shacl(str(SHAPES))
    return lambda: len(session.validate_shacl()), 0.0


def shipped() -> float:
    """Return the CPU seconds of `citykg validate` on the shipped graph, the least of five."""
    found = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "citykg", "validate"], stdout=subprocess.DEVNULL, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(found)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--peers-up-to", type=int, default=10_000, help="largest size for the peers")
    parser.add_argument("--output", type=Path, help="write the figures as JSON")
    parser.add_argument("--stage", nargs=2, metavar=("NAME", "FILE"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.stage:
        print(json.dumps(stage(args.stage[0], Path(args.stage[1]))))
        return 0
    sys.path.insert(0, str(HERE))
    from generate import Options, write

    figures: dict[str, dict[str, dict[str, float]]] = {}
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}")
    print(f"{'triples':>9} {'stage':<14} {'CPU s':>8} {'/ load':>7} {'MB':>6} {'results':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for size in args.sizes:
            file = Path(folder) / f"{size}.nt"
            write(file, Options(triples=size, violations=max(1, size // 5000)))
            figures[str(size)] = _measure_size(size, file, peers=size <= args.peers_up_to)
    print(f"citykg validate, shipped graph, fresh process: {shipped() * 1000:.0f} ms")
    if args.output:
        args.output.write_text(json.dumps(figures, indent=2) + "\n")
    return 0


def _measure_size(size: int, file: Path, *, peers: bool) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for name in ("load", "fast", *(PEERS if peers else ())):
        if name == "pyrudof" and importlib.util.find_spec("pyrudof") is None:
            print(f"{size:>9} {name:<14} not installed")
            continue
        try:
            found[name] = measure(name, file)
        except subprocess.CalledProcessError as error:
            print(f"{size:>9} {name:<14} failed: {error.stderr.strip().splitlines()[-1][:80]}")
            continue
        ratio = found[name]["seconds"] / found["load"]["seconds"]
        print(
            f"{size:>9} {name:<14} {found[name]['seconds']:>8.2f} {ratio:>7.2f} {found[name]['memory']:>6} "
            f"{found[name]['results']:>8}",
            flush=True,
        )
    return found


if __name__ == "__main__":
    sys.exit(main())
