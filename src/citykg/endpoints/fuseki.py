"""Apache Jena Fuseki (https://jena.apache.org/documentation/fuseki2/)."""

import re

from .kinds import Addresses, Kind

__all__ = ["KIND"]


def _addresses(url: str) -> Addresses:
    for end in ("/sparql", "/query", "/update", "/data", "/get"):
        url = url.removesuffix(end)
    return Addresses(f"{url}/query", f"{url}/update", f"{url}/data")


# TDB2 (Jena 5.6) stores a decimal with its number of digits, reads it back in the canonical form of XSD 1.0,
# and then cannot delete it: 11 and 1.50 stay behind when a graph is dropped or replaced. In that form they
# go.
_DECIMAL = re.compile(
    rb'"([+-]?)0*([0-9]*?)(?:\.([0-9]*?)0*)?"\^\^<http://www\.w3\.org/2001/XMLSchema#decimal>'
)


def _written(block: bytes) -> bytes:
    return _DECIMAL.sub(_canonical, block)


def _canonical(match: re.Match[bytes]) -> bytes:
    sign, whole, fraction = match[1], match[2] or b"0", match[3] or b"0"
    minus = b"-" if sign == b"-" and (whole, fraction) != (b"0", b"0") else b""
    return b'"%s%s.%s"^^<http://www.w3.org/2001/XMLSchema#decimal>' % (minus, whole, fraction)


KIND = Kind(
    name="fuseki",
    title="Apache Jena Fuseki",
    addresses=_addresses,
    packed=True,
    rewrites=(
        "numbers and booleans in another form of the same value, in TDB2: 11 becomes 11.0, 1.0E3 1000.0e0",
    ),
    refuses=("integers beyond 64 bits, in TDB2: they can come back cut to 64 bits",),
    written=_written,
    unlimited=True,
    tested=True,
)
