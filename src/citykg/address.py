"""The address of a server that was written without its scheme, told from a name or a folder."""

import re

from .errors import UsageError

__all__ = ["refuse_without_scheme"]

_ADDRESS = re.compile(r"(localhost(:\d+)?|([\w.-]+|\[[0-9A-Fa-f:]+\]):\d+)(/\S*)?")


def refuse_without_scheme(name: str) -> None:
    """Refuse what only lacks ``http://`` to be the URL of a server.

    Args:
        name: what is known to be neither a name nor a folder.

    Raises:
        UsageError: ``wrong-url``.
    """
    if _ADDRESS.fullmatch(name):
        raise UsageError("wrong-url", f"{name} is no http URL", f"did you mean http://{name}?")
