"""YAML as the authors of campaign files mean it, with the line of everything in it."""

import re
from collections.abc import Sequence
from typing import Any, Final

import yaml

from config.errors import ConfigurationError

_HINT: Final = (
    "Indent by spaces, and put texts in which a : # @ [ or { stands into 'quotation marks'"
)


class _Loader(yaml.SafeLoader):
    """Leaves dates and times as text: a wrong date is reported with its field and line, and 18:00
    is no 1080 seconds, 0537 no octal number."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [
            (tag, form)
            for tag, form in known
            if tag.rpartition(":")[2] not in ("timestamp", "int", "float")
        ]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"[-+]?(?:0|[1-9][0-9_]*)$"), list("-+0123456789")
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"[-+]?[0-9][0-9_]*\.[0-9]+$"), list("-+0123456789")
)


class Document:
    """What a YAML text says: `data`, and where each part of it stands.

    Raises `ConfigurationError`, in which `name` stands for the file.
    """

    def __init__(self, text: str, name: str) -> None:
        try:
            self._node = yaml.compose(text, Loader=_Loader)
            _demand_each_once(self._node, name)
            loader = _Loader("")
            self.data: Any = loader.construct_document(self._node) if self._node else None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            place = f"{name}:{mark.line + 1}" if mark else name
            problem = getattr(error, "problem", None) or error
            raise ConfigurationError(f"{place}: not valid YAML ({problem}). {_HINT}.") from error
        except RecursionError as error:
            raise ConfigurationError(f"{name}: is nested too deep to be read.") from error

    def line(self, path: Sequence[str | int]) -> int:
        """The line (from 1) of the deepest part of `path` that stands in the file."""
        line, node = 1, self._node
        for part in path:
            step = _child(node, part)
            if step is None:
                break
            line, node = step
        return line


def _child(node: yaml.Node | None, part: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        child = node.value[part]
        return child.start_mark.line + 1, child
    return None


def _demand_each_once(node: yaml.Node | None, name: str) -> None:
    """Of a field that stands twice YAML drops the first without a word."""
    waiting, known = [node] if node else [], set[int]()
    while waiting:
        one = waiting.pop()
        if id(one) in known:
            continue
        known.add(id(one))
        if isinstance(one, yaml.SequenceNode):
            waiting += one.value
        if isinstance(one, yaml.MappingNode):
            lines: dict[str, int] = {}
            for key, value in one.value:
                line = key.start_mark.line + 1
                field = str(key.value)
                if field in lines and field != "<<":
                    raise ConfigurationError(
                        f"{name}:{line}: {field}: stands here twice, first in line {lines[field]}."
                        " Make one of both."
                    )
                lines[field] = line
                waiting.append(value)
