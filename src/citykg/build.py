"""The pipeline from files to a store, and the swap that makes the store current."""

import errno
import gc
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from enum import Enum
from pathlib import Path

from . import __version__
from .article import CheckedTexts, EditedText, check_articles
from .counted import counted
from .damaged import is_current_damaged, is_damaged, note_sizes
from .errors import CannotRun, UsageError
from .manifest import (
    LAYOUT,
    Engines,
    Inputs,
    Manifest,
    check_format,
    content_address,
    current_build,
    read_inputs,
    read_manifest,
    store_folder,
    write_manifest,
    write_seen,
    written_at,
)
from .project import Project
from .record import Record
from .stale import stale_files
from .unread import Unread

TYPE_CHECKING = False  # typing is not imported where nothing is to be done
if TYPE_CHECKING:
    from .assemble import Assembly
    from .whole import WholeBuild

__all__ = ["FAIL_ON", "BuildResult", "Outcome", "build", "ensure_built"]

FAIL_ON = ("violation", "warning", "info")
"""Severities, the gravest first."""

_WAIT = 60.0
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_SPACE_TEXTS = ("No space left on device", "Disk quota exceeded", "File too large")


class Outcome(Enum):
    """What a build came to."""

    BUILT = "built"
    UNCHANGED = "unchanged"
    SWITCHED = "switched"
    REFUSED = "refused"


class BuildResult(Record):
    """What a build has done.

    Args:
        outcome: built anew; unchanged, nothing done; switched to an earlier build of the same content; or
            refused for its violations, the store that stood before left in place.
        folder: the build that is current now; None when it was refused and there was none before.
        manifest: of what was asked for, also when it was refused.
        checked: articles whose text was checked, with the number of their passages.
        assembly: reports and data of a new build; None when nothing was built.
        whole: why a new build was made from all files; None when it went on from the one that stood, or
            when nothing was built.
        unread: what looks like knowledge and is not read; counts as a warning.
        edited: texts that differ from those described, between their passages; they count as warnings.
    """

    outcome: Outcome
    folder: Path | None
    manifest: Manifest
    checked: Mapping[str, int]
    assembly: "Assembly | None" = None
    whole: "WholeBuild | None" = None
    unread: tuple[Unread, ...] = ()
    edited: tuple[EditedText, ...] = ()


def build(
    project: Project,
    *,
    engines: Engines | None = None,
    article: Path | None = None,
    fail_on: str = FAIL_ON[0],
    keep_going: bool = False,
    force: bool = False,
    wait: float = _WAIT,
    on_stage: Callable[[str], None] | None = None,
) -> BuildResult:
    """Build the store of a project, unless it stands already.

    Safe beside readers and other builds, and when it is killed: the store is made in a folder of its own,
    renamed when it is whole, and only then named in ``current``.

    Args:
        project: the project.
        engines: reasoner and validator; None for the default ones.
        article: the text of the article, or a folder of texts, to check passages and wordings with.
            Without it, texts are taken from where `article.find_text` finds them.
        fail_on: the least severity that refuses the build.
        keep_going: put the store in place all the same.
        force: build even if the store stands already.
        wait: seconds to wait for another build of this project.
        on_stage: called with the name of each stage as it begins: parse, reason, store, validate, index;
            ``wait`` when another build is under way.

    Raises:
        CannotRun: a file that cannot be read or parsed, ``article-differs``, ``wording-differs``,
            ``build-locked``, ``disk-full``, ``not-writable``.
        UsageError: ``unknown-severity``.
    """
    if fail_on not in FAIL_ON:
        raise UsageError("unknown-severity", f"no severity {fail_on!r}", "known: " + ", ".join(FAIL_ON))
    engines = Engines() if engines is None else engines
    on_stage = _silent if on_stage is None else on_stage
    inputs = read_inputs(project, standing=None if force else _current_or_none(project))
    address = content_address(inputs, engines)
    checked = check_articles(project, inputs, article=article)
    warned = bool(inputs.unread or checked.edited)
    standing = None if force else _standing(project, address, fail_on, warned, keep_going=keep_going)
    if standing is not None and standing == _current_or_none(project):
        _remove_left(project, standing)
        return _unchanged(standing, inputs, checked)
    with _writing(project), _lock(project, wait=wait, on_stage=on_stage), _without_collector():
        standing = None if force else _standing(project, address, fail_on, warned, keep_going=keep_going)
        if standing is not None:  # built before, or by the build that was waited for
            if standing == _current_or_none(project):
                return _unchanged(standing, inputs, checked)
            write_seen(standing, inputs)
            _make_current(project, standing)
            manifest = read_manifest(standing)
            return _done(Outcome.SWITCHED, standing, manifest, inputs, checked)
        return _build_anew(
            project, inputs, address, engines, checked, fail_on, keep_going, on_stage, force=force
        )


