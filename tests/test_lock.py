"""One holder at a time, and none that has ended."""

import subprocess
import sys
from pathlib import Path

import pytest

from citykg.lock import locked

_HOLD = """
import sys
from pathlib import Path
from citykg.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def _holder(path: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_lock_that_another_process_holds_is_waited_for_and_not_taken(tmp_path: Path) -> None:
    waited: list[str] = []
    with _holder(tmp_path / "lock") as process:
        with (
            pytest.raises(TimeoutError, match="is held"),
            locked(tmp_path / "lock", wait=0.1, on_wait=lambda: waited.append("told")),
        ):
            raise AssertionError("two holders")
        process.communicate("")
    assert waited == ["told"]
    with locked(tmp_path / "lock", on_wait=lambda: waited.append("again")):
        pass
    assert waited == ["told"]


def test_a_killed_holder_holds_no_lock(tmp_path: Path) -> None:
    with _holder(tmp_path / "lock") as process:
        process.kill()
        process.wait()
        with locked(tmp_path / "lock"):
            pass


def test_a_process_locks_itself_out_as_well(tmp_path: Path) -> None:
    with locked(tmp_path / "lock"), pytest.raises(TimeoutError), locked(tmp_path / "lock"):
        raise AssertionError("two holders")
