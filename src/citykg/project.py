"""A project folder: where its knowledge files stand, by layer, and where its built stores go."""

import os
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from .errors import CannotRun
from .record import Record

__all__ = ["GRAPHS", "Layer", "Project"]

GRAPHS = "https://w3id.org/citykg/graph/"
"""What the IRI of every named graph that is no passage begins with."""

_PACKAGED = Path(__file__).parent / "qitaihe"
_CHECKOUT = Path(__file__).parents[2]


class Layer(Enum):
    """The layers of knowledge files; the value is the last part of the layer's graph IRI."""

    ONTOLOGY = "ontology"
    SHAPES = "shapes"
    ENTITIES = "entities"
    ARTICLES = "articles"
    BACKGROUND = "background"
    LEXICON = "lexicon"
    FACTS = "facts"

    @property
    def graph(self) -> str | None:
        """IRI of the layer's named graph; None for facts, whose passages are graphs of their own."""
        return None if self is Layer.FACTS else GRAPHS + self.value

    @property
    def reasoned(self) -> bool:
        """Whether the layer is merged into the closure."""
        return self not in (Layer.SHAPES, Layer.LEXICON)

    @property
    def followed(self) -> bool:
        """Whether edits can be followed; the others hold what is reasoned and validated with, or worded."""
        return self in (Layer.ENTITIES, Layer.ARTICLES, Layer.FACTS, Layer.BACKGROUND)