def ensure_built(project: Project, *, notify: Callable[[str], None] | None = None) -> Path:
    """Return the build that readers open (`manifest.store_folder` is in it), and make it where nobody has.

    A store of one's own project that is older than its files is used as it is (`stale.stale_files` names
    the files); that of the packaged graph, whose files only an upgrade changes, is built again.

    Args:
        project: the project.
        notify: called with one line before a build begins, for standard error.

    Raises:
        CannotRun: ``store-older-layout``, ``store-newer-layout``, ``store-damaged``; ``not-built`` when
            there is no store and the graph has violations; what `build` raises.
    """
    try:
        folder = current_build(project)
    except CannotRun:
        if not project.packaged:
            raise
        folder = None
    if folder is not None and not (project.packaged and stale_files(project)):
        return folder
    if notify is not None:
        notify(f"building the graph in {project.cache_dir} (once)")
    result = build(project)
    if result.folder is None or result.outcome is Outcome.REFUSED:
        validation = result.manifest.validation or {}
        number = validation.get("violation", 0) + result.manifest.counts["contradictions"]
        violations = counted(number, "violation|violations")
        raise CannotRun(
            "not-built",
            f"{project.root} has no store yet, and its graph has {violations}",
            "see them with: citykg build; or build all the same with: citykg build --keep-going",
        )
    return result.folder


def _unchanged(standing: Path, inputs: Inputs, checked: CheckedTexts) -> BuildResult:
    manifest = read_manifest(standing)
    with suppress(OSError):  # a store that another user has built: the quick look stays slow, nothing else
        write_seen(standing, inputs)
    return _done(Outcome.UNCHANGED, standing, manifest, inputs, checked)


def _done(
    outcome: Outcome,
    folder: Path | None,
    manifest: Manifest,
    inputs: Inputs,
    checked: CheckedTexts,
    assembly: "Assembly | None" = None,
    whole: "WholeBuild | None" = None,
) -> BuildResult:
    return BuildResult(
        outcome, folder, manifest, checked.passages, assembly, whole, inputs.unread, checked.edited
    )


