"""The text of an article, which is not shipped: checked by the digests of its passages, and cut into them."""

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from .errors import CannotRun, UsageError
from .manifest import Inputs
from .project import Project
from .project_file import read_project_file
from .record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

    from pyoxigraph import QuerySolutions

__all__ = [
    "CheckedTexts",
    "EditedText",
    "Passage",
    "PassageTexts",
    "check_articles",
    "check_named",
    "check_text",
    "find_passage_texts",
    "find_text",
    "passage_texts",
    "read_digest",
    "read_passages",
    "read_text",
]

ARTICLES = "CITYKG_ARTICLES"
"""The environment variable that names a folder with <article>.txt files."""

_NAMED = 5  # differing passages that a message names one by one


class Passage(Record):
    """Where a passage stands in its article.

    Args:
        iri: the passage.
        start: first code point, zero-based.
        end: the code point after the last one.
        sha256: digest of the UTF-8 bytes of the text between them, in lower-case hexadecimal digits.
    """

    iri: str
    start: int
    end: int
    sha256: str


class EditedText(Record):
    """A text whose passages all agree, but which is not the file that the article's own digest is of.

    Args:
        article: the name of the article's folder.
        file: the text.
        expected: the article's digest.
        found: that of the file.
    """

    article: str
    file: Path
    expected: str
    found: str


class CheckedTexts(Record):
    """The texts that were at hand, all of which agree with their passages.

    Args:
        passages: how many passages were checked, by the name of the article's folder.
        edited: texts that differ between the passages.
    """

    passages: Mapping[str, int]
    edited: tuple[EditedText, ...] = ()


class PassageTexts(Record):
    """What passages say, as far as texts are at hand.

    Args:
        texts: by the IRI of the passage.
        differing: texts of which a passage differs from its digest: the file, how many do, of how many.
    """

    texts: Mapping[str, str]
    differing: tuple[tuple[Path, int, int], ...]


def find_text(folder: Path, *, article: Path | None = None) -> Path | None:
    """Find the text of an article.

    Args:
        folder: the article's folder in data/articles; its name is the article's.
        article: a file that a person has named, or a folder with <article>.txt in it.

    Returns:
        ``article`` itself, or <article>.txt in it or in the folder that CITYKG_ARTICLES names, or text.txt
        beside article.ttl where the project may ship its text; None when there is none of them.

    Raises:
        CannotRun: ``article-not-found`` when a file was named and does not exist, or CITYKG_ARTICLES names no
            folder.
    """
    places = [folder / "text.txt"]
    if article is not None and article.is_dir():
        places.insert(0, article / f"{folder.name}.txt")
    elif article is not None:
        if not article.is_file():
            raise CannotRun(
                "article-not-found",
                f"there is no file {article}",
                "give the article's text with --article FILE",
            )
        return article
    if directory := os.environ.get(ARTICLES):
        named = Path(directory).expanduser()
        if not named.is_dir():
            raise CannotRun(
                "article-not-found",
                f"{ARTICLES} names {directory}, which is no folder",
                "correct it, or unset it",
            )
        places.insert(-1, named / f"{folder.name}.txt")
    return next((place for place in places if place.is_file()), None)


