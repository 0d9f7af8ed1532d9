"""Amazon Neptune (https://docs.aws.amazon.com/neptune/latest/userguide/sparql-api-reference.html)."""

from .kinds import Addresses, Kind

__all__ = ["KIND"]


def _addresses(url: str) -> Addresses:
    for end in ("/sparql/gsp", "/sparql"):
        url = url.removesuffix(end)
    return Addresses(f"{url}/sparql", f"{url}/sparql", f"{url}/sparql/gsp/")


KIND = Kind(
    name="neptune",
    title="Amazon Neptune",
    addresses=_addresses,
    own_default_graph=False,
    refuses=("requests that are not signed, where IAM authentication is on: citykg does not sign",),
)
