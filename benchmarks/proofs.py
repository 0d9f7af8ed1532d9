"""Proofs through the Python API in a running process: the slowest of a sample of inferred triples.

A store on disk of generate.py's graph, with a chain of 1,000 links and owl:sameAs clusters. The sample takes
triples of every kind: pairs of the chain with its far ends, what is said of members of clusters, deep
containment, and others. CPU seconds of `Explainer.explain` with an explainer that has seen nothing.

    python benchmarks/proofs.py [--size 1000000] [--sample 50]
"""

import argparse
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from citykg.explain import Explainer
from citykg.reason import infer
from citykg.store import EmbeddedStore
from figures import Figure, add_output, at_most, beside, write
from generate import NAMESPACE, Options
from generate import write as generate

SAME_AS = ox.NamedNode("http://www.w3.org/2002/07/owl#sameAs")
BACKGROUND = ox.NamedNode("https://w3id.org/citykg/graph/background")


def build(size: int, folder: Path) -> tuple[EmbeddedStore, list[ox.Triple]]:
    """Return an opened store of this size, and its inferred triples."""
    file = folder / "graph.nt"
    generate(file, Options(triples=size, chain=1_000))
    triples = [quad.triple for quad in ox.parse(path=file, format=ox.RdfFormat.N_TRIPLES)]
    closure = infer(triples)
    store = ox.Store(str(folder / "store"))
    store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object, BACKGROUND) for t in triples)
    store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    store.bulk_extend(closure.quads())
    store.flush()
    del store
    return EmbeddedStore(folder / "store"), list(closure.inferred)


def kinds(inferred: list[ox.Triple]) -> dict[str, list[ox.Triple]]:
    """Part inferred triples by what makes their proofs hard."""
    merged = {t.subject for t in inferred if t.predicate == SAME_AS}
    within = ox.NamedNode(NAMESPACE + "within")
    found: dict[str, list[ox.Triple]] = defaultdict(list)
    for triple in inferred:
        if "/link/" in str(triple.subject) and "/link/" in str(triple.object):
            found["chain"].append(triple)
        elif triple.subject in merged or triple.object in merged:
            found["sameAs clusters"].append(triple)
        elif triple.predicate == within:
            found["containment"].append(triple)
        else:
            found["others"].append(triple)
    return found


def measure(folder: Path, size: int, sample: int) -> Iterator[Figure]:
    """Yield the slowest and the mean of every kind."""
    store, inferred = build(size, folder)
    for kind, triples in kinds(inferred).items():
        seconds = []
        chosen = random.Random(7).sample(triples, min(sample, len(triples)))
        if kind == "chain":
            chosen += triples[-1:]
        for triple in chosen:
            start = time.process_time()
            explanation = Explainer(store).explain((triple.subject, triple.predicate, triple.object))
            seconds.append(time.process_time() - start)
            assert explanation.step is not None, triple
        what = f"proof, {size:,} triples, {kind}"
        yield at_most(f"{what}: the slowest of {len(seconds)}", max(seconds), 1, "s")
        yield beside(f"{what}: mean", 1000 * sum(seconds) / len(seconds), "ms", digits=0)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--sample", type=int, default=50)
    add_output(parser)
    args = parser.parse_args()
    size, sample = (10_000, 20) if args.quick else (args.size, args.sample)
    with tempfile.TemporaryDirectory() as folder:
        write(args.output, measure(Path(folder), size, sample))
    return 0


if __name__ == "__main__":
    sys.exit(main())
