"""Literals as the files write them, kept beside a store that has them in another form.

A store makes 3.10 into 3.1 and 130.0 into 130. Shapes that compare spellings, and reports, want what the
file says: a build keeps every statement whose value the store has rewritten, as sorted lines of N-Quads, in
which a node is found by halving. Where one graph writes a value in two ways, both are kept.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from .shacl.literals import REWRITTEN, as_stored, is_canonical
from .shacl.vocabulary import Term

__all__ = ["Written", "as_kept"]

_FILE = "written.nq"


class Written:
    """What the files of a project write where its store has something else.

    Args:
        lines: sorted lines of N-Quads, each with its line break.
    """

    def __init__(self, lines: Sequence[bytes] = ()) -> None:
        self._lines = lines
        self._known: dict[Term, dict[tuple[NamedNode, object], list[Literal]]] = {}

    @property
    def lines(self) -> tuple[bytes, ...]:
        """The statements, sorted lines of N-Quads."""
        return tuple(self._lines)

    @classmethod
    def of(cls, quads: Iterable[Quad]) -> "Written":
        """Return what of these statements, as they are written, a store has in another form."""
        quads = quads if isinstance(quads, Sequence) else list(quads)
        stored = as_kept(quads)
        plain = {_with(quad, value) for quad, value in stored.items()}
        beside = {quad for quad in quads if quad in plain} if plain else set()
        return cls(sorted({_line(quad) for quad in (*stored, *beside)}))

    @classmethod
    def read(cls, folder: Path) -> "Written | None":
        """Read what `write` has written into a folder; None where it has not."""
        file = folder / _FILE
        return cls(file.read_bytes().splitlines(keepends=True)) if file.is_file() else None

    def write(self, folder: Path) -> None:
        """Write this into a folder."""
        (folder / _FILE).write_bytes(b"".join(self._lines))

    def changed(self, removed: Iterable[Quad], added: Iterable[Quad], before: Store) -> "Written":
        """Return what is written after a change.

        Args:
            removed: statements that are no longer written, literals as they were.
            added: statements that are written now, literals as they are.
            before: the store before the change.
        """
        lines = set(self._lines)
        gone, come = _by_place(removed), _by_place(added)
        for plain in {**gone, **come}:
            stored = cast(Literal, plain.object)
            forms = set(self.forms(plain)) or ({stored} if plain in before else set())
            lines -= {_line(_with(plain, form)) for form in forms}
            forms = (forms - gone.get(plain, set())) | come.get(plain, set())
            if forms - {stored}:
                lines |= {_line(_with(plain, form)) for form in forms}
        return Written(sorted(lines))

    def forms(self, quad: Quad) -> tuple[Literal, ...]:
        """Return how a graph writes the value of a statement of the store; empty where it is as stored."""
        found = self._of(cast(Term, quad.subject)).get((quad.predicate, quad.graph_name), [])
        stored = as_stored(found) if found else {}
        forms = tuple(form for form in found if stored.get(form, form) == quad.object)
        return () if forms == (quad.object,) else forms

    def literals(self, subject: Term) -> tuple[Literal, ...]:
        """Return every literal that was rewritten, or stands beside one, of a node."""
        return tuple(form for forms in self._of(subject).values() for form in forms)

    def _of(self, subject: Term) -> dict[tuple[NamedNode, object], list[Literal]]:
        if subject not in self._known:
            start = f"{subject} ".encode()
            place = bisect_left(self._lines, start)
            lines = []
            while place < len(self._lines) and self._lines[place].startswith(start):
                lines.append(self._lines[place])
                place += 1
            found: dict[tuple[NamedNode, object], list[Literal]] = {}
            for quad in parse(b"".join(lines), RdfFormat.N_QUADS) if lines else ():
                found.setdefault((quad.predicate, quad.graph_name), []).append(cast(Literal, quad.object))
            self._known[subject] = found
        return self._known[subject]


def as_kept(quads: Iterable[Quad]) -> dict[Quad, Literal]:
    """Return the statements whose value a store does not keep as it is written, with what it makes of it."""
    doubtful = [
        quad
        for quad in quads
        if type(value := quad.object) is Literal
        and (datatype := value.datatype.value) in REWRITTEN
        and not is_canonical(value.value, datatype)
    ]
    changed = as_stored(list({cast(Literal, quad.object) for quad in doubtful}))
    return {quad: changed[found] for quad in doubtful if (found := cast(Literal, quad.object)) in changed}


def _line(quad: Quad) -> bytes:
    return f"{quad} .\n".encode()


def _with(quad: Quad, value: Literal) -> Quad:
    return Quad(quad.subject, quad.predicate, value, quad.graph_name)


def _by_place(quads: Iterable[Quad]) -> dict[Quad, set[Literal]]:
    """The ways in which statements that a store may have rewritten are written, by what it makes of them."""
    quads = [quad for quad in quads if _is_rewritable(quad.object)]
    kept = as_kept(quads)
    found: dict[Quad, set[Literal]] = {}
    for quad in quads:
        plain = _with(quad, kept[quad]) if quad in kept else quad
        found.setdefault(plain, set()).add(cast(Literal, quad.object))
    return found


def _is_rewritable(value: object) -> bool:
    return isinstance(value, Literal) and value.datatype.value in REWRITTEN
