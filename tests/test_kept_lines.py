"""Sorted lines that are kept from build to build."""

import bisect
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citykg import kept_lines
from citykg.kept_lines import KeptLines

NAME = "lines"
TAB = b"\t"
keys = st.text("ab湖<>", min_size=1, max_size=3).map(str.encode)
groups = st.dictionaries(keys, st.lists(st.sampled_from([b"1", b"2", b"", b"\tx"]), max_size=3))


def lines_of(groups: dict[bytes, list[bytes]]) -> list[bytes]:
    return [key + TAB + rest for key in sorted(groups) for rest in groups[key]]


@given(groups, st.lists(groups, max_size=3), st.sampled_from([0, 1 << 16]))
def test_groups_are_found_and_replaced_from_file_to_file(
    first: dict[bytes, list[bytes]], changes: list[dict[bytes, list[bytes]]], least: int
) -> None:
    with TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_lines, "_LEAST", least)
        folder = Path(place)
        expected = dict(first)
        lines = KeptLines(lines_of(first), separator=TAB)
        for number, change in enumerate([{}, *changes]):
            expected |= change
            lines = lines.replaced({key: [key + TAB + rest for rest in change[key]] for key in change})
            (folder / str(number)).mkdir()
            lines.write(folder / str(number), NAME)
            lines = KeptLines.read(folder / str(number), NAME, separator=TAB)
            assert list(lines) == lines_of(expected)
            for key in [*expected, b"a", b"aa", b"z"]:
                assert list(lines.group(key)) == [key + TAB + rest for rest in expected.get(key, ())]


def test_a_change_is_written_beside_a_link_to_what_stands(tmp_path: Path) -> None:
    stands = [f"{number:05}\tline".encode() for number in range(20_000)]
    folders = [tmp_path / name for name in ("first", "second", "third")]
    for folder in folders:
        folder.mkdir()
    KeptLines(stands, separator=TAB).write(folders[0], NAME)
    first = KeptLines.read(folders[0], NAME, separator=TAB)
    first.replaced({b"00007": [b"00007\tother"]}).write(folders[1], NAME)
    assert (folders[1] / NAME).samefile(folders[0] / NAME)
    assert (folders[1] / f"{NAME}.changed").read_bytes() == b"00007\t\n00007\tother\n"
    second = KeptLines.read(folders[1], NAME, separator=TAB)
    many = {f"{number:05}".encode(): [f"{number:05}\tchanged".encode()] for number in range(8_000)}
    second.replaced(many).write(folders[2], NAME)
    assert [path.name for path in folders[2].iterdir()] == [NAME]
    assert list(first) == stands
    place = bisect.bisect_left(stands, b"00008")
    assert list(second)[place] == stands[place]


def test_what_has_not_been_written_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        KeptLines.read(tmp_path, NAME, separator=TAB)
