"""Eclipse RDF4J Server (https://rdf4j.org/documentation/reference/rest-api/)."""

from .kinds import Addresses, Kind

__all__ = ["KIND"]


def _addresses(url: str) -> Addresses:
    for end in ("/statements", "/rdf-graphs/service"):
        url = url.removesuffix(end)
    return Addresses(url, f"{url}/statements", f"{url}/rdf-graphs/service")


KIND = Kind(
    name="rdf4j",
    title="Eclipse RDF4J Server",
    addresses=_addresses,
    own_default_graph=False,
    binary=True,
    unlimited=True,
    tested=True,
)
