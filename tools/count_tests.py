"""Print how many tests ran and were skipped, and fail when fewer were collected than before.

python tools/count_tests.py REPORT.xml...    the reports of pytest --junitxml

The least number that is accepted stands in tests/minimum-count.txt.
"""

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

_MINIMUM = Path(__file__).parents[1] / "tests" / "minimum-count.txt"


def main(reports: list[str]) -> int:
    """Count the tests of several reports and return the exit status."""
    total = skipped = 0
    for report in reports:
        for suite in ElementTree.parse(report).iter("testsuite"):
            total += int(suite.get("tests", "0"))
            skipped += int(suite.get("skipped", "0"))
    print(f"tests: {total - skipped} ran, {skipped} were skipped")
    minimum = int(_MINIMUM.read_text(encoding="utf-8"))
    if total < minimum:
        print(f"tests: {total} were collected, {minimum} are expected ({_MINIMUM.name})", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