class Project(Record):
    """A folder with ontology/, data/ and queries/.

    Args:
        root: the folder, absolute.
        packaged: whether it is the graph that ships inside an installed citykg.
    """

    root: Path
    packaged: bool = False

    @classmethod
    def find(cls, start: Path | None = None) -> "Project":
        """Return the project at ``start``; without one the nearest upwards, or else the packaged graph.

        Args:
            start: a folder that a person has named; None to look for one.

        Raises:
            CannotRun: ``no-project`` when ``start`` is given and has no ontology/ and data/.
        """
        if start is not None:
            root = start.expanduser().absolute()
            if not _is_project(root):
                import shlex

                raise CannotRun(
                    "no-project",
                    f"{start} is not a project folder: it has no ontology/ and data/",
                    f"make one with: citykg init {shlex.quote(str(start))}"
                    if not root.exists()
                    else "name another folder with --project",
                )
            return cls(root.resolve(), packaged=root.resolve() == _PACKAGED)
        try:
            here = Path.cwd()
        except FileNotFoundError:  # the working folder has been removed
            return cls.shipped()
        for folder in (here, *here.parents):
            if _is_project(folder):
                return cls(folder.resolve(), packaged=folder == _PACKAGED)
        return cls.shipped()

    @classmethod
    def shipped(cls) -> "Project":
        """Return the graph that comes with citykg: inside the package, or in the checkout it runs from.

        Raises:
            CannotRun: ``no-project`` when the installation is without it.
        """
        if _is_project(_PACKAGED):
            return cls(_PACKAGED, packaged=True)
        if _is_project(_CHECKOUT):
            return cls(_CHECKOUT)
        raise CannotRun(
            "no-project",
            "no project folder here or above, and none inside the installed package",
            "name one with --project DIR",
        )

    def ontology(self) -> tuple[Path, ...]:
        """Modules, vocabularies, alignments and prefixes, without the shapes."""
        shapes = self.root / "ontology" / "shapes"
        return tuple(p for p in self._sorted("ontology", "**/*.ttl") if shapes not in p.parents)

    def shapes(self) -> tuple[Path, ...]:
        """SHACL files."""
        return self._sorted("ontology/shapes", "**/*.ttl")

    def vocabularies(self) -> tuple[Path, ...]:
        """SKOS vocabularies; they belong to the ontology layer too."""
        return self._sorted("ontology/vocabularies", "**/*.ttl")

    def prefix_file(self) -> Path:
        """The one file that declares prefixes."""
        return self.root / "ontology" / "prefixes.ttl"

    def entities(self) -> tuple[Path, ...]:
        """Files that declare the things."""
        return self._sorted("data/entities", "**/*.ttl")

    def articles(self) -> tuple[Path, ...]:
        """The folders of the articles, each with article.ttl and facts.trig."""
        base = self.root / "data" / "articles"
        names = sorted(os.listdir(base)) if base.is_dir() else ()  # noqa: PTH208 - as below
        return tuple(
            base / name
            for name in names
            if not name.startswith(".") and os.path.isfile(f"{base}/{name}/article.ttl")  # noqa: PTH113 - quick
        )

    def facts(self) -> tuple[Path, ...]:
        """The facts.trig files of the articles."""
        found = (folder / "facts.trig" for folder in self.articles())
        return tuple(path for path in found if os.path.isfile(path))  # noqa: PTH113 - as above

    def background(self) -> tuple[Path, ...]:
        """What reasoning needs and no article says."""
        return self._sorted("data/background", "**/*.ttl")

    def lexicon(self) -> tuple[Path, ...]:
        """Wording that questions are understood by."""
        return self._sorted("data/lexicon", "**/*.ttl")

    def queries(self) -> tuple[Path, ...]:
        """Stored queries, without the checks."""
        checks = self.root / "queries" / "checks"
        return tuple(p for p in self._sorted("queries", "**/*.rq") if checks not in p.parents)

    def checks(self) -> tuple[Path, ...]:
        """Data checks."""
        return self._sorted("queries/checks", "*.rq")

    def knowledge(self) -> Iterator[tuple[Layer, Path]]:
        """Yield every file that a store is built from, in a fixed order."""
        yield from ((Layer.ONTOLOGY, path) for path in self.ontology())
        yield from ((Layer.SHAPES, path) for path in self.shapes())
        yield from ((Layer.ENTITIES, path) for path in self.entities())
        yield from ((Layer.ARTICLES, folder / "article.ttl") for folder in self.articles())
        yield from ((Layer.FACTS, path) for path in self.facts())
        yield from ((Layer.BACKGROUND, path) for path in self.background())
        yield from ((Layer.LEXICON, path) for path in self.lexicon())

    def layer(self, name: str) -> Layer | None:
        """Return the layer of a file by the name that `relative` gives it, whether it stands there or not."""
        if name.startswith("ontology/"):
            return Layer.SHAPES if name.startswith("ontology/shapes/") else Layer.ONTOLOGY
        folder = name.removeprefix("data/").partition("/")[0]
        if name.endswith("/facts.trig"):
            return Layer.FACTS
        return next((layer for layer in Layer if layer.value == folder), None)

    def relative(self, path: Path) -> str:
        """Name a file as seen from the project's root (with slashes), or as it is when it lies outside."""
        root, name = f"{self.root.as_posix()}/", path.as_posix()
        return name.removeprefix(root) if name.startswith(root) else str(path)

    @property
    def cache_dir(self) -> Path:
        """The folder of built stores; it need not exist yet.

        ``.citykg`` in the project; the user's cache folder for the packaged graph and for a project that this
        user may not write to and that nobody has built. Where ``CITYKG_CACHE`` names a folder, always there.
        """
        cache = os.environ.get("CITYKG_CACHE")
        if cache:
            return Path(cache).expanduser().absolute() / self._key()
        own = self.root / ".citykg"
        if not self.packaged and (os.access(self.root, os.W_OK) or (own / "current").is_file()):
            return own
        from platformdirs import user_cache_path  # on this path only: most projects keep their own store

        return user_cache_path("citykg", appauthor=False) / self._key()

    def _key(self) -> str:
        import hashlib  # on this path only: its library takes longer to load than a store to open

        return hashlib.sha256(os.fsencode(self.root)).hexdigest()[:16]

    def _sorted(self, folder: str, pattern: str) -> tuple[Path, ...]:
        base = self.root / folder
        start = len(base.as_posix())
        found = {name: path for path in base.glob(pattern) if "/." not in (name := path.as_posix())[start:]}
        return tuple(found[name] for name in sorted(found))


def _is_project(folder: Path) -> bool:
    return (folder / "ontology").is_dir() and (folder / "data").is_dir()
