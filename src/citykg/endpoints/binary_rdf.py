"""The RDF4J Binary RDF format, version 2 (https://rdf4j.org/documentation/reference/rdf4j-binary/), read.

It takes an RDF4J server less time than N-Triples. A document is a header and records: terms that come more
than once are declared, and statements name them by number. Terms are turned into text at once, without an
object for each statement.
"""

import re
from collections.abc import Iterator

import pyoxigraph as ox

__all__ = ["MEDIA_TYPE", "lines_of_binary"]

MEDIA_TYPE = "application/x-binary-rdf"

_MAGIC = b"BRDF\x00\x00\x00\x02"
# Records.
_NAMESPACE, _STATEMENT, _COMMENT, _DECLARATION, _END = 0, 1, 2, 3, 127
# Terms.
_NONE, _IRI, _BLANK, _PLAIN, _TAGGED, _TYPED, _DECLARED = range(7)
# Subject, predicate, object and graph.
_TERMS = range(4)
# What an IRI may not have and a string must not have unescaped (RDF 1.1 N-Triples, IRIREF and section 4).
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f]')


def lines_of_binary(chunks: Iterator[bytes], *, answer: int) -> Iterator[bytes]:
    """Yield the statements of a document as canonical N-Triples in blocks, whatever graph they are of.

    Args:
        chunks: the document as it arrives.
        answer: as in `citykg.endpoints.query.canonical_lines`.

    Raises:
        ValueError: it is not such a document, or has no end.
    """
    document = _Document(answer)
    for chunk in chunks:
        if lines := document.add(chunk):
            yield lines.encode("utf-8")
    if not document.ended:
        raise ValueError("the document has no end")


class _Document:
    """Decodes what has arrived whole; the rest waits for more.

    Args:
        answer: a number that no other answer has, for the names of blank nodes.
    """

    def __init__(self, answer: int) -> None:
        self.ended = False
        self._answer = answer
        self._begun = False
        self._data = b""
        self._declared: dict[int, str] = {}

    def add(self, chunk: bytes) -> str:
        """Return the statements that have become whole, as lines."""
        self._data += chunk
        lines: list[str] = []
        at = 0
        try:
            if not self._begun:
                at = self._header()
            while not self.ended:
                at = self._record(at, lines)
        except IndexError:  # within a record, of which nothing has been kept
            pass
        except KeyError as error:
            raise ValueError(f"term {error} is not declared") from error
        self._data = self._data[at:]
        return "".join(lines)

    def _header(self) -> int:
        if not _MAGIC.startswith(self._data[: len(_MAGIC)]):
            raise ValueError("not the binary format, or not of version 2")
        charset, at = self._text(len(_MAGIC))
        if charset != "UTF-8":
            raise ValueError(f"in {charset}, not UTF-8")
        self._begun = True
        return at

    def _record(self, at: int, lines: list[str]) -> int:
        data, declared = self._data, self._declared
        kind = data[at]
        at += 1
        if kind == _STATEMENT:
            terms = []
            for _ in _TERMS:
                if data[at] == _DECLARED:
                    number, at = self._number(at + 1)
                    terms.append(declared[number])
                else:
                    term, at = self._term(at)
                    terms.append(term)
            subject, predicate, value, _ = terms
            if predicate[:1] != "<" or subject[:1] not in ("<", "_") or not value:
                raise ValueError("a statement whose terms are not in their places")
            lines.append(f"{subject} {predicate} {value} .\n")
        elif kind == _DECLARATION:
            number, at = self._number(at)
            declared[number], at = self._term(at)
        elif kind in (_NAMESPACE, _COMMENT):
            for _ in range(2 if kind == _NAMESPACE else 1):
                at = self._text(at)[1]
        elif kind == _END:
            self.ended = True
        else:
            raise ValueError(f"a record of kind {kind}")
        return at

    def _term(self, at: int) -> tuple[str, int]:
        """Read a term as N-Triples; the empty text for none."""
        kind = self._data[at]
        if kind == _NONE:
            return "", at + 1
        if kind > _TYPED:
            raise ValueError(f"a term of kind {kind}")
        text, at = self._text(at + 1)
        if kind == _IRI:
            return _iri(text), at
        if kind == _BLANK:
            return str(ox.BlankNode(f"a{self._answer}x{text}")), at
        if kind == _PLAIN:
            return _quoted(text), at
        second, at = self._text(at)
        if kind == _TAGGED:
            return str(ox.Literal(text, language=second)), at
        return f"{_quoted(text)}^^{_iri(second)}", at

    def _text(self, at: int) -> tuple[str, int]:
        size, at = self._number(at)
        end = at + size
        if end > len(self._data):
            raise IndexError
        return self._data[at:end].decode("utf-8"), end

    def _number(self, at: int) -> tuple[int, int]:
        """Read a number of seven bits a byte, the lowest first."""
        byte = self._data[at]
        if byte < 128:
            return byte, at + 1
        number, shift = byte & 127, 7
        while byte > 127:
            at += 1
            byte = self._data[at]
            number |= (byte & 127) << shift
            shift += 7
        return number, at + 1


def _iri(text: str) -> str:
    if _NOT_IN_IRI.search(text):
        raise ValueError(f"{text!r} is no IRI")
    return f"<{text}>"


def _quoted(text: str) -> str:
    return str(ox.Literal(text)) if _ESCAPED.search(text) else f'"{text}"'
