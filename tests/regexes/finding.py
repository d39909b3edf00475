"""Every regular expression of Sada: those that modules hold, those that functions write out, and
those that functions put together, which are seen while the functions work."""

import ast
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

ROOMS = ("nlp", "collectors", "sada", "config", "storage", "reports")
CALLS = ("compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")
ANYWHERE = ("finditer",)
"""How a pattern is called when nobody can tell: from every place of the text, to its end."""
ROOT = Path(__file__).parent.parent.parent
SKIPPED = re.compile(r"\.(?:__main__|migrations)(?:\.|$)")

Key = tuple[Any, int]


@dataclass
class Use:
    """Where a pattern is, and by which methods it is called."""

    where: set[str] = field(default_factory=set)
    methods: set[str] = field(default_factory=set)


OPTIONAL = ("torch", "sklearn")
"""What only some installations have; modules that need it at once are for training."""


def modules() -> list[ModuleType]:
    names = []
    for room in ROOMS:
        path = importlib.import_module(room).__path__
        names += [room, *(one.name for one in pkgutil.walk_packages(path, f"{room}."))]
    found = (_module(name) for name in names if not SKIPPED.search(name))
    return [module for module in found if module is not None]


def _module(name: str) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name in OPTIONAL:
            return None
        raise


def held(module: ModuleType) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Patterns among a module's globals, also inside tuples and dicts."""
    for name, value in vars(module).items():
        for pattern in _inside(value, 3):
            yield name, pattern


def _inside(value: object, depth: int) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, tuple | list | set | frozenset):
        for one in value:
            yield from _inside(one, depth - 1)
    elif depth and isinstance(value, dict):
        for one in value.values():
            yield from _inside(one, depth - 1)


@dataclass(frozen=True)
class Site:
    """One call of `re.…` in a file: `pattern` is `None` where it is put together while running."""

    file: str
    line: int
    method: str
    pattern: Any
    inside: bool
    """Whether it stands in a function."""


def sites(path: Path) -> Iterator[Site]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [
        (node.lineno, node.end_lineno or node.lineno)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    ]
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner = node.func.value
        if not (isinstance(owner, ast.Name) and owner.id == "re" and node.func.attr in CALLS):
            continue
        first = node.args[0]
        literal = first.value if isinstance(first, ast.Constant) else None
        inside = any(start <= node.lineno <= end for start, end in functions)
        name = path.relative_to(ROOT).as_posix()
        yield Site(name, node.lineno, node.func.attr, literal, inside)


def files() -> list[Path]:
    return [
        path
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def methods_of(name: str, source: str) -> set[str]:
    """How a module calls the pattern that it holds under `name`; every way if it does not say."""
    used = set(re.findall(rf"\b{re.escape(name)}\.(\w+)\(", source)) & set(CALLS)
    return used or set(ANYWHERE)


@contextmanager
def watching() -> Iterator[dict[Key, Use]]:
    """Notes each pattern that is compiled or used meanwhile, and the line that asked for it."""
    seen: dict[Key, Use] = {}
    compile_ = re._compile  # type: ignore[attr-defined]

    def watched(pattern: Any, flags: Any) -> Any:
        made = compile_(pattern, flags)
        frame = sys._getframe(2)
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(ROOT) and not isinstance(pattern, re.Pattern):
            use = seen.setdefault((made.pattern, made.flags), Use())
            use.where.add(f"{path.relative_to(ROOT).as_posix()}:{frame.f_lineno}")
            use.methods.update(ANYWHERE)
        return made

    re._compile = watched  # type: ignore[attr-defined]
    try:
        yield seen
    finally:
        re._compile = compile_  # type: ignore[attr-defined]
