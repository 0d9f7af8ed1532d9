"""OWL 2 RL closure at growing sizes: the fast engine against loading the file, reasonable and owlrl.

CPU seconds (user and system) of a process each, on the graphs of generate.py (103 axioms, owl:sameAs
clusters); the ratios are what counts:

    fast / load at 1M     at most 1.3: the closure, complete and written into one graph, besides loading,
                          against pyoxigraph's own bulk_load of the same file into memory
    1M / 100k             under 11
    memory at 1M          under 1 GB, besides the triples and the store that were there before
    chain                 a transitive chain of 1,000 links: under 2 s

    python benchmarks/closure.py [--sizes 10000 100000 1000000] [--owlrl-up-to 10000] [--output FILE.json]

The slowest proof among a sample of inferred triples in a built store is measured as well, and what reasoning
costs the first build of the shipped graph.
"""

import argparse
import importlib.util
import json
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

HERE = Path(__file__).parent
_SAMPLE = 200


def measure(stage: str, file: Path) -> dict[str, float]:
    """Run a stage in a process of its own; return CPU seconds, growth of memory in MB, new triples."""
    run = subprocess.run(
        [sys.executable, __file__, "--stage", stage, str(file)], capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return found


def stage(name: str, file: Path) -> dict[str, float]:
    """Do what a stage is measured for."""
    prepare: dict[str, Callable[[Path], Callable[[], int]]] = {
        "load": _load,
        "fast": _fast,
        "owlrl": _owlrl,
        "reasonable": _reasonable,
    }
    run = prepare[name](file)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    new = run()
    seconds = time.process_time() - start
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return {"seconds": round(seconds, 3), "memory": round(memory), "new": new}


def _load(file: Path) -> Callable[[], int]:
    import pyoxigraph as ox

    def run() -> int:
        store = ox.Store()
        store.bulk_load(path=file, format=ox.RdfFormat.N_TRIPLES)
        return len(store)

    return run


def _fast(file: Path) -> Callable[[], int]:
    import pyoxigraph as ox

    from citykg.reason import infer

    # What a build has at hand: the parsed triples, and the store that it put them into.
    triples = [quad.triple for quad in ox.parse(path=file, format=ox.RdfFormat.N_TRIPLES)]
    store = ox.Store()
    store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)

    def run() -> int:
        closure = infer(triples)
        store.bulk_extend(closure.quads())
        return len(closure.inferred)

    return run


def _owlrl(file: Path) -> Callable[[], int]:
    import owlrl
    import rdflib

    graph = rdflib.Graph().parse(file, format="nt")

    def run() -> int:
        before = len(graph)
        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
        return len(graph) - before

    return run


def _reasonable(file: Path) -> Callable[[], int]:
    import reasonable

    reasoner = reasonable.PyReasoner()
    reasoner.load_file(str(file))
    return lambda: len(reasoner.reason())


def proofs(file: Path) -> float:
    """Return the CPU seconds of the slowest proof among a sample of inferred triples."""
    import pyoxigraph as ox

    from citykg.reason import infer
    from citykg.reason.proof import StoreFacts
    from citykg.reason.search import Prover

    triples = [quad.triple for quad in ox.parse(path=file, format=ox.RdfFormat.N_TRIPLES)]
    closure = infer(triples)
    with tempfile.TemporaryDirectory() as folder:
        store = ox.Store(folder)
        graph = ox.NamedNode("https://w3id.org/citykg/graph/background")
        store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples)
        store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
        store.bulk_extend(closure.quads())
        facts = StoreFacts(store)
        slowest = 0.0
        for triple in _sample(closure.inferred, len(closure.inferred)):
            start = time.process_time()
            proof = Prover(facts).prove((triple.subject, triple.predicate, triple.object))
            slowest = max(slowest, time.process_time() - start)
            assert proof is not None, triple
        return slowest


def _sample(inferred: Iterable[object], length: int) -> Iterable[object]:
    step = max(1, length // _SAMPLE)
    return islice(inferred, random.Random(7).randrange(step), None, step)


def shipped() -> float:
    """Return the CPU seconds of reasoning over the shipped graph, imports included, the least of five."""
    code = (
        "import resource, time; from pathlib import Path; from citykg.project import Project;"
        "from citykg.sources import read_project; merged = read_project(Project(Path('.'))).merged();"
        "start = time.process_time(); from citykg.reason import infer; len(infer(merged).inferred);"
        "print(time.process_time() - start)"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=HERE.parent
        )
        for _ in range(5)
    ]
    return min(float(run.stdout) for run in runs)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--owlrl-up-to", type=int, default=10_000, help="largest size for owlrl")
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
    print(f"{'triples':>9} {'stage':<11} {'CPU s':>8} {'/ load':>7} {'MB':>6} {'new':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for size in args.sizes:
            file = Path(folder) / f"{size}.nt"
            write(file, Options(triples=size))
            figures[str(size)] = _measure_size(size, file, owlrl=size <= args.owlrl_up_to)
        chain = Path(folder) / "chain.nt"
        write(chain, Options(triples=1_200, chain=1_000))
        found = measure("fast", chain)
        figures["chain"] = {"fast": found}
        print(f"a chain of 1,000: {found['seconds']:.2f} s, {found['memory']} MB, {found['new']} new triples")
        slowest = proofs(Path(folder) / f"{max(args.sizes)}.nt")
        print(f"the slowest of {_SAMPLE} proofs in a store of {max(args.sizes)}: {slowest:.2f} s")
    seconds = shipped()
    print(f"reasoning over the shipped graph, imports included: {seconds * 1000:.0f} ms")
    figures["other"] = {"proof": {"seconds": slowest}, "shipped": {"seconds": seconds}}
    if args.output:
        args.output.write_text(json.dumps(figures, indent=2) + "\n")
    return 0


def _measure_size(size: int, file: Path, *, owlrl: bool) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for name in ("load", "fast", "reasonable", "owlrl"):
        if name == "owlrl" and not owlrl:
            continue
        if importlib.util.find_spec(name) is None and name in ("reasonable", "owlrl"):
            print(f"{size:>9} {name:<11} not installed")
            continue
        found[name] = measure(name, file)
        ratio = found[name]["seconds"] / found["load"]["seconds"]
        print(
            f"{size:>9} {name:<11} {found[name]['seconds']:>8.2f} {ratio:>7.2f} {found[name]['memory']:>6} "
            f"{found[name]['new']:>9}",
            flush=True,
        )
    return found


if __name__ == "__main__":
    sys.exit(main())