def read_text(path: Path) -> str:
    """Read an article's text with its line ends as they are: positions count the code points of this file.

    Raises:
        CannotRun: ``not-utf8`` or ``unreadable``.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CannotRun("unreadable", f"cannot read {path}: {error.strerror}") from error
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        import shlex

        raise CannotRun(
            "not-utf8",
            f"{path}:{line}: the file is not UTF-8: byte {content[error.start]:#04x} at offset {error.start}",
            f"convert it, for instance: iconv -f GB18030 -t UTF-8 {shlex.quote(str(path))}",
        ) from error


def check_named(project: Project, article: Path | None) -> None:
    """Check that what a person has named is a text, or a folder that holds the text of an article.

    Raises:
        CannotRun: ``article-not-found``.
    """
    if article is None:
        return
    if article.is_dir():
        names = [folder.name for folder in project.articles()]
        if not any((article / f"{name}.txt").is_file() for name in names):
            known = f"; the articles are {', '.join(names[:_NAMED])}" if names else ""
            raise CannotRun(
                "article-not-found",
                f"there is no text of an article in {article}",
                f"texts are called <article>.txt{known}",
            )
    elif not article.exists():
        raise CannotRun(
            "article-not-found", f"there is no file {article}", "give the article's text with --article FILE"
        )


def check_articles(project: Project, inputs: Inputs, *, article: Path | None = None) -> CheckedTexts:
    """Check passages by their digests, and the wordings of facts, of every article whose text is at hand.

    What has agreed before, with the same text, is not compared again.

    Args:
        project: the project.
        inputs: its files.
        article: the text that a person has named, or a folder of texts.

    Raises:
        CannotRun: ``article-differs``, ``wording-differs``, ``article-not-found``, ``not-utf8``.
        UsageError: ``which-article`` when a file is given and it is not clear which article's text it is.
    """
    check_named(project, article)
    folders = project.articles()
    if article is not None and not article.is_dir() and len(folders) != 1:
        folders = tuple(folder for folder in folders if folder.name == article.stem)
        if not folders:
            names = ", ".join(folder.name for folder in project.articles()[:_NAMED])
            raise UsageError(
                "which-article",
                f"cannot tell which article {article} is the text of",
                f"name the file <article>.txt; the articles are {names}" if names else "the project has none",
            )
    texts = [(folder, file) for folder in folders if (file := find_text(folder, article=article)) is not None]
    return _check_texts(project, inputs, texts) if texts else CheckedTexts({})


def _check_texts(project: Project, inputs: Inputs, texts: Sequence[tuple[Path, Path]]) -> CheckedTexts:
    from .checked_texts import key_of, read_checked, write_checked

    before = read_checked(project)
    agreeing = dict(before)
    passages, edited = {}, []
    for folder, file in texts:
        text = read_text(file)
        described, facts = (project.relative(folder / name) for name in ("article.ttl", "facts.trig"))
        key = key_of(text, inputs.digests.get(described), inputs.digests.get(facts))
        known, number = before.get(folder.name, ("", 0))
        if key != known:
            number, differing = _check_one(project, inputs, folder, text, file)
            edited += differing
            if not differing:
                agreeing[folder.name] = (key, number)
        passages[folder.name] = number
    if agreeing != before:
        write_checked(project, agreeing)
    return CheckedTexts(passages, tuple(edited))


def _check_one(
    project: Project, inputs: Inputs, folder: Path, text: str, file: Path
) -> tuple[int, list[EditedText]]:
    """Return the number of passages, and the text where it differs between them."""
    described = folder / "article.ttl"
    name = project.relative(described)
    content = inputs.content(described, name) or read_project_file(project, described)
    passages = read_passages(project, content, described)
    whole = read_digest(project, content, described)
    check_text(text, passages, name=str(file), whole=whole)
    _check_facts(project, inputs, folder / "facts.trig", text, passages, file)
    found = _digest(text)
    differs = whole is not None and whole != found
    return len(passages), [EditedText(folder.name, file, str(whole), found)] if differs else []


def _check_facts(
    project: Project, inputs: Inputs, facts: Path, text: str, passages: Sequence[Passage], text_file: Path
) -> None:
    name = project.relative(facts)
    if name in inputs.digests:
        from .wordings import check_wordings

        content = inputs.content(facts, name) or read_project_file(project, facts)
        try:
            check_wordings(text, passages, content, name=name, text_file=text_file)
        except CannotRun as error:
            if error.code == "wording-differs":  # of others the parsing of all files says more
                raise


def read_passages(project: Project, content: bytes, path: Path) -> tuple[Passage, ...]:
    """Read the passages that an article.ttl describes, in the order of the text.

    Raises:
        CannotRun: ``turtle-syntax``, ``not-utf8``.
    """
    return tuple(
        Passage(row["passage"].value, int(row["start"].value), int(row["end"].value), row["sha256"].value)
        for row in _described(project, content, path, "article-passages")
    )


def read_digest(project: Project, content: bytes, path: Path) -> str | None:
    """Read the digest of the whole text that an article.ttl describes; None where it has none, or several.

    Raises:
        CannotRun: ``turtle-syntax``, ``not-utf8``.
    """
    digests = [row["sha256"].value for row in _described(project, content, path, "article-digests")]
    return digests[0] if len(digests) == 1 else None


def _described(project: Project, content: bytes, path: Path, query: str) -> "QuerySolutions":
    # Only where there is a text: a build that does nothing does without pyoxigraph.
    from pyoxigraph import QuerySolutions, Store

    from .sources import parse_bytes
    from .sparql import pattern

    store = Store()
    store.extend(parse_bytes(content, name=project.relative(path))[0])
    solutions = store.query(pattern(query))
    assert isinstance(solutions, QuerySolutions)
    return solutions


def check_text(text: str, passages: Sequence[Passage], *, name: str, whole: str | None = None) -> None:
    """Check that every passage's digest is that of the text between its positions.

    Args:
        text: the article.
        passages: the passages as the data describes them.
        name: what the message calls the text, usually its file.
        whole: the digest of the whole text, to tell whether it is the text or the data that is wrong.

    Raises:
        CannotRun: ``article-differs``, which names the passages that differ, with the expected and the
            actual digest; or only says how the file was saved, where they agree in another way of saving it.
    """
    if not _differing(text, passages):
        return
    if whole == (digest := _digest(text)):
        _refuse(
            text,
            passages,
            f"the passages of {name} are not as described, though the file is the one described",
            "correct the positions and digests of these passages in article.ttl",
        )
    from .other_text import closest

    saved = closest(text, lambda text: len(_differing(text, passages)))
    what = f"{name} is not the text that the graph was made from"
    if saved.cause:
        what = f"{name}: the file {saved.cause}"
        if not _differing(saved.text, passages):
            raise CannotRun(
                "article-differs", f"{what}; {saved.without} it agrees", f"save it {saved.remedy}"
            )
        what += f"; even {saved.without}"
    _refuse(
        saved.text,
        passages,
        what,
        "take the file as it was published; or correct the positions and digests in article.ttl",
        [] if whole is None else ["  the whole file", f"    expected {whole}", f"    found    {digest}"],
    )


def _differing(text: str, passages: Iterable[Passage]) -> list[tuple[Passage, str]]:
    """Return the passages that differ, with the digests of what stands there."""
    digests = ((passage, _digest(text[passage.start : passage.end])) for passage in passages)
    return [(passage, actual) for passage, actual in digests if actual != passage.sha256]


def _refuse(
    text: str, passages: Sequence[Passage], what: str, hint: str, more: Sequence[str] = ()
) -> "NoReturn":
    differing = _differing(text, passages)
    lines = [f"{what}: {len(differing)} of {len(passages)} passages differ"]
    for passage, actual in differing[:_NAMED]:
        lines.append(f"  <{passage.iri}> ({passage.start}-{passage.end})")
        lines.append(f"    expected {passage.sha256}")
        lines.append(f"    found    {actual if passage.end <= len(text) else 'the text ends before'}")
    if len(differing) > _NAMED:
        lines.append(f"  and {len(differing) - _NAMED} more")
    raise CannotRun("article-differs", "\n".join([*lines, *more]), hint)


def passage_texts(text: str, passages: Iterable[Passage]) -> dict[str, str]:
    """Return the text of each passage by its IRI; those whose digest differs are left out."""
    texts = {}
    for passage in passages:
        between = text[passage.start : passage.end]
        if _digest(between) == passage.sha256:
            texts[passage.iri] = between
    return texts


def find_passage_texts(
    project: Project, passages: Mapping[str, Sequence[Passage]], *, article: Path | None = None
) -> PassageTexts:
    """Return what passages say, those that agree with their digests.

    Args:
        project: the project.
        passages: the passages that are looked for, by the IRI of their article.
        article: the text that a person has named, or a folder of texts.

    Raises:
        CannotRun: ``article-not-found``, ``not-utf8``, ``unreadable``.
    """
    check_named(project, article)
    texts: dict[str, str] = {}
    differing: dict[Path, list[tuple[int, int]]] = {}
    for folder in project.articles() if passages else ():
        own = [passage for iri in passages if iri.endswith(f"/{folder.name}") for passage in passages[iri]]
        file = find_text(folder, article=article) if own else None
        if file is not None:
            found = passage_texts(read_text(file), own)
            differing.setdefault(file, []).append((len(own) - len(found), len(own)))
            texts |= found
    # One text that was named is that of one article: what it says of the others does not count.
    closest = {file: min(numbers, key=lambda n: n[0] / n[1]) for file, numbers in differing.items()}
    return PassageTexts(texts, tuple((file, *numbers) for file, numbers in closest.items() if numbers[0]))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
