"""Compare two datasets by canonical form: what was added, removed, or only written differently.

Statements without blank nodes are compared by a sum of their digests first, as they arrive and in any order:
datasets that say the same are not sorted. Those that differ are sorted, from what was kept on the way.
"""

import hashlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

import pyoxigraph as ox

from .canonical import blank_components
from .export.ahead import ahead
from .export.lines import sorted_lines
from .export.selection import Graphs, Part, pattern, settle
from .export.sources import Source, Term
from .literals import by_value, type_of
from .spool import Spool

__all__ = ["Difference", "Rewritten", "compare", "labels"]

_AT_ONCE = 500
# Bytes of text that each side sorts at once.
_SORTED_AT_ONCE = 2 * 1024 * 1024
# Between the form that is compared and the line as written; no line of N-Quads has a tab of its own.
_TAB = "\t"

_Blocks = Iterator[list[str]]


@dataclass(slots=True)
class Rewritten:
    """Literals of one kind that one side writes in another form of the same value.

    Args:
        count: how many.
        before: one line of the first dataset.
        after: the line of the second that says the same.
    """

    count: int
    before: str
    after: str


@dataclass(slots=True)
class Difference:
    """How a second dataset differs from a first; lines of N-Quads.

    Args:
        removed: only in the first, at most as many as were asked for.
        added: only in the second, likewise.
        removed_count: how many are only in the first.
        added_count: how many are only in the second.
        rewritten: kind of literal (``xsd:decimal``, ``@zh-hans``) to what happened to it.
        counts: statements of the first and of the second dataset.
    """

    removed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed_count: int = 0
    added_count: int = 0
    rewritten: dict[str, Rewritten] = field(default_factory=dict)
    counts: tuple[int, int] = (0, 0)

    @property
    def equal(self) -> bool:
        """Whether both say the same, by value."""
        return not (self.removed_count or self.added_count)


def compare(
    first: Source,
    second: Source,
    *,
    selection: Graphs | None = None,
    merge: bool | None = None,
    exact: bool = False,
    keep: int | None = None,
) -> Difference:
    """Compare two datasets.

    Blank nodes are compared by what hangs together through them (RDFC-1.0 per connected part), literals by
    value (XSD 1.1).

    Args:
        first: the dataset from which.
        second: the dataset to which.
        selection: the graphs to compare; the asserted ones when nothing is said. A dataset without named
            graphs is compared whole.
        merge: leave out which graph says what; None for: when one of the two has no named graphs.
        exact: compare literals as written.
        keep: how many lines of each side to hold; all when None.

    Raises:
        UsageError: ``unknown-graph``.
    """
    named = [bool(source.graphs()) for source in (first, second)]
    merged = not all(named) if merge is None else merge
    sides = []
    for source, has_graphs in zip((first, second), named, strict=True):
        chosen = (selection or Graphs(["asserted"])) if has_graphs else Graphs(["closure"])
        sides.append(_Side(source, chosen, merge=merged, exact=exact))
    difference = Difference()
    _compare_ground(sides[0], sides[1], difference, keep)
    _compare_blank(sides[0], sides[1], difference, keep)
    difference.counts = (sides[0].count, sides[1].count)
    return difference


