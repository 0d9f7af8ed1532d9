"""The stored queries of a project: headers, parameters, and the text that a store runs."""

import marshal
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from .errors import CannotRun, UsageError
from .parameters import TYPES, Parameter, parameters_of
from .record import Record

TYPE_CHECKING = False  # typing is not imported on the way to a query
if TYPE_CHECKING:
    from typing import Any

__all__ = ["Library", "StoredQuery", "find_query", "read_query", "read_query_text"]


class StoredQuery(Record):
    """A query file with its header.

    Args:
        name: the file's name without ``.rq``.
        topic: its folder below queries/.
        text: the whole file.
        summary: one line, English.
        description: more of it; may be empty.
        title: one line, Chinese.
        question: the question answered, Chinese; ``question_en`` in English.
        tags: words to group by.
        parameters: declared and found in the text.
        columns: column name to Chinese heading.
    """

    name: str
    topic: str
    text: str
    summary: str = ""
    description: str = ""
    title: str = ""
    question: str = ""
    question_en: str = ""
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    columns: Mapping[str, str] = MappingProxyType({})

    @property
    def sparql(self) -> str:
        """The text without its ``#+`` lines."""
        return "".join(line for line in self.text.splitlines(keepends=True) if not line.startswith("#+"))


class Library:
    """The stored queries below one folder; files are read when they are asked for.

    Args:
        files: the query files, as ``Project.queries()`` gives them.
        cache: folder that keeps parsed headers, or None.
    """

    def __init__(self, files: tuple[Path, ...], *, cache: Path | None = None) -> None:
        self._files = {path.stem: path for path in files}
        self._cache = cache

    def names(self) -> tuple[str, ...]:
        """Names of all stored queries, sorted."""
        return tuple(sorted(self._files))

    def __contains__(self, name: object) -> bool:
        return name in self._files

    def __iter__(self) -> Iterator[StoredQuery]:
        """Yield every stored query, by topic and name."""
        for path in sorted(self._files.values(), key=lambda path: (path.parent.name, path.stem)):
            yield read_query(path, cache=self._cache)

    def __getitem__(self, name: str) -> StoredQuery:
        """Return a query by its name.

        Raises:
            UsageError: ``unknown-query``.
            CannotRun: ``query-header``, ``not-utf8`` when its file is broken.
        """
        return read_query(self.path(name), cache=self._cache)

    def path(self, name: str) -> Path:
        """Return the file of a query.

        Raises:
            UsageError: ``unknown-query``.
        """
        path = self._files.get(name)
        if path is None:
            from .nearest import nearest_hint

            hint = nearest_hint(name, self._files, otherwise="citykg queries lists them")
            raise UsageError("unknown-query", f"no stored query {name!r}", hint)
        return path


def find_query(folder: Path, name: str) -> Path | None:
    """Return the file of a stored query without listing them all, or None where a closer look is needed.

    Args:
        folder: queries/ of a project.
        name: the query's.
    """
    try:
        with os.scandir(folder) as topics:
            for topic in topics:
                path = Path(topic.path) / f"{name}.rq"
                if topic.name != "checks" and path.is_file():
                    return path
    except OSError:
        return None
    return None


def read_query(path: Path, *, cache: Path | None = None, text: str | None = None) -> StoredQuery:
    """Read a query file; without ``#+`` lines it has an empty header.

    Args:
        path: the file.
        cache: folder that keeps parsed headers, or None.
        text: of the file, where it has been read: a pipe cannot be read again.

    Raises:
        CannotRun: ``unreadable``, ``not-utf8``, ``query-header``.
    """
    text = read_query_text(path) if text is None else text
    header = _cached_header(path, text, cache) if cache else _parse_header(path, text)
    return _stored_query(path, text, header)


