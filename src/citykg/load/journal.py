"""What a load has done so far, on disk, so that one that was cut goes on where it stopped."""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ..errors import CannotRun
from ..lock import locked

__all__ = ["Journal", "open_journal", "target_name"]


class Journal:
    """Steps done of one load.

    Args:
        path: the file; None keeps nothing.
        load: what is loaded where; a file of another load is not gone on with.

    Attributes:
        resumed: whether an earlier run has done a part.
        replaced: whether an earlier run of another load was cut here.
    """

    def __init__(self, path: Path | None, load: str) -> None:
        self._path = path
        self._load = load
        self.replaced = False
        self._done = self._read()
        self.resumed = bool(self._done)

    def is_done(self, step: str) -> bool:
        """Whether an earlier run has done this step."""
        return step in self._done

    def note(self, step: str) -> None:
        """Record a step, and see it onto the disk."""
        self._done.add(step)
        if self._path is None:
            return
        fresh = not self._path.exists()
        with self._path.open("a", encoding="utf-8") as file:
            if fresh:
                file.write(json.dumps({"load": self._load}) + "\n")
            file.write(json.dumps({"done": step}) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def forget(self) -> None:
        """Begin from the start, or: all is done."""
        self._done.clear()
        self.resumed = False
        if self._path is not None:
            self._path.unlink(missing_ok=True)

    def _read(self) -> set[str]:
        if self._path is None or not self._path.is_file():
            return set()
        done: set[str] = set()
        lines = self._path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            try:
                record = json.loads(line)
            except ValueError:  # the last line of a killed run
                break
            if number == 0:
                if record.get("load") != self._load:
                    self.replaced = True
                    self._path.unlink()
                    return set()
            elif "done" in record:
                done.add(record["done"])
        return done


def target_name(target: str) -> str:
    """Return what the files of a target are called, by its URL."""
    return hashlib.sha256(target.encode()).hexdigest()[:16]


@contextmanager
def open_journal(folder: Path | None, *, target: str, dataset: str) -> Iterator[Journal]:
    """Open the journal of a load; one load into one target at a time.

    Args:
        folder: where journals are kept; None for no journal.
        target: the URL.
        dataset: identity of what is loaded and how.

    Raises:
        CannotRun: ``load-running`` when another process of this project loads into the same target.
    """
    load = hashlib.sha256(f"{target}\n{dataset}".encode()).hexdigest()
    if folder is None:
        yield Journal(None, load)
        return
    folder.mkdir(parents=True, exist_ok=True)
    name = target_name(target)
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(folder / f"{name}.lock"))
        except TimeoutError as error:
            raise CannotRun(
                "load-running", f"another citykg is loading into {target}", "wait for it to end"
            ) from error
        yield Journal(folder / f"{name}.jsonl", load)
