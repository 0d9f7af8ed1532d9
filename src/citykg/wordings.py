"""The wordings of an article's facts, compared with the text between their positions."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from pyoxigraph import QuerySolutions, RdfFormat, Store

from .article import Passage
from .errors import CannotRun
from .locating import Location, Text, first_mention, subject_lines
from .record import Record
from .sources import parse_bytes
from .sparql import pattern

__all__ = ["Wording", "check_wordings", "read_wordings"]

_NAMED = 5  # wordings that a message names one by one, and places that it tells of each


class Wording(Record):
    """What a node says that the article says, and where.

    Args:
        node: its IRI.
        passage: the IRI of the passage that states it.
        stated: the wording.
        start: first code point in the whole text, zero-based.
        end: the code point after the last one.
    """

    node: str
    passage: str
    stated: str
    start: int
    end: int


def read_wordings(facts: bytes, *, name: str) -> tuple[tuple[Wording, ...], Mapping[str, str]]:
    """Read the wordings of a facts.trig, in the order of the text, and the prefixes that it declares.

    Raises:
        CannotRun: ``turtle-syntax``, ``not-utf8``.
    """
    quads, prefixes = parse_bytes(facts, name=name, rdf_format=RdfFormat.TRIG)
    store = Store()
    store.extend(quads)
    solutions = store.query(pattern("article-wordings"))
    assert isinstance(solutions, QuerySolutions)
    wordings = tuple(
        Wording(
            row["node"].value,
            row["passage"].value,
            row["wording"].value,
            int(row["start"].value),
            int(row["end"].value),
        )
        for row in solutions
    )
    return wordings, prefixes


def check_wordings(
    text: str, passages: Iterable[Passage], facts: bytes, *, name: str, text_file: Path
) -> None:
    """Check that the article has every wording where the facts say.

    Args:
        text: the article.
        passages: its passages; what is stated in others is left out.
        facts: its facts.trig.
        name: what messages call that.
        text_file: where the text stands, for messages.

    Raises:
        CannotRun: ``wording-differs``, which names the nodes, with what is stated, what is found there, and
            where the passage has the wording; ``turtle-syntax``, ``not-utf8``.
    """
    own = {passage.iri: passage for passage in passages}
    read, prefixes = read_wordings(facts, name=name)
    wordings = [wording for wording in read if wording.passage in own]
    differing = [wording for wording in wordings if text[wording.start : wording.end] != wording.stated]
    if not differing:
        return
    count = f"{len(differing)} of {len(wordings)} wordings differ"
    lines = [f"{text_file} has other words where the facts say: {count}"]
    places = _Places(Text(name, facts.decode("utf-8"), prefixes))
    for wording in differing[:_NAMED]:
        found = f"“{text[wording.start : wording.end]}”"
        if wording.end > len(text):
            found = "the text ends before"
        lines.append(f"  {places.of(wording.node)}: <{wording.node}> ({wording.start}-{wording.end})")
        lines.append(f"    expected “{wording.stated}”, {_instead(text, own[wording.passage], wording)}")
        lines.append(f"    found    {found}")
    if len(differing) > _NAMED:
        lines.append(f"  and {len(differing) - _NAMED} more")
    hint = "correct city:start and city:end, or copy the wording from the text into city:asStated"
    raise CannotRun("wording-differs", "\n".join(lines), hint)


def _instead(text: str, passage: Passage, wording: Wording) -> str:
    """Say where the passage has a wording."""
    starts: list[int] = []
    start = text.find(wording.stated, passage.start, passage.end) if wording.stated else -1
    while start >= 0 and len(starts) <= _NAMED:
        starts.append(start)
        start = text.find(wording.stated, start + 1, passage.end)
    if not starts:
        return "which the passage does not have"
    if len(starts) > _NAMED:
        return f"which the passage has more than {_NAMED} times"
    return "which stands at " + ", ".join(f"{start}-{start + len(wording.stated)}" for start in starts)


class _Places:
    """The lines on which nodes are written, of a file that is looked through once."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._lines = subject_lines([text])

    def of(self, iri: str) -> Location | str:
        return self._lines.get(iri) or first_mention([self._text], iri) or self._text.name
