"""citykg: Chinese city news as a knowledge graph that can be trusted and asked."""

__all__ = ["__version__"]

__version__ = "0.1.0"
