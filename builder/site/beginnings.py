"""How each kind of page begins: every template, made with stand-ins for all values, as far as
the place where it lets the rest of the styles in (``{{ late_styles }}``).

Only the elements count, so that ``builder.site.first_styles`` can see which styles they need:
every branch is taken, and every loop is gone through twice.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Undefined, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from builder.derive.provisions import NAMES, Node
from builder.site.page import Links
from builder.site.provisions import Provisions
from builder.site.shell import LATE_STYLES

# A text with a provision of each kind, but for tables, with which none begins.
_TEXT = tuple(Node(kind, "1", kind, 0, kind) for kind in NAMES if kind != "table")
_VALUE = "stand_in"  # a name that no template knows


def beginnings(folders: Iterable[Path]) -> Iterator[str]:
    """The HTML with which the pages of each template begin, in no particular language."""
    env = _Beginnings(
        loader=FileSystemLoader([folder / "records" for folder in folders]),
        autoescape=True, undefined=_StandIn, extensions=["jinja2.ext.i18n"],
    )  # fmt: skip
    env.filters["unmarked"] = str
    env.globals |= {
        "_": lambda words, /, **_: words, "ngettext": lambda one, /, *_, **__: one,
        "href": _StandIn(name="href"), "text": _Text(name="text"),
        "late_styles": LATE_STYLES,
    }  # fmt: skip
    for name in env.list_templates(filter_func=lambda name: not name.startswith("_")):
        with suppress(Exception):  # a faulty template fails with its first page, which says why
            if begun := _begun(env.get_template(name).generate()):
                yield begun


def _begun(parts: Iterable[str]) -> str:
    """All before the place for the late styles; nothing where there is none."""
    begun = ""
    for part in parts:
        before, found, _ = str(part).partition(LATE_STYLES)
        begun += before
        if found:
            return begun
    return ""


class _StandIn(Undefined):
    """Whatever a template asks of a value, there is something to show."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def _itself(self, *_: Any, **__: Any) -> Any:
        return self

    def _true(self, *_: Any) -> Any:
        return True

    def __iter__(self) -> Iterator["_StandIn"]:
        return iter([self])

    def __len__(self) -> int:
        return 1

    def __str__(self) -> str:
        return ""

    __call__ = __getitem__ = __add__ = __radd__ = __sub__ = __mod__ = _itself
    __bool__ = __eq__ = __lt__ = __gt__ = __le__ = __ge__ = _true
    __hash__ = Undefined.__hash__


class _Text(_StandIn):
    """The text of a document: real provisions, which no template writes."""

    def body(self, *_: Any) -> Markup:
        return Provisions(Node("document", "", "", 0, "", 0, _TEXT)).body({}, Links())


class _Beginnings(Environment):
    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        _Everything().visit(template)
        template.set_environment(self)
        template.set_lineno(1)
        return template


class _Everything(NodeTransformer):
    """Every branch, one after another, and every loop with two stand-ins."""

    def visit_If(self, node: nodes.If) -> list[nodes.Node]:  # noqa: N802  (jinja2 calls it)
        self.generic_visit(node)  # which makes of each `elif` what it holds
        return [*node.body, *node.elif_, *node.else_]

    def visit_For(self, node: nodes.For) -> list[nodes.Node]:  # noqa: N802  (as above)
        self.generic_visit(node)
        one: nodes.Expr = nodes.Name(_VALUE, "load")
        if isinstance(node.target, nodes.Tuple):
            one = nodes.Tuple([one] * len(node.target.items), "load")
        node.iter, node.test = nodes.List([one, one]), None
        after, node.else_ = node.else_, []
        return [node, *after]
