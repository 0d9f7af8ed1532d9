"""Questions in Chinese, answered from the graph alone, with the query and the passages beside.

import citykg

answer = citykg.ask("联顺制药项目总共要投多少钱")
answer.text, answer.sparql, answer.evidence
"""

import sys
from contextlib import suppress
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from citykg.project import Project
    from citykg.store import Store

    from .asking import Asker
    from .model import Answer

__all__ = ["ask", "open_asker"]

_ONE_AT_A_TIME = Lock()
_last: "tuple[Path | None, Asker] | None" = None


def ask(question: str, *, project: "Project | None" = None, store: str | None = None) -> "Answer":
    """Answer a question in Chinese, in a few milliseconds.

    A project's graph stays open from one call to the next, until it is built anew; calls from several
    threads wait for one another. For questions to another store keep what `open_asker` returns.

    Args:
        question: any text; what is no question is answered with the status ``invalid``.
        project: whose graph is asked; None for the nearest project, or else the packaged one.
        store: a built store's folder or the URL of a SPARQL endpoint, instead of the project's own.

    Raises:
        CannotRun: ``no-store`` and the like; never for anything in the question.
    """
    if store is not None:
        return open_asker(project=project, store=store, many=False).ask(question)
    with _ONE_AT_A_TIME:
        return _kept_open(project).ask(question)


def _kept_open(project: "Project | None") -> "Asker":
    """Return the asker of a project's graph as it is built now."""
    from citykg.current import current_build
    from citykg.project import Project

    global _last
    chosen = Project.find() if project is None else project
    build = current_build(chosen)  # before it is opened: one that is built meanwhile is seen next time
    if _last is None or _last[0] != build:
        _last = (build, open_asker(project=chosen, many=False))
    return _last[1]


def open_asker(*, project: "Project | None" = None, store: str | None = None, many: bool = True) -> "Asker":
    """Open a graph for questions; see `ask` for the other arguments and what is raised.

    Args:
        many: whether many questions will be asked: what one of them would do for all is then done now.
    """
    from citykg.opening import open_store
    from citykg.prefixes import read_prefixes
    from citykg.project import Project

    from .asking import Asker

    chosen = Project.find() if project is None else project
    opened = open_store(chosen, store=store)
    prefixes = read_prefixes(chosen.prefix_file())
    asker = Asker(opened, index=_index_of(opened), prefixes=prefixes)
    if many:
        asker.prepare()
    return asker


def _index_of(store: "Store") -> "Index":
    """Return the index beside a built store; where there is none, make it and leave it there if
    that is allowed.
    """
    from .words.index import FILE_NAME, Index, load
    from .words.indexing import build, read_index

    folder = getattr(store, "folder", None)
    if folder is None:
        return read_index(store)
    path = Path(folder).parent / FILE_NAME
    found = load(path)
    if found is None:
        content = build(store)
        with suppress(OSError):
            partial = path.with_name(f"{FILE_NAME}.partial-{id(content):x}")
            partial.write_bytes(content)
            partial.replace(path)
        found = Index.read(content)
    return found


if TYPE_CHECKING:
    from .words.index import Index


class _CallableModule(ModuleType):
    """This package, which is the function of the same name as well: ``citykg.ask("…")``."""

    def __call__(
        self, question: str, *, project: "Project | None" = None, store: str | None = None
    ) -> "Answer":
        return ask(question, project=project, store=store)


sys.modules[__name__].__class__ = _CallableModule
