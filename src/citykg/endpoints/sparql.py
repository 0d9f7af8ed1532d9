"""Any store that speaks SPARQL 1.1 Protocol and Update at one URL."""

from .kinds import Addresses, Kind

__all__ = ["KIND"]


def _addresses(url: str) -> Addresses:
    return Addresses(url, url)


KIND = Kind(name="sparql", title="SPARQL 1.1 endpoint", addresses=_addresses, own_default_graph=False)
