"""What can go wrong between citykg and a server: refused, too slow, not allowed, or an error of its own."""

import re
from collections.abc import Mapping

from ..errors import CannotRun

__all__ = [
    "EndpointError",
    "cut_short",
    "refused",
    "slow",
    "status_error",
    "too_many_graphs",
    "too_many_rows",
    "unreachable",
]

_TAGS = re.compile(r"<(?:script|style).*?</(?:script|style)>|<[^>]+>", re.DOTALL | re.IGNORECASE)
_LONGEST = 300


class EndpointError(CannotRun):
    """A server answered with an error.

    Args:
        status: the HTTP status.
    """

    def __init__(self, code: str, message: str, hint: str, *, status: int) -> None:
        super().__init__(code, message, hint)
        self.status = status
        self.headers: Mapping[str, str] = {}


def refused(url: str, reason: str) -> CannotRun:
    """Nobody listens there, or the connection was closed before an answer."""
    return CannotRun("endpoint-unreachable", f"{url}: {reason}", "is the server running, and the URL right?")


def unreachable(url: str, reason: str) -> CannotRun:
    """The address cannot be used at all."""
    return CannotRun("endpoint-unreachable", f"{url}: {reason}", "check the URL")


def slow(url: str, seconds: float) -> CannotRun:
    """The server did not answer in time."""
    return CannotRun(
        "endpoint-timeout",
        f"{url}: no answer within {seconds:g} s",
        "allow more with --timeout SECONDS, or ask for less",
    )


def cut_short(url: str, reason: str) -> CannotRun:
    """An answer began and did not end."""
    return CannotRun("endpoint-cut-short", f"{url}: the answer broke off: {reason}", "try again")


def too_many_rows(url: str, most: int) -> CannotRun:
    """A server gives so many rows and no more, and gave as many."""
    return CannotRun(
        "endpoint-too-many-rows",
        f"{url}: the server ends every answer after {most} rows, and this one has come to its end there",
        f"ask for at most LIMIT {most}, page by page with ORDER BY and OFFSET, or raise the server's limit",
    )


def too_many_graphs(error: "EndpointError", number: int) -> CannotRun:
    """A request that had to name very many graphs was not answered."""
    return CannotRun(
        error.code,
        f"{error.message} (it names {number} graphs, without which this store finds none by GRAPH ?g)",
        "name the graphs that matter after FROM and FROM NAMED, or raise the server's limit of requests",
    )


def status_error(url: str, status: int, body: str, headers: Mapping[str, str]) -> EndpointError:
    """Turn an HTTP status of 400 or more into an error that says what to do."""
    error = _status_error(url, status, body)
    error.headers = {name.lower(): value for name, value in headers.items()}
    return error


def _status_error(url: str, status: int, body: str) -> EndpointError:
    said = _said(body)
    if status in (401, 403):
        return EndpointError(
            "endpoint-denied",
            f"{url}: the server refused the credentials or the operation (HTTP {status}){said}",
            "set CITYKG_USER and CITYKG_PASSWORD, or CITYKG_TOKEN, for an account that may do this",
            status=status,
        )
    if status == 404:
        return EndpointError(
            "endpoint-not-found",
            f"{url}: nothing there (HTTP 404){said}",
            "check the dataset's or repository's name, and --kind",
            status=status,
        )
    if status == 405:
        return EndpointError(
            "endpoint-denied",
            f"{url}: the server does not allow this (HTTP 405){said}",
            "is it read-only?",
            status=405,
        )
    if status in (408, 504):
        return EndpointError(
            "endpoint-timeout",
            f"{url}: the server gave up (HTTP {status}){said}",
            "ask for less",
            status=status,
        )
    hint = "the server's own log may say more" if status >= 500 else "see what the server says"
    return EndpointError("endpoint-error", f"{url}: HTTP {status}{said}", hint, status=status)


def _said(body: str) -> str:
    text = " ".join(_TAGS.sub(" ", body).split())
    if not text:
        return ""
    return f": {text[:_LONGEST]}{'…' if len(text) > _LONGEST else ''}"
