"""What loads of this project have put into a target, on disk, so that what others put there is told apart."""

import json
import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from .journal import target_name
from .leftovers import article_of

__all__ = ["Ledger", "open_ledger"]


class Ledger:
    """Graphs and articles that loads of this project have put into one target.

    Args:
        path: the file; None keeps nothing.

    Attributes:
        cut: whether a load has begun and not ended.
        articles: IRIs of the articles whose passages are graphs.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self.cut = False
        self._counts: dict[str, list[int]] = {}
        self.articles: set[str] = set()
        self._read()

    @property
    def names(self) -> Collection[str]:
        """Names of graphs other than passages, and IRIs of articles."""
        return self._counts.keys() | self.articles

    def holds(self, graph: str | None, triples: int) -> bool:
        """Whether a graph of so many triples is as a load of this project left it; None is the closure."""
        return triples <= self.most(graph) if self.cut else triples in self._counts.get(graph or "", ())

    def most(self, graph: str | None) -> int:
        """The most triples of a graph that a load has put there."""
        return max(self._counts.get(graph or "", ()), default=0)

    def begin(self, counts: Mapping[str | None, int]) -> None:
        """Record that graphs are about to be replaced: each may be the old or the new one from here on."""
        self.cut = True
        for graph, triples in counts.items():
            if article := article_of(graph):
                self.articles.add(article)
            else:
                self._counts.setdefault(graph or "", []).append(triples)
        self._write()

    def end(self, counts: Mapping[str | None, int]) -> None:
        """Record that graphs have been replaced, and hold so much."""
        self.cut = False
        self._counts.update(
            (graph or "", [triples]) for graph, triples in counts.items() if not article_of(graph)
        )
        self._write()

    def forget(self, graphs: Iterable[str]) -> None:
        """Record that graphs have been removed."""
        for graph in graphs:
            self._counts.pop(graph, None)
        self._write()

    def _read(self) -> None:
        if self._path is None:
            return
        try:
            members = json.loads(self._path.read_bytes())
            self.cut = bool(members["cut"])
            self._counts = {str(graph): list(map(int, held)) for graph, held in members["graphs"].items()}
            self.articles = set(map(str, members["articles"]))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):  # none yet, or not whole
            self._counts, self.articles, self.cut = {}, set(), False

    def _write(self) -> None:
        if self._path is None:
            return
        members = {"cut": self.cut, "graphs": self._counts, "articles": sorted(self.articles)}
        partial = self._path.with_suffix(f".partial-{os.getpid()}")
        partial.write_text(json.dumps(members, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        partial.replace(self._path)


def open_ledger(folder: Path | None, *, target: str) -> Ledger:
    """Open the ledger of a target.

    Args:
        folder: where the records of loads are kept; None for nowhere.
        target: the URL.
    """
    return Ledger(None if folder is None else folder / f"{target_name(target)}.loaded.json")
