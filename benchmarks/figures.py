"""The one form of what benchmarks find, and what they share: processes of their own, limits for peers."""

import argparse
import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

__all__ = [
    "Figure",
    "add_output",
    "at_least",
    "at_most",
    "beside",
    "in_process",
    "read",
    "run_stage",
    "write",
]

#: What a peer may take before it counts as failed: a machine that swaps measures nothing.
PEER_MEMORY = 8 * 2**30
PEER_SECONDS = 900


@dataclass(frozen=True)
class Figure:
    """One line of docs/performance.md.

    Args:
        what: what was measured, with its size.
        measured: the value with its unit.
        peer: what it was measured against, with its value; empty for none.
        ratio: measured / peer; None for a value that stands for itself.
        target: what was to be reached; empty for what is only told.
        reached: whether it was; None without a target.
    """

    what: str
    measured: str
    peer: str = ""
    ratio: float | None = None
    target: str = ""
    reached: bool | None = None


def at_most(
    what: str,
    value: float,
    bound: float,
    unit: str,
    *,
    digits: int = 2,
    peer: str = "",
    per: float | None = None,
) -> Figure:
    """A value that must not be greater than a bound; with ``per``, a peer's value, their ratio."""
    measured = f"{value:,.{digits}f} {unit}".strip()
    if per is None:
        return Figure(what, measured, peer, None, f"≤ {bound:g} {unit}".strip(), value <= bound)
    ratio = value / per
    return Figure(what, measured, f"{peer} {per:,.{digits}f} {unit}", ratio, f"≤ {bound:g} ×", ratio <= bound)


def at_least(what: str, value: float, bound: float, unit: str, *, digits: int = 2) -> Figure:
    """A value that must not be less than a bound."""
    return Figure(
        what,
        f"{value:,.{digits}f} {unit}".strip(),
        target=f"≥ {bound:g} {unit}".strip(),
        reached=value >= bound,
    )


def beside(
    what: str, value: float, unit: str, *, digits: int = 2, peer: str = "", per: float | None = None
) -> Figure:
    """A value that is told and has nothing to reach, such as that of a peer."""
    measured = f"{value:,.{digits}f} {unit}".strip()
    if per is None:
        return Figure(what, measured, peer)
    return Figure(what, measured, f"{peer} {per:,.{digits}f} {unit}", value / per)


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add the options that every benchmark has."""
    parser.add_argument("--output", type=Path, help="write the figures as JSON, as run.py reads them")
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that everything runs")


def write(output: Path | None, figures: Iterable[Figure]) -> None:
    """Print figures, and write them where ``--output`` says."""
    found = []
    for figure in figures:
        found.append(figure)
        ratio = "" if figure.ratio is None else f"{figure.ratio:.2f} ×"
        verdict = "" if figure.reached is None else "reached" if figure.reached else "NOT REACHED"
        row = (figure.what, figure.measured, figure.peer, ratio, figure.target, verdict)
        print("{:<58} {:>12} {:>30} {:>9} {:>10} {}".format(*row), flush=True)
    if output is not None:
        output.write_text(json.dumps([asdict(figure) for figure in found], indent=1) + "\n", encoding="utf-8")


def read(path: Path) -> list[Figure]:
    """Read what `write` has written."""
    return [Figure(**members) for members in json.loads(path.read_text(encoding="utf-8"))]


def in_process(script: str, stage: str, file: Path, *, peer: bool = False) -> dict[str, float] | str:
    """Run ``script --stage STAGE FILE`` in a process of its own, which prints its figures as JSON.

    Returns:
        The figures; for a peer that failed, why.
    """
    command = [sys.executable, script, "--stage", stage, str(file)]
    try:
        run = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=not peer,
            timeout=PEER_SECONDS if peer else None,
            preexec_fn=_limit_memory if peer else None,
        )
    except subprocess.TimeoutExpired:
        return f"not done after {PEER_SECONDS} s"
    if run.returncode:
        lines = run.stderr.strip().splitlines()
        failed = lines[-1] if lines else ""
        out_of_memory = run.returncode < 0 or "memory" in failed.lower()
        return f"out of memory at {PEER_MEMORY // 2**30} GB" if out_of_memory else failed[:80]
    found: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return found


def _limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (PEER_MEMORY, PEER_MEMORY))


def run_stage(prepare: Callable[[], Callable[[], int]]) -> dict[str, float]:
    """Prepare, then measure: CPU seconds, growth of the peak of memory in MB, and what was counted."""
    import time

    run = prepare()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    count = run()
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"seconds": seconds, "memory": (peak - before) / 1024, "peak": peak / 1024, "count": count}
