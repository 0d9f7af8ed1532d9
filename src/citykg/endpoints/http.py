"""One HTTP client for all protocols: credentials, retries of what is worth retrying, errors told apart."""

import gzip
import os
import weakref
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import ip_address

from .. import __version__
from ..address import refuse_without_scheme
from ..errors import CannotRun, UsageError
from .errors import EndpointError, cut_short, refused, slow, status_error, unreachable

try:
    import httpx
    import tenacity
except ImportError as missing:
    raise CannotRun(
        "missing-extra",
        f"talking to a server needs {missing.name}, which is not installed",
        "pip install 'citykg[remote]'",
    ) from missing

__all__ = ["Content", "Credentials", "Http", "checked_url", "credentials_from", "is_local"]

Parameters = Iterable[tuple[str, str]]
Content = bytes | Callable[[], Iterator[bytes]]

_RETRIED = (429, 502, 503)
_TRIES = 4


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks; never shown.

    Args:
        user: for basic and digest authentication.
        password: likewise.
        token: for bearer authentication.
    """

    user: str = ""
    password: str = ""
    token: str = ""

    def __repr__(self) -> str:
        return "Credentials(…)"

    def __bool__(self) -> bool:
        return bool(self.user or self.token)


def credentials_from(
    environment: Mapping[str, str] | None = None,
    *,
    user: str = "CITYKG_USER",
    password: str = "CITYKG_PASSWORD",
    token: str = "CITYKG_TOKEN",
) -> Credentials:
    """Read credentials from environment variables; the arguments are their names.

    Raises:
        UsageError: ``half-credentials`` for a user without a password; ``wrong-token`` for a token that no
            header can carry (RFC 6750, section 2.1).
    """
    environment = os.environ if environment is None else environment
    found = Credentials(environment.get(user, ""), environment.get(password, ""), environment.get(token, ""))
    if bool(found.user) != bool(found.password):
        missing = password if found.user else user
        raise UsageError("half-credentials", f"{missing} is not set", "set both, or neither")
    if not all("!" <= sign <= "~" for sign in found.token):
        raise UsageError(
            "wrong-token",
            f"{token} has a space, a line end or a sign beyond ASCII, which no token has",
            "set it to the token alone, as the server gave it",
        )
    return found


def checked_url(url: str) -> str:
    """Return the URL of a server without a trailing slash.

    Raises:
        UsageError: ``wrong-url`` for what is no http URL; ``secret-in-url`` when it has a password.
    """
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise UsageError("wrong-url", f"{url}: {error}", "give http://host:port/path") from error
    if parsed.scheme not in ("http", "https") or not parsed.host:
        refuse_without_scheme(url)
        raise UsageError("wrong-url", f"{url} is no http URL", "give http://host:port/path")
    if parsed.userinfo:
        raise UsageError(
            "secret-in-url",
            f"credentials in the URL of {parsed.host}: other users of this machine can read them",
            "take them out, and set CITYKG_USER and CITYKG_PASSWORD",
        )
    return url.rstrip("/")


def is_local(url: str) -> bool:
    """Whether a URL names this machine (RFC 6761, section 6.3; RFC 1122, section 3.2.1.3)."""
    host = httpx.URL(url).host
    if host == "localhost":
        return True
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return False


class Http:
    """A connection to one server.

    Args:
        credentials: sent with every request, by ``digest`` where the server is known to want that.
        digest: use digest authentication (RFC 7616) and not basic (RFC 7617).
        timeout: seconds without a byte from the server before it is given up.
        tls: whether the server is asked by https: reading the certificates takes a tenth of a second.
        packed: whether answers may come compressed; within one machine that costs more than it saves.
    """

    def __init__(
        self,
        credentials: Credentials | None = None,
        *,
        digest: bool = False,
        timeout: float = 60.0,
        tls: bool = True,
        packed: bool = True,
    ) -> None:
        self.timeout = timeout
        headers = {"User-Agent": f"citykg/{__version__}"}
        if not packed:
            headers["Accept-Encoding"] = "identity"
        auth: httpx.Auth | None = None
        if credentials and credentials.token:
            headers["Authorization"] = f"Bearer {credentials.token}"
        elif credentials and credentials.user:
            kind = httpx.DigestAuth if digest else httpx.BasicAuth
            auth = kind(credentials.user, credentials.password)
        limits = httpx.Timeout(timeout, connect=min(timeout, 10.0))
        self._client = httpx.Client(
            auth=auth, headers=headers, timeout=limits, verify=tls, follow_redirects=False
        )
        weakref.finalize(self, self._client.close)

    def request(
        self,
        method: str,
        url: str,
        *,
        parameters: Parameters = (),
        form: Parameters = (),
        content: Content | None = None,
        media_type: str = "",
        accept: str = "*/*",
        packed: bool = False,
        once: bool = False,
    ) -> httpx.Response:
        """Send a request and read the whole answer; see `stream`. With ``once``, it is not tried again."""
        for attempt in self._attempts(1 if once else _TRIES):
            with (
                attempt,
                self._sent(method, url, parameters, form, content, media_type, accept, packed) as response,
            ):
                _read(response, url)
                return response
        raise AssertionError("unreachable")

    @contextmanager
    def stream(
        self,
        method: str,
        url: str,
        *,
        parameters: Parameters = (),
        form: Parameters = (),
        accept: str = "*/*",
    ) -> Iterator[Iterator[bytes]]:
        """Send a request and hand out the answer as it comes.

        Connections that fail and answers of 429, 502 and 503 are tried again, with growing pauses; what has
        begun to arrive is not.

        Raises:
            CannotRun: ``endpoint-unreachable``, ``endpoint-timeout``, ``endpoint-cut-short``,
                ``endpoint-denied``, ``endpoint-not-found``, ``endpoint-error``.
        """
        for attempt in self._attempts():
            with attempt:
                context = self._sent(method, url, parameters, form, None, "", accept, False)
                response = context.__enter__()
        try:
            yield _chunks(response, url, self.timeout)
        finally:
            context.__exit__(None, None, None)

    def headers(self, url: str) -> Mapping[str, str]:
        """Return the headers of whatever answer a GET of a URL has, names in lower case."""
        try:
            with self._sent("GET", url, (), (), None, "", "*/*", False) as response:
                return {name.lower(): value for name, value in response.headers.items()}
        except EndpointError as error:
            return error.headers

    def _attempts(self, most: int = _TRIES) -> tenacity.Retrying:
        return tenacity.Retrying(
            stop=tenacity.stop_after_attempt(most),
            wait=tenacity.wait_random_exponential(multiplier=0.2, max=5),
            retry=tenacity.retry_if_exception(_worth_retrying),
            reraise=True,
        )

    @contextmanager
    def _sent(
        self,
        method: str,
        url: str,
        parameters: Parameters,
        form: Parameters,
        content: Content | None,
        media_type: str,
        accept: str,
        packed: bool,
    ) -> Iterator[httpx.Response]:
        headers = {"Accept": accept}
        body: _Body | None = None
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = _Body(str(httpx.QueryParams(tuple(form))).encode("ascii"))
        elif content is not None:
            headers["Content-Type"] = media_type
            if packed:
                headers["Content-Encoding"] = "gzip"
                content = (
                    gzip.compress(content, 6, mtime=0) if isinstance(content, bytes) else _packed(content)
                )
            body = _Body(content)
        if body is not None and body.size is not None:
            headers["Content-Length"] = str(body.size)
        try:
            with self._client.stream(
                method, url, params=tuple(parameters) or None, headers=headers, content=body
            ) as response:
                if response.status_code >= 400:
                    _read(response, url)
                    raise status_error(url, response.status_code, response.text, response.headers)
                yield response
        except httpx.TimeoutException as error:
            raise slow(url, self.timeout) from error
        except (httpx.ConnectError, httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError) as error:
            raise refused(url, str(error) or "the connection was closed") from error
        except (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.HTTPError) as error:
            raise unreachable(url, str(error)) from error
        finally:
            if body is not None:
                body.forget()


class _Body:
    """What is sent, again after the challenge of digest authentication, and let go of afterwards.

    A request and its response hold each other, so that bytes that httpx knew itself would stay in memory
    until Python looks for such circles.
    """

    def __init__(self, content: Content) -> None:
        self._content: Content = content
        self.size = len(content) if isinstance(content, bytes) else None

    def __iter__(self) -> Iterator[bytes]:
        content = self._content
        return iter((content,)) if isinstance(content, bytes) else content()

    def forget(self) -> None:
        """Let go of it."""
        self._content = b""


def _worth_retrying(error: BaseException) -> bool:
    if isinstance(error, EndpointError):
        return error.status in _RETRIED
    return isinstance(error, CannotRun) and error.code == "endpoint-unreachable"


def _read(response: httpx.Response, url: str) -> None:
    try:
        response.read()
    except (httpx.RemoteProtocolError, httpx.ReadError, httpx.DecodingError) as error:
        raise cut_short(url, str(error)) from error


def _chunks(response: httpx.Response, url: str, timeout: float) -> Iterator[bytes]:
    try:
        yield from response.iter_bytes()
    except (httpx.RemoteProtocolError, httpx.ReadError, httpx.DecodingError) as error:
        raise cut_short(url, str(error)) from error
    except httpx.TimeoutException as error:
        raise slow(url, timeout) from error


def _packed(content: Callable[[], Iterator[bytes]]) -> Callable[[], Iterator[bytes]]:
    def packed() -> Iterator[bytes]:
        packer = zlib.compressobj(6, zlib.DEFLATED, 31)
        for block in content():
            if data := packer.compress(block):
                yield data
        yield packer.flush()

    return packed