def labels(source: Source, things: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the labels that a dataset has for things: IRI to language to label."""
    found: dict[str, dict[str, str]] = {}
    wanted = iter(sorted(set(things)))
    while some := list(islice(wanted, _AT_ONCE)):
        values = " ".join(str(ox.NamedNode(iri)) for iri in some)
        for thing, label in source.rows(pattern("diff-labels").replace("?_things", values)):
            if isinstance(thing, ox.NamedNode) and isinstance(label, ox.Literal):
                by_language = found.setdefault(thing.value, {})
                language = (label.language or "").partition("-")[0]
                by_language[language] = min(label.value, by_language.get(language, label.value))
    return found


class _Side:
    """One dataset, sorted by what is compared."""

    def __init__(self, source: Source, selection: Graphs, *, merge: bool, exact: bool) -> None:
        self._blank, self._ground = settle(source, selection)
        self._merge = merge
        self._exact = exact
        self.count = 0

    def read(self) -> "_Ground":
        """Read all lines without blank nodes."""
        ground = _Ground()
        for part in self._ground:
            ground.add(self._text(part), exact=self._exact)
        return ground

    def reading(self) -> Generator["_Ground", None, None]:
        """Read like `read`, for `ahead`: yields once."""
        yield self.read()

    def sorted(self, texts: Iterable[str]) -> Iterator[list[str]]:
        """Yield lines with their keys in sorted blocks, and count them."""
        self.count = 0
        for block in sorted_lines(texts if self._exact else map(_keyed, texts), limit=_SORTED_AT_ONCE):
            self.count += len(block)
            yield block

    def components(self) -> Counter[bytes]:
        """Return what hangs together by blank nodes; `texts` must have been used up."""
        text = "".join(self._text(part) for part in self._blank)
        if not self._exact:
            text = by_value(text)
        quads = list(ox.parse(text.encode("latin-1"), ox.RdfFormat.N_QUADS))
        self.count += len(quads)
        return blank_components(_scoped(quad) for quad in quads)

    def _text(self, part: Part) -> str:
        return part.text if self._merge else part.nquads


class _Ground:
    """Lines without blank nodes: how many, the sum of their digests, and their text in a temporary file.

    The digests are Python's own: 64 bits, by a key that no input knows (SipHash), unless PYTHONHASHSEED
    sets it. Lines in another form than that of their value are kept beside, after the line in that form.
    """

    def __init__(self) -> None:
        self.count = 0
        self.sum = 0
        self.texts = Spool()
        self.odd = Spool()

    def add(self, text: str, *, exact: bool) -> None:
        self.texts.add(text.encode("latin-1"))
        written = text.split("\n")
        lines = written
        if not exact and (valued := by_value(text)) != text:
            lines = valued.split("\n")
            pairs = zip(lines, written, strict=True)
            odd = "".join(f"{form}{_TAB}{line}\n" for form, line in pairs if form != line)
            self.odd.add(odd.encode("latin-1"))
        self.count += len(lines) - 1
        self.sum += sum(map(hash, lines))  # of the empty text after the last line feed: 0

    def equals(self, other: "_Ground") -> bool:
        """Whether both say the same, by value: each line as often."""
        return (self.count, self.sum) == (other.count, other.sum)


def _keyed(text: str) -> str:
    """Put the form by value before each line that it changes."""
    valued = by_value(text)
    if valued == text:
        return text
    pairs = zip(valued.split("\n"), text.split("\n"), strict=True)
    return "\n".join(value if value == line else value + _TAB + line for value, line in pairs)


def _compare_ground(first: _Side, second: _Side, difference: Difference, keep: int | None) -> None:
    with ahead(second.reading()) as other:
        left = first.read()
        right = next(other)
    if left.equals(right):
        first.count = second.count = left.count
        odd = (sorted_lines(_decoded_blocks(side.odd), limit=_SORTED_AT_ONCE) for side in (left, right))
        for some, others in _in_step(*odd):
            before, after = _by_key(some), _by_key(others)
            for key in sorted(before.keys() | after.keys()):
                if before.get(key, key) != after.get(key, key):
                    _note_rewritten(difference, before.get(key, key), after.get(key, key))
        return
    blocks = (side.sorted(_decoded_blocks(ground.texts)) for side, ground in ((first, left), (second, right)))
    for some, others in _in_step(*blocks):
        if some != others:
            _compare_blocks(some, others, difference, keep)


def _decoded_blocks(spool: Spool) -> Iterator[str]:
    return (block.decode("latin-1") for block in spool)


def _compare_blocks(left: list[str], right: list[str], difference: Difference, keep: int | None) -> None:
    only_left, only_right = set(left) - set(right), set(right) - set(left)
    before, after = _by_key(only_left), _by_key(only_right)
    for key in sorted(before.keys() & after.keys()):
        _note_rewritten(difference, before[key], after[key])
    # One side may hold a value in two forms, one of which the other side shares.
    shared = {line.partition(_TAB)[0] for line in left} & {line.partition(_TAB)[0] for line in right}
    for key in sorted(before.keys() - after.keys() - shared):
        difference.removed_count += 1
        if keep is None or len(difference.removed) < keep:
            difference.removed.append(_decoded(before[key]))
    for key in sorted(after.keys() - before.keys() - shared):
        difference.added_count += 1
        if keep is None or len(difference.added) < keep:
            difference.added.append(_decoded(after[key]))


def _by_key(lines: Iterable[str]) -> dict[str, str]:
    return {key: written or key for key, _, written in (line.partition(_TAB) for line in lines)}


def _note_rewritten(difference: Difference, before: str, after: str) -> None:
    kind = type_of(before)
    known = difference.rewritten.get(kind)
    if known is None:
        difference.rewritten[kind] = Rewritten(1, _decoded(before), _decoded(after))
    else:
        known.count += 1


def _compare_blank(first: _Side, second: _Side, difference: Difference, keep: int | None) -> None:
    left, right = first.components(), second.components()
    for parts, lines, is_left in (
        (left - right, difference.removed, True),
        (right - left, difference.added, False),
    ):
        for part in sorted(parts.elements()):
            found = part.decode("utf-8").split("\n")[:-1]
            if is_left:
                difference.removed_count += len(found)
            else:
                difference.added_count += len(found)
            lines += found if keep is None else found[: max(0, keep - len(lines))]


def _in_step(
    first: Iterator[list[str]], second: Iterator[list[str]]
) -> Iterator[tuple[list[str], list[str]]]:
    """Cut two sorted streams at the same keys, so that equal keys meet in one pair of blocks."""
    left, right = _Held(first), _Held(second)
    while True:
        left.fill()
        right.fill()
        ends = [held.last_key for held in (left, right) if not held.ended]
        if not ends:
            yield left.lines, right.lines
            return
        bound = min(ends)
        yield left.take(bound), right.take(bound)


class _Held:
    def __init__(self, blocks: Iterator[list[str]]) -> None:
        self._blocks = _whole_keys(blocks)
        self.lines: list[str] = []
        self.ended = False

    def fill(self) -> None:
        while not self.lines and not self.ended:
            block = next(self._blocks, None)
            if block is None:
                self.ended = True
            else:
                self.lines = block

    @property
    def last_key(self) -> str:
        return self.lines[-1].partition(_TAB)[0]

    def take(self, bound: str) -> list[str]:
        """Take the lines whose keys come before the bound or are it."""
        end = bisect_right(self.lines, bound + "\n")  # follows the tab
        taken, self.lines = self.lines[:end], self.lines[end:]
        return taken


def _scoped(quad: ox.Quad) -> ox.Quad:
    """Tell the blank nodes of one graph from those of another: no protocol keeps one in two graphs."""

    def scoped(term: Term) -> Term:
        return ox.BlankNode(f"g{scope}x{term.value}") if isinstance(term, ox.BlankNode) else term

    graph = quad.graph_name
    scope = hashlib.sha256(str(graph).encode()).hexdigest()[:16]
    return ox.Quad(scoped(quad.subject), quad.predicate, scoped(quad.object), graph)  # type: ignore[arg-type]


def _whole_keys(blocks: Iterator[list[str]]) -> Iterator[list[str]]:
    """Cut blocks anew, so that all lines of one key are in one block."""
    rest: list[str] = []
    for block in blocks:
        lines = rest + block
        end = bisect_left(lines, lines[-1].partition(_TAB)[0])
        if end:
            yield lines[:end]
        rest = lines[end:]
    if rest:
        yield rest


def _decoded(line: str) -> str:
    return line.encode("latin-1").decode("utf-8")
