"""QLever (https://github.com/ad-freiburg/qlever)."""

from .kinds import Addresses, Kind

__all__ = ["KIND"]


def _addresses(url: str) -> Addresses:
    return Addresses(url, url, url)


KIND = Kind(
    name="qlever",
    title="QLever",
    addresses=_addresses,
    own_default_graph=False,
    refuses=("RDF 1.2 triple terms", "writing without its access token: set CITYKG_TOKEN"),
)
