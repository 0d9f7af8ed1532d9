"""Blazegraph (https://github.com/blazegraph/database/wiki/REST_API)."""

from .kinds import Addresses, Kind

__all__ = ["KIND"]


def _addresses(url: str) -> Addresses:
    # Its Graph Store Protocol is not complete: writing goes by updates.
    return Addresses(url, url)


KIND = Kind(name="blazegraph", title="Blazegraph", addresses=_addresses, own_default_graph=False)
