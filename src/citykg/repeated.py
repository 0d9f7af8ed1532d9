"""Triples that stand in several files or graphs: where one leaves a place, it is asserted all the same."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from .kept_lines import KeptLines

__all__ = ["Places", "Repeated"]

Places = set[tuple[str, str]]
"""Files with the IRIs of graphs; a file that is not known is empty."""

_FILE = "repeated.jsonl"
_TAB = b"\t"


class Repeated:
    """The triples that stand in several places, kept beside a store: the triple as N-Triples, a tab, JSON.

    Args:
        lines: a line for each.
    """

    def __init__(self, lines: KeptLines | None = None) -> None:
        self._lines = KeptLines(separator=_TAB) if lines is None else lines

    @classmethod
    def of(cls, places: Mapping[str, Places]) -> "Repeated":
        """Return triples, as N-Triples, in the form of a store, with all their places."""
        lines = {triple.encode(): _line(triple, found) for triple, found in places.items()}
        return cls(KeptLines((lines[key] for key in sorted(lines)), separator=_TAB))

    @classmethod
    def read(cls, folder: Path) -> "Repeated":
        """Open what `write` has written into a folder.

        Raises:
            OSError: it has not.
        """
        return cls(KeptLines.read(folder, _FILE, separator=_TAB))

    def write(self, folder: Path) -> None:
        """Write this into a folder."""
        self._lines.write(folder, _FILE)

    def places(self, triple: str) -> Places | None:
        """Return the places of a triple; None where it does not stand in several."""
        found = self._lines.group(triple.encode())
        return {tuple(place) for place in json.loads(found[0].split(_TAB, 1)[1])} if found else None

    def changed(self, places: Mapping[str, Places]) -> "Repeated":
        """Return this with other places of some triples, of which some are in several no longer."""
        return Repeated(
            self._lines.replaced(
                {
                    triple.encode(): [_line(triple, found)] if len(found) > 1 else []
                    for triple, found in places.items()
                }
            )
        )

    def __iter__(self) -> Iterator[str]:
        """Yield the triples."""
        return (line.split(_TAB, 1)[0].decode() for line in self._lines)


def _line(triple: str, places: Places) -> bytes:
    return f"{triple}\t{json.dumps(sorted(places), ensure_ascii=False)}".encode()
