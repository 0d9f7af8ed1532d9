"""Stardog (https://docs.stardog.com/)."""

from .kinds import Addresses, Kind

__all__ = ["KIND"]


def _addresses(url: str) -> Addresses:
    for end in ("/query", "/update"):
        url = url.removesuffix(end)
    return Addresses(f"{url}/query", f"{url}/update", url)


KIND = Kind(
    name="stardog",
    title="Stardog",
    addresses=_addresses,
    refuses=("RDF 1.2 triple terms",),
)
