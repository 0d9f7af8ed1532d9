"""Names close to one that was not found, for messages that say what might have been meant."""

from collections.abc import Iterable

__all__ = ["nearest", "nearest_hint"]


def nearest(name: str, candidates: Iterable[str], *, limit: int = 3) -> tuple[str, ...]:
    """Return at most ``limit`` candidates that resemble ``name``, the closest first.

    Case does not count; a candidate that contains the name, or is contained in it, resembles it.
    """
    import difflib

    wanted = name.casefold()
    by_key = {candidate.casefold(): candidate for candidate in candidates}
    close = difflib.get_close_matches(wanted, by_key, n=limit, cutoff=0.6)
    if len(wanted) > 1:
        inside = sorted((key for key in by_key if wanted in key or (len(key) > 2 and key in wanted)), key=len)
        close += [key for key in inside if key not in close]
    return tuple(by_key[key] for key in close[:limit])


def nearest_hint(name: str, candidates: Iterable[str], *, otherwise: str = "") -> str:
    """Return ``did you mean a, b or c?``, or ``otherwise`` when nothing resembles ``name``."""
    names = nearest(name, candidates)
    if not names:
        return otherwise
    listed = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]
    return f"did you mean {listed}?"
