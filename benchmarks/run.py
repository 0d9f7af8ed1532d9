"""`make bench`: every benchmark, in processes of its own, and the page docs/performance.md from their run.

    python benchmarks/run.py                  every benchmark; writes the page
    python benchmarks/run.py closure query    those, and their part of the page
    python benchmarks/run.py --quick          small sizes, to see that everything runs; writes no page
    python benchmarks/run.py --no-page        prints only

The figures of every benchmark's last run are kept in docs/performance.json, so that one can be run alone.
"""

import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from figures import Figure, read

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "performance.md"
KEPT = PAGE.with_suffix(".json")
BENCHMARKS = ("build", "closure", "validation", "proofs", "query", "ask", "export", "load")
PACKAGES = ("pyoxigraph", "rdflib", "owlrl", "pyshacl", "reasonable", "pyrudof")

_HEAD = """\
<!-- Written by benchmarks/run.py from a run: `make bench`. -->
# Performance

Every figure comes from the command above its table, on the machine named there. Seconds are CPU seconds
(user and system) unless the benchmark says otherwise, so that ratios hold on other machines: `measured /
beside it`. The graphs are made by `benchmarks/generate.py`: any size, 103 axioms, seeded violations, deep
chains, owl:sameAs clusters. What was not reached stands here as well.
"""


def machine() -> str:
    """Return what the figures depend on."""
    model = platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else model
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    busy = os.getloadavg()[1]
    return (
        f"{os.cpu_count()} cores ({model}; {busy:.1f} processes wanted them), {memory:.0f} GB, "
        f"{platform.system()}, Python {platform.python_version()}"
    )


def versions() -> str:
    """Return the versions of what was measured and of its peers."""
    found = []
    for name in PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except ModuleNotFoundError:  # importlib.metadata's PackageNotFoundError is one
            continue
    return ", ".join(found)


def run(name: str, *, quick: bool) -> tuple[list[Figure], int]:
    """Run one benchmark; return its figures and its exit status."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "figures.json"
        command = [sys.executable, str(HERE / f"{name}.py"), "--output", str(output)]
        status = subprocess.run([*command, "--quick"] if quick else command, check=False).returncode
        return (read(output) if output.exists() else []), status


def page(kept: dict[str, Any]) -> str:
    """Return docs/performance.md."""
    parts = [_HEAD]
    for name in BENCHMARKS:
        if name in kept:
            parts.append(_section(name, kept[name]))
    return "\n".join(parts)


def _section(name: str, found: dict[str, Any]) -> str:
    first = (HERE / f"{name}.py").read_text(encoding="utf-8").split('"""')[1].strip()
    lines = [
        f"## {name}\n",
        " ".join(first.partition("\n\n")[0].split()) + "\n",
        f"`python benchmarks/{name}.py`, {found['date']}, {found['machine']}; {found['versions']}.\n",
        "| what | measured | beside it | ratio | to reach | reached |",
        "|---|--:|--:|--:|--:|---|",
    ]
    for figure in (Figure(**members) for members in found["figures"]):
        ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
        reached = "" if figure.reached is None else "yes" if figure.reached else "**no**"
        cells = (figure.what, figure.measured, figure.peer, ratio, figure.target, reached)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Run the benchmarks and write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    there = [name for name in BENCHMARKS if (HERE / f"{name}.py").exists()]
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"default: {' '.join(there)}")
    parser.add_argument("--quick", action="store_true", help="small sizes; writes no page")
    parser.add_argument("--no-page", action="store_true", help="print only")
    args = parser.parse_args()
    kept: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    worst = 0
    for name in args.names or there:
        print(f"== {name}", flush=True)
        figures, status = run(name, quick=args.quick)
        worst = max(worst, abs(status))
        if status == 0 and figures:
            kept[name] = {
                "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
                "machine": machine(),
                "versions": versions(),
                "figures": [asdict(figure) for figure in figures],
            }
            if not args.quick and not args.no_page:
                KEPT.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
                PAGE.write_text(page(kept), encoding="utf-8")
    return worst


if __name__ == "__main__":
    sys.exit(main())
