"""A store that is asked the same again and again by the readings of one question."""

from citykg.results import Answer
from citykg.store import Store

__all__ = ["Kept"]


class Kept:
    """Runs each query once until it is told to forget.

    Args:
        store: that is asked.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._answers: dict[str, Answer] = {}

    def query(self, text: str) -> Answer:
        """Run a query; see `Store.query`."""
        if text not in self._answers:
            self._answers[text] = self.store.query(text)
        return self._answers[text]

    def forget(self) -> None:
        """Run every query anew from here on: another question begins."""
        self._answers.clear()
