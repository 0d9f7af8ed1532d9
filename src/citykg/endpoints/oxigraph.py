"""Oxigraph server (https://github.com/oxigraph/oxigraph)."""

from .kinds import Addresses, Kind

__all__ = ["KIND"]


def _addresses(url: str) -> Addresses:
    for end in ("/query", "/update", "/store"):
        url = url.removesuffix(end)
    return Addresses(f"{url}/query", f"{url}/update", f"{url}/store")


KIND = Kind(
    name="oxigraph",
    title="Oxigraph",
    addresses=_addresses,
    packed=False,
    large=200_000,
    # A transaction of a million triples takes seven times as long.
    large_parameters=(("no_transaction", ""),),
    large_is_atomic=False,
    rewrites=(
        "numbers, booleans and dates in their shortest form: 3.10 becomes 3.1, 01 becomes 1",
        "language tags in lower case: zh-Hans becomes zh-hans",
    ),
    unlimited=True,
    tested=True,
)
