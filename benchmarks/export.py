"""Exporting a million triples: citykg's sorted formats against pyoxigraph's own serialiser on the same store.

    python benchmarks/export.py [TRIPLES] [--quick] [--output FILE.json]        default 1,000,000

Reports wall and CPU seconds and peak memory, each measured in a process of its own.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from figures import Figure, add_output, at_most, write

CITY = "https://w3id.org/citykg/ontology#"
PREFIXES = {
    "article": "https://w3id.org/citykg/article/",
    "city": CITY,
    "indicator": "https://w3id.org/citykg/id/indicator/",
    "project": "https://w3id.org/citykg/id/project/",
    "unit": "http://qudt.org/vocab/unit/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
#: Format, the serialiser's name for it, and how many times as long it may take.
FORMATS = (
    ("ntriples", "N_TRIPLES", 2),
    ("nquads", "N_QUADS", 2),
    ("turtle", "TURTLE", 3),
    ("trig", "TRIG", 3),
)


def measurements(triples: int) -> "list[ox.Quad]":
    """Return measurements in passages, as articles have them: ten triples each."""
    quads = []
    for number in range(triples // 10):
        graph = ox.NamedNode(
            f"{PREFIXES['article']}a{number // 200}#p{number % 200 // 10:02}s{number % 10:02}"
        )
        node = ox.NamedNode(f"{graph.value}.m1")
        values = {
            "about": ox.NamedNode(f"{PREFIXES['project']}p{number % 5000}"),
            "indicator": ox.NamedNode(f"{PREFIXES['indicator']}i{number % 50}"),
            "value": ox.Literal(str(number * 1.5), datatype=ox.NamedNode(PREFIXES["xsd"] + "decimal")),
            "unit": ox.NamedNode(PREFIXES["unit"] + "CCY_CNY"),
            "asStated": ox.Literal(f"投资{number}万元"),
            "start": ox.Literal(number % 3000),
            "end": ox.Literal(number % 3000 + 7),
            "inPassage": graph,
            "label": ox.Literal(f"数字{number}", language="zh"),
        }
        kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
        quads.append(ox.Quad(node, kind, ox.NamedNode(CITY + "Measurement"), graph))
        quads.extend(ox.Quad(node, ox.NamedNode(CITY + name), value, graph) for name, value in values.items())
    return quads


def peak_memory() -> int:
    """Return the most memory that this process has held, in MB; rusage would count the parent's as well."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    return 0


def fill(folder: Path, triples: int) -> None:
    """Write a store with all triples in the default graph, and a tenth of them in 1,000 named graphs too."""
    store = ox.Store(str(folder))
    quads = measurements(triples)
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    store.bulk_extend(
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(f"urn:g{index % 1000}"))
        for index, quad in enumerate(quads[: len(quads) // 10])
    )
    store.optimize()


def one(who: str, name: str, folder: str, target: str) -> None:
    """Do one export and print its figures."""
    store = ox.Store.read_only(folder)
    form = {own: theirs for own, theirs, _ in FORMATS}[name]
    start, cpu = time.perf_counter(), time.process_time()
    if who == "pyoxigraph":
        graph = None if name in ("nquads", "trig") else ox.DefaultGraph()
        store.dump(target, getattr(ox.RdfFormat, form), from_graph=graph, prefixes=PREFIXES)
    else:
        from citykg.export import Graphs, StoreSource, export, format_named

        names = ["all"] if name in ("nquads", "trig") else ["closure"]
        export(
            StoreSource(store), target, form=format_named(name), prefixes=PREFIXES, selection=Graphs(names)
        )
    wall, used = time.perf_counter() - start, time.process_time() - cpu
    memory = peak_memory()
    print(f"{wall:.2f} {used:.2f} {memory}")


def figures(triples: int, folder: Path) -> Iterator[Figure]:
    """Yield one figure for each format: CPU seconds, and the peak of memory."""
    fill(folder / "store", triples)
    for name, _, bound in FORMATS:
        found = []
        for who in ("pyoxigraph", "citykg"):
            command = [sys.executable, __file__, "one", who, name, f"{folder}/store", f"{folder}/out"]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            found.append([float(figure) for figure in done.stdout.split()])
        (_, before, _), (_, seconds, memory) = found
        what = f"export {name}, {triples:,} triples, {memory:.0f} MB"
        yield at_most(what, seconds, bound, "s", peer="pyoxigraph", per=before)


def main() -> int:
    """Run every format."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("triples", type=int, nargs="?", default=1_000_000)
    add_output(parser)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="citykg-bench-") as folder:
        write(args.output, figures(20_000 if args.quick else args.triples, Path(folder)))
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        one(*sys.argv[2:6])
    else:
        sys.exit(main())
