"""Literals as the files write them, kept beside a store that has them in another form.

A store makes 3.10 into 3.1 and 130.0 into 130. Shapes that compare spellings, and reports, want what the
file says: a build keeps every statement whose value the store has rewritten, as lines of N-Quads, in groups
by subject. Where one graph writes a value in two ways, both are kept.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from .kept_lines import KeptLines
from .shacl.literals import REWRITTEN, as_stored, is_canonical
from .shacl.vocabulary import Term

__all__ = ["Written", "as_kept"]

_FILE = "written.nq"
_SPACE = b" "


class Written:
    """What the files of a project write where its store has something else.

    Args:
        lines: sorted lines of N-Quads.
    """

    def __init__(self, lines: KeptLines | None = None) -> None:
        self._lines = KeptLines(separator=_SPACE) if lines is None else lines
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
        return cls(KeptLines(sorted({_line(quad) for quad in (*stored, *beside)}), separator=_SPACE))

    @classmethod
    def read(cls, folder: Path) -> "Written | None":
        """Open what `write` has written into a folder; None where it has not."""
        try:
            return cls(KeptLines.read(folder, _FILE, separator=_SPACE))
        except FileNotFoundError:
            return None

    def write(self, folder: Path) -> None:
        """Write this into a folder."""
        self._lines.write(folder, _FILE)

    def changed(self, removed: Iterable[Quad], added: Iterable[Quad], before: Store) -> "Written":
        """Return what is written after a change.

        Args:
            removed: statements that are no longer written, literals as they were.
            added: statements that are written now, literals as they are.
            before: the store before the change.
        """
        groups: dict[bytes, set[bytes]] = {}
        gone, come = _by_place(removed), _by_place(added)
        for plain in {**gone, **come}:
            stored = cast(Literal, plain.object)
            subject = str(plain.subject).encode()
            lines = groups.setdefault(subject, set(self._lines.group(subject)))
            forms = set(self.forms(plain)) or ({stored} if plain in before else set())
            lines -= {_line(_with(plain, form)) for form in forms}
            forms = (forms - gone.get(plain, set())) | come.get(plain, set())
            if forms - {stored}:
                lines |= {_line(_with(plain, form)) for form in forms}
        return Written(self._lines.replaced({subject: sorted(lines) for subject, lines in groups.items()}))

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
            lines = self._lines.group(str(subject).encode())
            found: dict[tuple[NamedNode, object], list[Literal]] = {}
            for quad in parse(b"\n".join(lines), RdfFormat.N_QUADS) if lines else ():
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
    return f"{quad} .".encode()


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
