"""OpenLink Virtuoso (https://vos.openlinksw.com/)."""

import re

from .kinds import Addresses, Kind

__all__ = ["KIND"]


def _addresses(url: str) -> Addresses:
    for end in ("/sparql-graph-crud-auth", "/sparql-graph-crud", "/sparql-auth", "/sparql"):
        if url.endswith(end):
            base = url.removesuffix(end)
            break
    else:
        base = url
    if url.endswith(("/sparql", "/sparql-graph-crud")):
        return Addresses(f"{base}/sparql", f"{base}/sparql-auth", f"{base}/sparql-graph-crud-auth")
    return Addresses(f"{base}/sparql-auth", f"{base}/sparql-auth", f"{base}/sparql-graph-crud-auth")


KIND = Kind(
    name="virtuoso",
    title="OpenLink Virtuoso",
    addresses=_addresses,
    own_default_graph=False,
    named_at_most=500,
    digest=True,
    graph_parameter="graph-uri",
    put_limit=20_000,
    parts_at_once=2,
    update_limit=500,
    update_blank=False,
    update_form=True,
    sliced=True,
    rewrites=("booleans, numbers and moments in another form of the same value",),
    refuses=(
        "integers of more than 18 digits: it refuses the whole request",
        "decimals of more than 15 digits lose the rest",
        "durations: it refuses the whole update, or makes a number of them",
        "floats of more than 6 digits and years before Christ, which lose digits",
        "odd values of many types (7.2.5): replacing graphs with thousands of them can end the server, which"
        " --empty-first avoids",
    ),
    refused=re.compile(
        rb'"(?:[+-]?[0-9]{19,}"\^\^<http://www\.w3\.org/2001/XMLSchema#integer>'
        rb"|\^\^<http://www\.w3\.org/2001/XMLSchema#duration>)"
    ),
    tested=True,
)