def _build_anew(
    project: Project,
    inputs: Inputs,
    address: str,
    engines: Engines,
    checked: CheckedTexts,
    fail_on: str,
    keep_going: bool,
    on_stage: Callable[[str], None],
    *,
    force: bool,
) -> BuildResult:
    from .basis import keep_files, write_basis

    builds = project.cache_dir / "builds"
    _remove_partial(builds)
    partial = builds / f"{address}.partial-{os.getpid()}"
    partial.mkdir(parents=True)
    try:
        assembly, whole, inputs = _assemble(project, inputs, partial, engines, on_stage, force=force)
        address = content_address(inputs, engines)
        manifest = assembly.manifest(address, engines, inputs, citykg=__version__, layout=LAYOUT)
        if _failing(manifest, fail_on, bool(inputs.unread or checked.edited)) and not keep_going:
            before = _current_or_none(project)
            return _done(Outcome.REFUSED, before, manifest, inputs, checked, assembly, whole)
        write_basis(partial, assembly.basis)
        keep_files(project, inputs)
        write_manifest(partial, manifest, inputs)
        note_sizes(partial)
        folder = _free_name(builds, address)
        partial.rename(folder)
        _make_current(project, folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return _done(Outcome.BUILT, folder, manifest, inputs, checked, assembly, whole)


def _assemble(
    project: Project,
    inputs: Inputs,
    folder: Path,
    engines: Engines,
    on_stage: Callable[[str], None],
    *,
    force: bool,
) -> "tuple[Assembly, WholeBuild | None, Inputs]":
    """Make a build from the one that stands, or from all files where that cannot be; return them as well."""
    from .whole import WholeBuild

    damaged = not force and is_current_damaged(project)
    standing = None if force or damaged else _current_or_none(project)
    whole = WholeBuild("forced" if force else "damaged" if damaged else "first")
    if standing is not None:
        from .incremental import go_on

        try:
            assembly = go_on(project, inputs, standing, folder, engines=engines, on_stage=on_stage)
        except WholeBuild as reason:
            whole = WholeBuild(reason.why, reason.what)  # without the frames, in which a store is open
        else:
            return assembly, None, inputs
        shutil.rmtree(folder)
        folder.mkdir()
    from .assemble import assemble

    if not inputs.whole:
        inputs = read_inputs(project)
    assembly = assemble(project, inputs, store_folder(folder), engines=engines, on_stage=on_stage)
    return assembly, whole, inputs


def _silent(_: str) -> None:
    """Take note of nothing."""


def _standing(project: Project, address: str, fail_on: str, warned: bool, *, keep_going: bool) -> Path | None:
    """Return a build of this content that may be used so and can be read; the current one first."""
    builds = project.cache_dir / "builds"
    if not builds.is_dir():
        return None
    found = [path for path in builds.iterdir() if path.name.partition("-")[0] == address]
    current = _current_or_none(project)
    for folder in sorted(found, key=lambda path: (path != current, path.name)):
        try:
            check_format(folder)
            usable = keep_going or not _failing(read_manifest(folder), fail_on, warned)
            if usable and not is_damaged(folder):
                return folder
        except CannotRun:
            continue
    return None


def _failing(manifest: Manifest, fail_on: str, warned: bool) -> bool:
    results = manifest.validation or {}
    if manifest.counts["contradictions"] or (warned and fail_on != FAIL_ON[0]):
        return True
    return any(results.get(severity, 0) for severity in FAIL_ON[: FAIL_ON.index(fail_on) + 1])


def _current_or_none(project: Project) -> Path | None:
    try:
        return current_build(project)
    except CannotRun:  # damaged or of another layout: to be replaced
        return None


def _free_name(builds: Path, address: str) -> Path:
    """Return a name that no build has: readers may be reading the one that stands."""
    folder, number = builds / address, 1
    while folder.exists():
        number += 1
        folder = builds / f"{address}-{number}"
    return folder


def _make_current(project: Project, folder: Path) -> None:
    """Name a build in ``current`` and remove all but it and the one before."""
    pointer = project.cache_dir / "current"
    try:
        before = pointer.read_text(encoding="utf-8").strip()
    except OSError:
        before = ""
    partial = pointer.with_name(f"current.partial-{os.getpid()}")
    with partial.open("w", encoding="utf-8") as stream:
        stream.write(folder.name + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(pointer)
    _keep_only(project, [folder, folder.with_name(before)] if before else [folder])


def _keep_only(project: Project, kept: list[Path]) -> None:
    """Remove all builds but some, and the files that only the others were made of."""
    for other in (project.cache_dir / "builds").iterdir():
        if other not in kept:
            shutil.rmtree(other, ignore_errors=True)
    if (project.cache_dir / "files").is_dir():
        from .basis import discard_files

        discard_files(project, kept)


def _remove_left(project: Project, standing: Path) -> None:
    """Remove what is left where a build was killed between naming its store and removing an older one."""
    if len(os.listdir(standing.parent)) <= 2:  # noqa: PTH208 - nothing more than their number
        return
    # Where another build is under way, or the store is another user's, it is removed some other time.
    with suppress(CannotRun, OSError), _lock(project, wait=0.0, on_stage=_silent):
        if standing == _current_or_none(project):
            whole = [path for path in standing.parent.iterdir() if ".partial-" not in path.name]
            whole.sort(key=lambda path: (path == standing, written_at(path)))
            _keep_only(project, whole[-2:])


def _remove_partial(builds: Path) -> None:
    """Remove what builds that were killed have left; called by the holder of the lock only."""
    if builds.is_dir():
        for path in builds.glob("*.partial-*"):
            shutil.rmtree(path, ignore_errors=True)
    for path in builds.parent.glob("current.partial-*"):
        path.unlink(missing_ok=True)


@contextmanager
def _writing(project: Project) -> Iterator[None]:
    """Turn the system's errors into one message."""
    folder = project.cache_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _ignore_in_version_control(folder)
        yield
    except OSError as error:
        if error.errno in _NO_SPACE or any(text in str(error) for text in _NO_SPACE_TEXTS):
            raise CannotRun(
                "disk-full",
                f"no space left for the store in {folder}; what stood there before is unchanged",
                "make room and build again, or set CITYKG_CACHE to a folder on another disk",
            ) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise CannotRun(
                "not-writable",
                f"cannot write the store in {folder}: {error.strerror}",
                "set CITYKG_CACHE to a folder that you may write to",
            ) from error
        raise CannotRun("build-failed", f"cannot write the store in {folder}: {error}") from error


@contextmanager
def _without_collector() -> Iterator[None]:
    """Look for no cycles: nearly all that a build makes is kept until its end, and the search a twentieth."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _ignore_in_version_control(folder: Path) -> None:
    note = folder / ".gitignore"
    if not note.exists():
        note.write_text("*\n", encoding="utf-8")


@contextmanager
def _lock(project: Project, *, wait: float, on_stage: Callable[[str], None]) -> Iterator[None]:
    from .lock import locked

    holder = project.cache_dir / "build.holder"
    with ExitStack() as stack:
        try:
            stack.enter_context(
                locked(project.cache_dir / "build.lock", wait=wait, on_wait=lambda: on_stage("wait"))
            )
        except TimeoutError as error:
            try:
                who = holder.read_text(encoding="utf-8").strip()
            except OSError:
                who = "another process"
            raise CannotRun(
                "build-locked",
                f"{who} is building this project; gave up after {wait:g} s",
                "wait for it to end, or give a longer --wait",
            ) from error
        host = f" on {os.uname().nodename}" if hasattr(os, "uname") else ""
        holder.write_text(f"process {os.getpid()}{host}\n", encoding="utf-8")
        stack.callback(holder.unlink, missing_ok=True)
        yield
