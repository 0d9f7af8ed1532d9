"""Lines of N-Triples and N-Quads, sorted by code point and each once, in bounded memory at any size."""

import tempfile
from bisect import bisect_right
from collections.abc import Generator, Iterable, Iterator
from itertools import chain
from typing import IO

__all__ = ["MEMORY_LIMIT", "sorted_lines"]

MEMORY_LIMIT = 64 * 1024 * 1024
"""Bytes of text that are sorted at once; more goes through sorted runs in temporary files."""

_MERGE_BLOCK = 1024 * 1024
_LEAST_BLOCK = 64 * 1024
_RUNS_AT_ONCE = 64


def sorted_lines(blocks: Iterable[str], *, limit: int = MEMORY_LIMIT) -> Iterator[list[str]]:
    """Sort lines and drop repeated ones.

    Args:
        blocks: text of whole lines, each ended by a line feed. UTF-8 read as Latin-1: then the order of
            Python's fastest string comparison is that of UTF-8 bytes, which is that of code points, and that
            is the order of canonical N-Quads (RDF Dataset Canonicalization 1.0, section 5).
        limit: bytes of text that may be held at once, about; memory is some four times that.

    Yields:
        Lists of lines without their line feeds; put together, they are sorted and without repetition.
    """
    runs: list[IO[str]] = []
    held: list[str] = []
    size = 0
    try:
        for block in blocks:
            held.append(block)
            size += len(block)
            if size >= limit:
                runs.append(_write_run(_sort(held)))
                held, size = [], 0
                if len(runs) == _RUNS_AT_ONCE:
                    merged = _merge(runs, [], limit)
                    fresh = _write_run_blocks(merged)
                    _close(runs)
                    runs = [fresh]
        last = _sort(held)
        held = []
        if runs:
            yield from _merge(runs, last, limit)
        elif last:
            yield last
    finally:
        _close(runs)


def _sort(blocks: list[str]) -> list[str]:
    # Only "\n" ends a line: str.splitlines would also cut at U+0085, which is a byte of many characters here.
    lines = "".join(blocks).split("\n")
    lines.sort()
    return [line for line in dict.fromkeys(lines) if line]


def _write_run(lines: list[str]) -> IO[str]:
    return _write_run_blocks([lines])


def _write_run_blocks(blocks: Iterable[list[str]]) -> IO[str]:
    run = tempfile.TemporaryFile("w+", encoding="latin-1", newline="\n")  # noqa: SIM115 - closed by _close
    for lines in blocks:
        run.write("\n".join(lines))
        run.write("\n")
    run.flush()
    run.seek(0)
    return run


def _close(runs: Iterable[IO[str]]) -> None:
    for run in runs:
        run.close()


def _merge(runs: list[IO[str]], last: list[str], limit: int) -> Iterator[list[str]]:
    """Merge sorted runs block by block.

    Of every run a block is held. All lines up to the smallest last line of any block are final: they are
    put together and sorted, which for runs that are sorted already is a merge in C.
    """
    size = max(_LEAST_BLOCK, min(_MERGE_BLOCK, limit // len(runs)))
    waiting: list[list[str]] = [_next_block(run, size) for run in runs]
    sources: list[IO[str] | None] = [*runs]
    if last:
        waiting.append(last)
        sources.append(None)
    previous = ""
    while True:
        for index, source in enumerate(sources):
            if source is not None and not waiting[index]:
                waiting[index] = _next_block(source, size)
                if not waiting[index]:
                    sources[index] = None
        open_ends = [
            lines[-1] for lines, source in zip(waiting, sources, strict=True) if source is not None and lines
        ]
        if not open_ends:
            break
        bound = min(open_ends)
        ready = []
        for index, lines in enumerate(waiting):
            end = bisect_right(lines, bound)
            ready.append(lines[:end])
            waiting[index] = lines[end:]
        previous = yield from _unique(ready, previous)
    yield from _unique(waiting, previous)


def _unique(parts: list[list[str]], previous: str) -> Generator[list[str], None, str]:
    lines = list(chain.from_iterable(parts))
    lines.sort()
    unique = list(dict.fromkeys(lines))
    if unique and unique[0] == previous:
        del unique[0]
    if not unique:
        return previous
    yield unique
    return unique[-1]


def _next_block(run: IO[str], size: int) -> list[str]:
    return [line[:-1] for line in run.readlines(size)]
