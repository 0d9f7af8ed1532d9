"""Where to load: a URL, or a name for one in citykg.toml.

[targets.newsroom]
url = "http://localhost:3030/news"
kind = "fuseki"                    # optional: asked of the server
user = "NEWSROOM_USER"             # names of environment variables, never secrets; these three are optional
password = "NEWSROOM_PASSWORD"
token = "NEWSROOM_TOKEN"
"""

import json
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..address import refuse_without_scheme
from ..endpoints.http import Credentials, checked_url, credentials_from
from ..errors import CannotRun, UsageError
from ..nearest import nearest_hint

__all__ = ["FILE", "Target", "find_target"]

FILE = "citykg.toml"
_KEYS = ("url", "kind", "user", "password", "token")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_VARIABLES = ("user", "password", "token")


@dataclass(frozen=True, slots=True)
class Target:
    """A triple store that is loaded into.

    Args:
        url: its address.
        kind: the make of store; None to ask.
        credentials: from the environment.
    """

    url: str
    kind: str | None
    credentials: Credentials


def find_target(
    name: str,
    *,
    root: Path,
    kind: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Target:
    """Return the target that a person names.

    Args:
        name: a URL, or the name of a profile.
        root: the project, whose citykg.toml holds the profiles.
        kind: of the store, when it is said on the command line.
        environment: where credentials are; that of the process when None.

    Raises:
        UsageError: ``unknown-target``, ``wrong-target``, ``wrong-url``, ``secret-in-url``,
            ``half-credentials``.
        CannotRun: ``toml-syntax``.
    """
    environment = os.environ if environment is None else environment
    if "://" in name:
        return Target(checked_url(name), kind, credentials_from(environment))
    profiles = _profiles(root / FILE)
    if name not in profiles:
        refuse_without_scheme(name)
        key = name if _BARE_KEY.fullmatch(name) else json.dumps(name, ensure_ascii=False)
        hint = nearest_hint(name, profiles, otherwise=f"give a URL, or write [targets.{key}] in {FILE}")
        raise UsageError("unknown-target", f"no target {name!r} in {root / FILE}", hint)
    profile = profiles[name]
    wrong = [key for key, value in profile.items() if key not in _KEYS or not isinstance(value, str)]
    if wrong or "url" not in profile:
        what = f"{wrong[0]!r} is not known there" if wrong else "it has no url"
        raise UsageError("wrong-target", f"[targets.{name}]: {what}", f"known: {', '.join(_KEYS)}, all texts")
    variables = {key: profile[key] for key in _VARIABLES if key in profile}
    return Target(
        checked_url(profile["url"]), kind or profile.get("kind"), credentials_from(environment, **variables)
    )


def _profiles(path: Path) -> Mapping[str, dict[str, str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    try:
        targets = tomllib.loads(text).get("targets", {})
    except tomllib.TOMLDecodeError as error:
        raise CannotRun(
            "toml-syntax", f"{path}: {error}", "see docs/stores/README.md for an example"
        ) from error
    if not isinstance(targets, dict) or not all(isinstance(profile, dict) for profile in targets.values()):
        raise UsageError("wrong-target", f"{path}: targets must be tables: [targets.NAME]")
    return targets
