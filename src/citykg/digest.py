"""The digest of a dataset: the same for the same statements, and carried over a change without the rest.

Two digests make it. Statements without blank nodes: the sum, modulo 2^256, of the SHA-256 of every line of
canonical N-Quads (RDFC-1.0, section 4.4), to which a line can be added and from which it can be taken.
Statements with blank nodes, whose labels depend on one another: the SHA-256 of their canonical form, made
anew when one of them changes. That tells datasets apart that differ by mistake; a sum is no seal against
somebody who looks for another dataset of the same sum, for which the digests of the files are there.
"""

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, cast

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, Store, parse, serialize

from .canonical import blank_nodes

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

__all__ = ["ContentDigest", "has_blank_node"]

_MODULUS = 1 << 256


@dataclass(frozen=True, slots=True)
class ContentDigest:
    """The digest of a dataset in its two parts.

    Attributes:
        named: the sum of the digests of the statements without blank nodes.
        blank: the SHA-256, in hexadecimal, of the canonical form of those with blank nodes.
    """

    named: int
    blank: str

    @classmethod
    def of(cls, store: Store) -> "ContentDigest":
        """Return the digest of everything in a store."""
        lines = _Lines()
        store.dump(cast(IO[bytes], lines), format=RdfFormat.N_QUADS)
        blank: list[Quad] = []
        others: list[Quad] = []
        for quad in parse(b"".join(lines.doubtful), RdfFormat.N_QUADS):
            (blank if has_blank_node(quad) else others).append(quad)
        return cls((lines.sum + _sum(_lines(others))) % _MODULUS, _blank(blank))

    def changed(
        self, *, removed: Iterable[Quad], added: Iterable[Quad], blank: Iterable[Quad] | None = None
    ) -> "ContentDigest":
        """Return the digest after a change.

        Args:
            removed: statements without blank nodes that the dataset had, in the form of a store.
            added: statements without blank nodes that it has now and had not, in the form of a store.
            blank: all statements with blank nodes that it has now; None when none of them has changed.
        """
        named = (self.named + _sum(_lines(added)) - _sum(_lines(removed))) % _MODULUS
        return ContentDigest(named, self.blank if blank is None else _blank(blank))

    @property
    def hexadecimal(self) -> str:
        """The one digest of both parts."""
        return hashlib.sha256(f"{self.named:064x}\n{self.blank}\n".encode()).hexdigest()


class _Lines(io.RawIOBase):
    """Takes N-Quads as they are written, so that they never stand in memory as a whole.

    Attributes:
        sum: of the digests of the lines without blank nodes.
        doubtful: lines that may have blank nodes; some only look so in a literal.
    """

    def __init__(self) -> None:
        self.sum = 0
        self.doubtful: list[bytes] = []
        self._rest: list[bytes] = []  # of a line whose end is still to come, joined once

    def writable(self) -> bool:
        return True

    def write(self, text: "Buffer", /) -> int:
        piece = bytes(text)
        self._rest.append(piece)
        if b"\n" not in piece:
            return len(piece)
        written = b"".join(self._rest)
        lines = written.splitlines(keepends=True)
        self._rest = [lines.pop()] if not lines[-1].endswith(b"\n") else []
        if b"_:" in written:
            self.doubtful += [line for line in lines if b"_:" in line]
            lines = [line for line in lines if b"_:" not in line]
        self.sum += _sum(lines)
        return len(piece)


def has_blank_node(quad: Quad) -> bool:
    """Whether a statement has a blank node."""
    return any(True for _ in blank_nodes(quad.subject, quad.object, quad.graph_name))


def _lines(quads: Iterable[Quad]) -> list[bytes]:
    text = serialize(quads, format=RdfFormat.N_QUADS)
    assert text is not None
    return text.splitlines(keepends=True)


def _sum(lines: Iterable[bytes]) -> int:
    sha256, number = hashlib.sha256, int.from_bytes
    return sum([number(sha256(line).digest()) for line in lines]) % _MODULUS


def _blank(quads: Iterable[Quad]) -> str:
    # sorted: no more than a fixed order for the algorithm to start from
    dataset = Dataset(sorted(quads, key=str))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return hashlib.sha256(b"".join(sorted(str(dataset).encode().splitlines(keepends=True)))).hexdigest()
