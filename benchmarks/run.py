"""`make bench`: every benchmark, one after the other, or those that are named; writes nothing unless asked.

python benchmarks/run.py [query ...]
"""

import subprocess
import sys
from pathlib import Path

BENCHMARKS = ("query", "ask", "closure", "validation", "export", "load")


def main() -> int:
    """Run the benchmarks in processes of their own."""
    names = sys.argv[1:] or [name for name in BENCHMARKS if (Path(__file__).parent / f"{name}.py").exists()]
    statuses = []
    for name in names:
        print(f"== {name}", flush=True)
        statuses.append(
            subprocess.run([sys.executable, Path(__file__).parent / f"{name}.py"], check=False).returncode
        )
    return max(statuses, default=0)


if __name__ == "__main__":
    sys.exit(main())
