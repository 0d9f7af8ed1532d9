"""Every code of an error that a person can cause is explained in docs/errors.md, and no other is."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
_RAISED = re.compile(
    r'\b(?:NegativeAnswer|UsageError|CannotRun|EndpointError|_error)\(\s*"([a-z0-9]+(?:-[a-z0-9]+)*)"'
)
_SHOWN = re.compile(r"error\[([a-z-]+)\]")


def test_the_codes_of_errors_are_the_headings_of_their_page() -> None:
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (\S+)$", page, re.MULTILINE)
    assert len(headings) == len(set(headings))
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")]
    codes = {code for text in sources for code in (*_RAISED.findall(text), *_SHOWN.findall(text))} - {"code"}
    assert codes - set(headings) == set()
    unused = {code for code in headings if not any(f'"{code}"' in text for text in sources)} - {"internal"}
    assert unused == set()
