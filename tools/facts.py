"""Write each article's facts.ttl: what its facts.trig states, merged, for tools that read Turtle only."""

import sys
from pathlib import Path

import pyoxigraph as ox

from citykg.export import Graphs, export, format_named, from_quads
from citykg.project import Project
from citykg.sources import parse_file

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Write the files and name those that changed."""
    for trig in Project.find(ROOT).facts():
        merged = dict.fromkeys(
            ox.Quad(quad.subject, quad.predicate, quad.object) for quad in parse_file(trig)
        )
        prefixes = ox.parse(path=str(trig), format=ox.RdfFormat.TRIG)
        next(prefixes)  # the prefixes are known once the first statement has been read
        plain = trig.with_suffix(".ttl")
        before = plain.read_bytes() if plain.exists() else b""
        export(
            from_quads(merged),
            plain,
            form=format_named("turtle"),
            selection=Graphs(["closure"]),  # the default graph
            prefixes=dict(prefixes.prefixes),
        )
        if plain.read_bytes() != before:
            print(plain.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