def read_query_text(path: Path) -> str:
    """Read a query file without looking at its header.

    Raises:
        CannotRun: ``unreadable``, ``not-utf8``.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CannotRun("unreadable", f"cannot read {path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CannotRun("not-utf8", f"{path}:{line}: not UTF-8", "save the file as UTF-8") from error


def _cached_header(path: Path, text: str, cache: Path) -> "dict[str, Any]":
    """Return the parsed header that is kept beside the very lines that it was parsed from."""
    # By marshal, as Python keeps its bytecode: json would be imported for this alone.
    entry = cache / f"{path.parent.name}.{path.stem}.{sys.implementation.cache_tag}"
    lines = _header_lines(text)
    try:
        kept = marshal.loads(entry.read_bytes())
        if kept["lines"] == lines:
            header: dict[str, Any] = kept["header"]
            return header
    except (OSError, ValueError, EOFError, KeyError, TypeError):
        pass
    header = _parse_header(path, text)
    _keep(entry, marshal.dumps({"lines": lines, "header": header}))
    return header


def _keep(entry: Path, content: bytes) -> None:
    """Write a cache entry so that readers see it whole; where that cannot be done, nothing is kept."""
    beside = entry.with_name(f"{entry.name}.{os.getpid()}")
    try:
        entry.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        beside.replace(entry)
    except OSError:
        return


def _header_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("#+")]


def _parse_header(path: Path, text: str) -> "dict[str, Any]":
    """Return the ``#+`` lines as YAML; every scalar stays the text that was written."""
    lines = text.splitlines()
    numbers = [number for number, line in enumerate(lines) if line.startswith("#+")]
    if not numbers:
        return {}
    import yaml

    try:
        header = yaml.load("\n".join(lines[number][2:] for number in numbers), Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = numbers[min(mark.line, len(numbers) - 1)] + 1 if mark else numbers[0] + 1
        raise CannotRun(
            "query-header",
            f"{path}:{line}:{mark.column + 3 if mark else 1}: {error.problem}",
            "the lines that begin with #+ are read together as YAML",
        ) from error
    if not isinstance(header, dict):
        raise CannotRun(
            "query-header", f"{path}:{numbers[0] + 1}: the #+ lines are not a mapping", "write #+ key: value"
        )
    return header


def _stored_query(path: Path, text: str, header: "dict[str, Any]") -> StoredQuery:
    own = header.get("citykg") or {}
    return StoredQuery(
        name=path.stem,
        topic=path.parent.name,
        text=text,
        summary=header.get("summary", ""),
        description=header.get("description", ""),
        title=own.get("title", ""),
        question=own.get("question", ""),
        question_en=own.get("question_en", ""),
        tags=tuple(header.get("tags") or ()),
        parameters=_with_defaults(parameters_of(text, _declared(path, header)), header),
        columns=own.get("columns") or {},
    )


def _declared(path: Path, header: "dict[str, Any]") -> tuple[Parameter, ...]:
    own = (header.get("citykg") or {}).get("parameters") or {}
    defaults = _pairs(header.get("defaults"))
    choices = {
        name: value for name, value in _pairs(header.get("enumerate")).items() if isinstance(value, list)
    }
    declared = []
    for name, said in own.items():
        given = {"type": said} if isinstance(said, str) else dict(said)
        kind = given.get("type", "string")
        if kind not in TYPES and ":" not in kind:
            raise CannotRun(
                "query-header",
                f"{path}: the parameter {name} has the unknown type {kind!r}",
                f"types are {', '.join(TYPES)} and prefix:datatype",
            )
        declared.append(
            Parameter(
                name,
                kind,
                label=given.get("label", ""),
                description=given.get("description", ""),
                default=given.get("default", defaults.get(name)),
                choices=tuple(choices.get(name, ())),
                language=given.get("language", "zh"),
            )
        )
    return tuple(declared)


def _with_defaults(parameters: tuple[Parameter, ...], header: "dict[str, Any]") -> tuple[Parameter, ...]:
    """Give what only the text declares the default that grlc's ``defaults`` has for it."""
    defaults = _pairs(header.get("defaults"))
    return tuple(
        parameter.replace(default=defaults[parameter.name])
        if parameter.default is None and isinstance(defaults.get(parameter.name), str)
        else parameter
        for parameter in parameters
    )


def _pairs(value: object) -> "dict[str, Any]":
    """Read ``a: 1`` and grlc's ``- a: 1`` alike."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list):
        return {name: item for entry in value if isinstance(entry, dict) for name, item in entry.items()}
    return {}
