"""The whole build, from files to a store on disk: parse, close, validate, index, write, in fresh processes.

Project folders of generate.py (articles of twenty passages, shapes, checks), built as `citykg build` does,
against pyoxigraph's bulk_load of the finished dataset as N-Quads onto the same disk; and the graph that is
shipped, of which a first build and one with nothing to do are the least of five.

    python benchmarks/build.py [--sizes 100000 1000000]
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox

from figures import Figure, add_output, at_most, beside, in_process, write
from generate import Options, write_project

_RUNS = 5


def build_project(folder: Path) -> dict[str, float]:
    """Build a project in this process; return the CPU seconds of every stage, and the whole with imports."""
    stages: dict[str, float] = {}
    latest = ["start", time.process_time()]

    def on_stage(name: str) -> None:
        now = time.process_time()
        stages[str(latest[0])] = stages.get(str(latest[0]), 0.0) + now - float(latest[1])
        latest[:] = [name, now]

    from citykg.build import build
    from citykg.project import Project

    result = build(Project.find(folder), keep_going=True, on_stage=on_stage)
    on_stage("end")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    counts = result.manifest.counts
    return {
        **stages,
        "whole": time.process_time(),
        "memory": memory,
        "asserted": counts["asserted"],
        "inferred": counts["inferred"],
        "incremental": result.whole is None,
    }


def load_dataset(folder: Path) -> dict[str, float]:
    """Load the finished dataset of a project from N-Quads onto the disk; return the CPU seconds."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        start = time.process_time()
        store = ox.Store(place)
        store.bulk_load(path=folder / "dataset.nq", format=ox.RdfFormat.N_QUADS)
        store.flush()
        seconds = time.process_time() - start
        del store
    return {"seconds": seconds}


def copy_dataset(folder: Path) -> dict[str, float]:
    """Write the finished dataset of a project from memory onto the disk; return the CPU seconds."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        memory = ox.Store()
        memory.bulk_load(path=folder / "dataset.nq", format=ox.RdfFormat.N_QUADS)
        start = time.process_time()
        store = ox.Store(place)
        store.bulk_extend(memory)
        store.flush()
        seconds = time.process_time() - start
        del store
    return {"seconds": seconds}


def dump_dataset(folder: Path) -> dict[str, float]:
    """Write the finished dataset of a project as N-Quads; return the number of quads."""
    from citykg.current import current_build, store_folder
    from citykg.project import Project

    build = current_build(Project.find(folder))
    assert build is not None
    store = ox.Store.read_only(str(store_folder(build)))
    store.dump(folder / "dataset.nq", format=ox.RdfFormat.N_QUADS)
    return {"quads": len(store)}


_STAGES = {"build": build_project, "load": load_dataset, "copy": copy_dataset, "dump": dump_dataset}


def edit_passage(folder: Path, value: str) -> None:
    """Give one figure of one passage another value."""
    file = sorted((folder / "data" / "articles").glob("*/facts.trig"))[0]
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(number for number, line in enumerate(lines) if "#value>" in line)
    start = lines[place].partition(' "')[0]
    lines[place] = f'{start} "{value}"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n'
    file.write_text("".join(lines), encoding="utf-8")


def rename_thing(folder: Path, name: str) -> None:
    """Give one thing another label, of which the indexes for questions and for names are made."""
    file = sorted((folder / "data" / "entities").glob("*.ttl"))[0]
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(number for number, line in enumerate(lines) if "#label>" in line)
    start = lines[place].partition(' "')[0]
    lines[place] = f'{start} "{name}"@zh .\n'
    file.write_text("".join(lines), encoding="utf-8")


def shipped() -> tuple[float, float]:
    """Return the CPU seconds of a first build of the shipped graph, and of a build with nothing to do."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": f"{folder}/bytecode"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed has its bytecode

        def run(cache: str) -> float:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            command = [sys.executable, "-m", "citykg", "build"]
            subprocess.run(
                command,
                env={**environment, "CITYKG_CACHE": f"{folder}/{cache}"},
                check=True,
                capture_output=True,
                cwd=Path(__file__).parent.parent,
            )
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

        run("warm")
        return min(run(str(number)) for number in range(_RUNS)), min(run("warm") for _ in range(_RUNS))


def measure(sizes: list[int], folder: Path) -> Iterator[Figure]:
    """Yield the figures."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed has its bytecode
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    first, unchanged = shipped()
    yield at_most("the shipped graph, first build", 1000 * first, 700, "ms", digits=0)
    yield at_most("the shipped graph, nothing changed", 1000 * unchanged, 100, "ms", digits=0)
    found: dict[int, dict[str, float]] = {}
    peers: dict[int, float] = {}
    write_project(folder / "first", Options(triples=sizes[0]))
    _run("build", folder / "first")  # compiles what is imported
    shutil.rmtree(folder / "first")
    for size in sizes:
        project = folder / str(size)
        write_project(project, Options(triples=size))
        found[size] = _run("build", project)
        _run("dump", project)
        loaded = peers[size] = _run("load", project)["seconds"]
        copied = _run("copy", project)["seconds"]
        (project / "dataset.nq").unlink()
        what = f"{size:,} triples"
        yield at_most(
            f"{what}, whole build", found[size]["whole"], 1.5, "s", digits=1, peer="bulk_load", per=loaded
        )
        yield beside(f"{what}, writing alone", copied, "s", digits=1, peer="bulk_load", per=loaded)
        yield beside(f"{what}, memory at its peak", found[size]["memory"], "MB", digits=0)
    small, large = found[sizes[0]], found[sizes[-1]]
    growth = 11 * sizes[-1] / sizes[0] / 10
    for stage in ("parse", "reason", "store", "validate", "index"):
        yield at_most(
            f"{sizes[-1]:,} triples, {stage}",
            large[stage],
            growth,
            "s",
            digits=1,
            peer=f"{sizes[0]:,}",
            per=small[stage],
        )
    what = f"{sizes[-1]:,} triples, bulk_load of the finished dataset"
    yield beside(what, peers[sizes[-1]], "s", digits=1, peer=f"{sizes[0]:,}", per=peers[sizes[0]])
    for size in sizes:
        project = folder / str(size)
        edited = _edited(project, edit_passage, ("1.5", "2.5", "3.5"))
        yield at_most(f"{size:,} triples, one passage edited", edited, 1, "s", digits=2)
        renamed = _edited(project, rename_thing, ("石桥", "木桥"))
        yield beside(f"{size:,} triples, one thing renamed", renamed, "s", digits=2)


def _edited(project: Path, edit: Callable[[Path, str], None], values: tuple[str, ...]) -> float:
    """Return the CPU seconds of a build after an edit, the least of several."""
    seconds = []
    for value in values:  # the first has to compile what is imported for it
        edit(project, value)
        built = _run("build", project)
        assert built["incremental"], "an edit was not followed"
        seconds.append(built["whole"])
    return min(seconds)


def _run(stage: str, folder: Path) -> dict[str, float]:
    result = in_process(__file__, stage, folder)
    assert isinstance(result, dict), result
    return result


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--stage", nargs=2, metavar=("NAME", "FOLDER"), help=argparse.SUPPRESS)
    add_output(parser)
    args = parser.parse_args()
    if args.stage:
        print(json.dumps(_STAGES[args.stage[0]](Path(args.stage[1]))))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        write(args.output, measure([5_000, 20_000] if args.quick else args.sizes, Path(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
