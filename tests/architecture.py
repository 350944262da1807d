"""The rules of DESIGN.md that a syntax tree can show. Each takes one source file and gives its faults, a line each."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[1]
APPS = ("core", "outbox", "people", "standards", "quizzes", "training", "certificates", "home")

WRITES = frozenset(
    {
        "save",
        "create",
        "update",
        "delete",
        "bulk_create",
        "bulk_update",
        "get_or_create",
        "update_or_create",
        "save_revision",
        "publish",
        "unpublish",
        "set_password",
        "add_child",
        "add_sibling",
        "add_root",
    }
)

QUERIES = frozenset(
    {
        "objects",
        "all_objects",
        "_default_manager",
        "_base_manager",
        "filter",
        "exclude",
        "annotate",
        "aggregate",
        "alias",
        "select_related",
        "prefetch_related",
        "select_for_update",
        "in_bulk",
        "order_by",
        "values_list",
        "raw",
    }
)
SHORTCUTS = frozenset({"get_object_or_404", "get_list_or_404"})


@dataclass(frozen=True)
class Source:
    """A file of ours: `path` from the top, `text` as it stands."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @property
    def room(self) -> str:
        """The room it stands in: the first name below the app, a module's or a package's."""
        return PurePosixPath(self.path).with_suffix("").parts[1]

    def fault(self, node: ast.AST, what: str) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {what}"

    def calls(self) -> Iterator[tuple[ast.Call, str, str]]:
        """Every `owner.method(…)`, with the function it stands in."""
        for function, node in walk_with_function(self.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                yield node, node.func.attr, function


def walk_with_function(tree: ast.AST, function: str = "") -> Iterator[tuple[str, ast.AST]]:
    for child in ast.iter_child_nodes(tree):
        yield function, child
        name = child.name if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) else function
        yield from walk_with_function(child, name)


@cache
def sources() -> tuple[Source, ...]:
    """Every Python file of the apps that git knows or would add, migrations aside."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *(f"{app}/*.py" for app in APPS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return tuple(
        Source(name, (ROOT / name).read_text(encoding="utf-8"))
        for name in sorted(set(listed))
        if "/migrations/" not in name and name.count("/") and (ROOT / name).is_file()
    )


Rule = Callable[[Source], list[str]]


def writes_outside_services(source: Source) -> list[str]:
    """Every write is a service's; models may only extend their own `save`."""
    if source.room in {"services", "models", "domain"}:
        return []
    return [
        source.fault(node, f".{method}() in {function or 'the module'}: writes belong in services")
        for node, method, function in source.calls()
        if method in WRITES
    ]


def queries_outside_selectors(source: Source) -> list[str]:
    """Reads are a selector's; viewsets and Wagtail's reports may hold a queryset."""
    if source.room in {"selectors", "services", "models", "querysets", "management", "viewsets", "reports"}:
        return []
    found = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in QUERIES and not names(node.value, "register"):
            found.append(source.fault(node, f".{node.attr}: queries belong in selectors"))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SHORTCUTS:
            model = node.args[0] if node.args else None
            if isinstance(model, ast.Name) and model.id[:1].isupper():
                found.append(source.fault(node, f"{node.func.id}({model.id}, …): give it a selector's queryset"))
    return found


def names(node: ast.AST, *wanted: str) -> bool:
    """Whether this is one of those names, or ends in one: `timezone`, `django.utils.timezone`."""
    return (isinstance(node, ast.Name) and node.id in wanted) or (
        isinstance(node, ast.Attribute) and node.attr in wanted
    )


def clock_read_elsewhere(source: Source) -> list[str]:
    """Time comes from `core.clock`, and below views, tasks and commands from an argument."""
    if source.path == "core/clock.py":
        return []
    found = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and (
            (node.attr in {"now", "utcnow", "localdate"} and names(node.value, "timezone", "datetime"))
            or (node.attr == "today" and names(node.value, "date", "datetime"))
            or (node.attr in {"time", "time_ns"} and isinstance(node.value, ast.Name) and node.value.id == "time")
        ):
            found.append(source.fault(node, f"{ast.unparse(node)}: only core/clock.py reads the time"))
        if isinstance(node, ast.ImportFrom) and node.module in {"django.utils.timezone", "django.db.models.functions"}:
            found += [
                source.fault(node, f"imports {name.name}: only core/clock.py reads the time")
                for name in node.names
                if name.name in {"now", "localdate", "Now"}
            ]
    return found


def stamps_itself(source: Source) -> list[str]:
    """A fact's time is given by its service, so that a year of history can be made through the services."""
    return [
        source.fault(node, f"{node.arg}: the service gives the time")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}
    ]


def services_by_position(source: Source) -> list[str]:
    """A service's arguments are named where it is called."""
    if source.room != "services":
        return []
    return [
        source.fault(function, f"{function.name}() takes arguments by position: write `*,` first")
        for function in public_functions(source)
        if function.args.args or function.args.posonlyargs or function.args.vararg
    ]


def services_without_now(source: Source) -> list[str]:
    """A service that writes is told the time."""
    if source.room != "services":
        return []
    writing = writing_functions(source)
    return [
        source.fault(function, f"{function.name}() writes and takes no `now`")
        for function in public_functions(source)
        if function.name in writing and "now" not in {argument.arg for argument in function.args.kwonlyargs}
    ]


def facts_erased_elsewhere(source: Source) -> list[str]:
    """Past the guard of facts goes the erasing of a person, and nothing else."""
    if source.path in {"core/models/facts.py", "people/services/erasing.py"}:
        return []
    return [
        source.fault(node, f".{node.attr}: only people/services/erasing.py erases")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"erase_columns", "_guard_open_for_erasing"}
    ]


def public_functions(source: Source) -> list[ast.FunctionDef]:
    return [node for node in source.tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def writing_functions(source: Source) -> set[str]:
    """Functions of this file that write, themselves or through another function of the file."""
    functions = {node.name: node for node in source.tree.body if isinstance(node, ast.FunctionDef)}
    called = {
        name: {node.id for node in ast.walk(function) if isinstance(node, ast.Name)} & functions.keys()
        for name, function in functions.items()
    }
    writing = {
        name
        for name, function in functions.items()
        if any(
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
            for node in ast.walk(function)
        )
    }
    while more := {name for name in functions if name not in writing and called[name] & writing}:
        writing |= more
    return writing


def page_context_about_the_viewer(source: Source) -> list[str]:
    """Pages hold content: what a learner has done is never computed in `get_context`."""
    return [
        source.fault(node, "get_context() looks at the viewer: learners' state belongs in a view and its selector")
        for function, node in walk_with_function(source.tree)
        if function == "get_context"
        and source.room == "models"
        and isinstance(node, ast.Attribute)
        and node.attr == "user"
    ]


RULES: tuple[Rule, ...] = (
    writes_outside_services,
    queries_outside_selectors,
    clock_read_elsewhere,
    stamps_itself,
    services_by_position,
    services_without_now,
    facts_erased_elsewhere,
    page_context_about_the_viewer,
)
