"""The constraint components of SHACL Core and SHACL-SPARQL."""
