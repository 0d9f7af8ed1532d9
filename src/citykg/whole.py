"""Why a build cannot go on from the one that stands, and everything is made anew."""

__all__ = ["WholeBuild"]


class WholeBuild(Exception):
    """A build has to be made from all files.

    Args:
        why: ``first``: none stands; ``forced``: it was asked for; ``damaged``: the one that stands cannot
            be read; ``basis``: what it has kept is not enough, or of another citykg; ``engines``: other
            engines, or reference engines; ``file``: a file that the ontology, the shapes, the lexicon or the
            checks are made of has changed;
            ``spellings``: a value may stand in the files in two spellings; ``results``: those can change
            that the change does not lead to; and what `reason.updating.NotUpdatable` says.
        what: the file, or what the validation says.
    """

    def __init__(self, why: str, what: str = "") -> None:
        super().__init__(why, what)
        self.why = why
        self.what = what
