"""Templates in a language: words are translated when a template is compiled, not on each page.

In another language than Vietnamese, values with Vietnamese letters come from the records:
where they are put out as text they get an element with ``lang="vi"``, and none where no
element can stand (``builder.site.i18n``). Which of the two is known from the HTML around.
"""

import re
from collections.abc import Iterable, Iterator

from jinja2 import nodes

from builder.site import i18n
from builder.site.i18n import Catalogue

_PLACE = re.compile(r"%(?:%|\((\w+)\)s)")
_CALLS = ("_", "gettext")
# Elements that hold plain text only, or whose children are no HTML.
_PLAIN = ("option", "script", "style", "textarea", "title", "text", "desc")
_TAG_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*")


def translate(template: nodes.Template, catalogue: Catalogue) -> nodes.Template:
    """The parsed template with its words in the language of the catalogue."""
    _Translation(catalogue).visit(template)
    return template


class _Place:
    """Where in the HTML one stands: in text, in a tag, or in an element of plain text only."""

    def __init__(self) -> None:
        self.in_tag = False
        self.quote = ""
        self.element = ""  # the tag being read, or the element of plain text one is in
        self.plain = False

    def copy(self) -> "_Place":
        made = _Place()
        made.in_tag, made.quote, made.element, made.plain = (
            self.in_tag, self.quote, self.element, self.plain,
        )  # fmt: skip
        return made

    @property
    def takes_elements(self) -> bool:
        return not self.in_tag and not self.plain

    def read(self, html: str) -> None:
        at = 0
        while at < len(html):
            at = self._in_tag(html, at) if self.in_tag else self._in_text(html, at)

    def _in_text(self, html: str, at: int) -> int:
        start = html.find(f"</{self.element}" if self.plain else "<", at)
        if start < 0:
            return len(html)
        closing = html[start + 1 : start + 2] == "/"
        after = start + 2 if closing else start + 1
        name = _TAG_NAME.match(html, after)
        if name is None and after < len(html):  # a comment, or a sign
            return start + 1
        # A name may be put out by the template: <{{ tag }} …>
        self.in_tag, self.quote, self.plain = True, "", False
        self.element = "" if closing or name is None else name[0].lower()
        return name.end() if name else after

    def _in_tag(self, html: str, at: int) -> int:
        sign = html[at]
        if self.quote:
            if sign == self.quote:
                self.quote = ""
        elif sign in "\"'":
            self.quote = sign
        elif sign == ">":
            self.in_tag = False
            self.plain = self.element in _PLAIN and html[at - 1 : at] != "/"
        return at + 1


class _Translation:
    """Goes through a template in the order in which it is read."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.foreign = catalogue.language != i18n.DEFAULT
        self.place = _Place()

    def visit(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.Output):
            node.nodes = list(self._output(node.nodes))
        elif isinstance(node, nodes.If):
            self._branches(node)
        else:
            for child in node.iter_child_nodes():
                self.visit(child)
            _replace_calls(node, self.catalogue)

    def _branches(self, node: nodes.If) -> None:
        """Each branch begins where the first one does; what follows goes on from the first."""
        self.visit(node.test)
        _replace_calls(node, self.catalogue, ("test",))
        start = self.place.copy()
        self._all(node.body)
        after = self.place
        for other in node.elif_:
            self.place = start.copy()
            self.visit(other)
        self.place = start
        self._all(node.else_)
        self.place = after

    def _all(self, body: Iterable[nodes.Node]) -> None:
        for node in body:
            self.visit(node)

    def _output(self, parts: list[nodes.Expr]) -> Iterator[nodes.Expr]:
        for part in parts:
            if isinstance(part, nodes.TemplateData):
                self.place.read(part.data)
                yield part
            elif (message := _message(part)) is not None:
                yield from self._message(*message)
            else:
                self.visit(part)
                yield self._value(part)

    def _message(self, message: str, values: dict[str, nodes.Expr]) -> Iterator[nodes.Expr]:
        """The pieces of a message with its values in between."""
        text = self.catalogue.messages.get(message, message)
        end = 0
        for found in _PLACE.finditer(text):
            yield from self._data(text[end : found.start()])
            end = found.end()
            if found[1] is None:
                yield nodes.TemplateData("%")
            else:
                self.visit(values[found[1]])
                yield self._value(values[found[1]])
        yield from self._data(text[end:])

    def _data(self, text: str) -> Iterator[nodes.Expr]:
        if text:
            self.place.read(text)
            if self.foreign and self.place.takes_elements and "<" not in text:
                text = i18n.marked_runs(text)
            yield nodes.TemplateData(text)

    def _value(self, value: nodes.Expr) -> nodes.Expr:
        if not self.foreign or self.place.takes_elements:
            return value
        return nodes.Filter(value, "unmarked", [], [], None, None)


def _message(node: nodes.Node) -> tuple[str, dict[str, nodes.Expr]] | None:
    """The message and values of a call of gettext with literal words."""
    if (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.Name)
        and node.node.name in _CALLS
        and len(node.args) == 1
        and isinstance(node.args[0], nodes.Const)
        and isinstance(node.args[0].value, str)
        and node.dyn_args is None
        and node.dyn_kwargs is None
    ):
        return node.args[0].value, {pair.key: pair.value for pair in node.kwargs}
    return None


def _replace_calls(
    node: nodes.Node, catalogue: Catalogue, fields: tuple[str, ...] | None = None
) -> None:
    """Literal words without values that stand in an expression, as constants."""

    def spoken(value: object) -> object:
        message = _message(value) if isinstance(value, nodes.Node) else None
        if message is None or message[1]:
            return value
        return nodes.Const(catalogue.messages.get(message[0], message[0]).replace("%%", "%"))

    for name, value in list(node.iter_fields(only=fields)):
        if isinstance(value, list):
            setattr(node, name, [spoken(one) for one in value])
        elif isinstance(value, nodes.Node):
            setattr(node, name, spoken(value))
