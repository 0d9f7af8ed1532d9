"""The rooms of the reader of questions, in the order of docs/ask.md: each knows only those before it."""

import re
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_ASK = _ROOT / "src" / "citykg" / "ask"
_DOCS = (_ROOT / "docs" / "ask.md").read_text(encoding="utf-8")
ROOMS = re.findall(r"^\| `(\w+)` \|", _DOCS, re.MULTILINE)


def test_every_room_is_described() -> None:
    assert set(ROOMS) == {path.parent.name for path in _ASK.glob("*/__init__.py")}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_knows_only_those_before_it(room: str) -> None:
    for path in (_ASK / room).glob("*.py"):
        known = set(re.findall(r"^\s*from \.\.(\w+)\.", path.read_text(encoding="utf-8"), re.MULTILINE))
        assert known & set(ROOMS) <= set(ROOMS[: ROOMS.index(room)]), path.name


def test_every_file_that_the_docs_name_stands_there() -> None:
    named = re.findall(r"`(ask/[\w/]+\.py)`", _DOCS)
    assert named
    assert [name for name in named if not (_ASK.parent / name).is_file()] == []
