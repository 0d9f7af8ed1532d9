"""SHACL on a pyoxigraph store: shapes, a fast engine, pyshacl as the reference, and one report."""
