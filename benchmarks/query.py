"""A stored query in a fresh process, against `oxigraph query` on the same store and against a plain rdflib
script.

CPU seconds (user and system) of child processes, interleaved, after a warm-up; the ratios are what counts:

    citykg / oxigraph   at most 3
    citykg / rdflib     under 0.25
    a second build with nothing changed: under 100 ms

    python benchmarks/query.py [--repeat 20] [--output FILE.json]
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from citykg.current import current_build, store_folder
from citykg.library import Library
from citykg.opening import open_store
from citykg.prefixes import read_prefixes
from citykg.project import Project
from citykg.query import prepare_stored
from figures import Figure, add_output, at_most, beside, write

ROOT = Path(__file__).parents[1]
QUERIES = ("officials", "projects-by-status", "project-investments", "measurements")

RDFLIB_SCRIPT = """\
import sys
import rdflib

dataset = rdflib.Dataset(default_union=True)
for path in sys.argv[2:]:
    dataset.parse(path, format="trig" if path.endswith(".trig") else "turtle")
for row in dataset.query(open(sys.argv[1], encoding="utf-8").read()):
    print(*(term.n3() if term is not None else "" for term in row), sep="\\t")
"""


def cpu(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Run a command and return its CPU seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(
    commands: Mapping[str, Sequence[str]], environment: Mapping[str, str], *, repeat: int
) -> dict[str, dict[str, float]]:
    """Return name to least and median CPU milliseconds; the commands take turns, and meet the same noise."""
    found: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(repeat + 1):
        for name, command in commands.items():
            seconds = cpu(command, environment)
            if turn:  # the first turn compiles and fills caches
                found[name].append(seconds * 1000)
    return {name: {"least": min(times), "median": statistics.median(times)} for name, times in found.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write a file only when asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeat", type=int, default=20)
    add_output(parser)
    options = parser.parse_args(arguments)
    oxigraph = shutil.which(
        "oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    )
    if oxigraph is None:
        print("benchmarks/query.py needs the oxigraph command: pip install oxigraph", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory() as folder:
        results = _run(Path(folder), oxigraph, repeat=3 if options.quick else options.repeat)
    write(options.output, _figures(results))
    return 0


def _run(folder: Path, oxigraph: str, *, repeat: int) -> dict[str, dict[str, dict[str, float]]]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    # The project is copied, so that its store lies inside, as it does for a user.
    project_folder = folder / "project"
    for part in ("ontology", "data", "queries"):
        shutil.copytree(ROOT / part, project_folder / part)
    environment.pop("CITYKG_CACHE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    os.environ.pop("CITYKG_CACHE", None)
    script = Path(sys.executable).parent / "citykg"
    citykg = [str(script)] if script.exists() else [sys.executable, "-m", "citykg"]
    project = Project.find(project_folder)
    place = ["--project", str(project.root)]
    subprocess.run([*citykg, "build", "--keep-going", "--quiet", *place], env=environment, check=True)
    build = current_build(project)
    assert build is not None  # the command above has just made it
    store = open_store(project)
    plain = folder / "plain.py"
    plain.write_text(RDFLIB_SCRIPT, encoding="utf-8")
    files = [str(path) for layer, path in project.knowledge() if layer.reasoned]
    results = {"nothing": measure({"python": [sys.executable, "-c", "pass"]}, environment, repeat=repeat)}
    for name in QUERIES:
        stored = Library(project.queries())[name]
        text = folder / f"{name}.rq"
        prepared = prepare_stored(stored, {}, store=store, prefixes=read_prefixes(project.prefix_file()))
        text.write_text(prepared.text, encoding="utf-8")
        location = [
            "--location",
            str(store_folder(build)),
            "--query-file",
            str(text),
            "--results-format",
            "tsv",
        ]
        commands = {"citykg": [*citykg, "query", name, *place], "oxigraph": [oxigraph, "query", *location]}
        results[name] = measure(commands, environment, repeat=repeat)
        # Parsing takes seconds and varies little.
        rdflib = {"rdflib": [sys.executable, str(plain), str(text), *files]}
        results[name] |= measure(rdflib, environment, repeat=min(repeat, 2))
    again = [*citykg, "build", "--keep-going", "--quiet", *place]
    results["build, nothing changed"] = measure({"citykg": again}, environment, repeat=repeat)
    return results


def _figures(results: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Iterator[Figure]:
    bounds = {"oxigraph": 3, "rdflib": 0.25}
    for name, commands in results.items():
        ours = commands.get("citykg", {}).get("median")
        if ours is None:
            yield beside(f"{name}: a fresh python", commands["python"]["median"], "ms", digits=0)
        elif len(commands) == 1:
            yield at_most(f"{name}, fresh process", ours, 100, "ms", digits=0)
        for peer in commands.keys() & bounds.keys():
            what = f"query {name}, fresh process"
            yield at_most(
                what, ours or 0, bounds[peer], "ms", digits=0, peer=peer, per=commands[peer]["median"]
            )


if __name__ == "__main__":
    sys.exit(main())
