"""Every page and slot has its template, and the two agree on what is shown."""

import dataclasses
import inspect
from collections.abc import Iterator
from types import ModuleType

import pytest
from django.template import Node, Template
from django.template.base import FilterExpression, Variable
from django.template.defaulttags import ForNode, IfNode
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.template.smartif import TokenBase
from django.templatetags.i18n import BlockTranslateNode

from kawaraban.pages import contexts, inset_contexts, slot_contexts, values
from kawaraban.pages.rendering import template_name
from kawaraban.pages.slots import SLOTS

# Parts of a page, which have no template of their own.
PARTS = {
    contexts.Head,
    contexts.Page,
    contexts.Band,
    contexts.Entry,
    contexts.Cover,
    contexts.ContentsEntry,
    contexts.ContentsPart,
    contexts.WireEntry,
    contexts.SearchResult,
    contexts.Choice,
    contexts.SearchFacet,
}
SLOT_PARTS = {slot_contexts.BannerLine, slot_contexts.Ranked, slot_contexts.Ranking, slot_contexts.Topic}
# Every page has a way from the front page; not every template shows it.
OF_EVERY_PAGE = {"crumbs"}


def classes(module: ModuleType) -> list[type]:
    return [kind for _, kind in inspect.getmembers(module, dataclasses.is_dataclass) if kind.__module__ == module.__name__]


PAGES = [(kind, f"pages/{template_name(kind)}.html") for kind in classes(contexts) if kind not in PARTS]
SLOT_PAGES = [(kind, f"pages/slots/{template_name(kind)}.html") for kind in classes(slot_contexts) if kind not in SLOT_PARTS]
INSET_PAGES = [(kind, f"pages/insets/{template_name(kind)}.html") for kind in classes(inset_contexts)]
BOTH = [pytest.param(kind, name, id=name) for kind, name in (*PAGES, *SLOT_PAGES, *INSET_PAGES)]


def used(template: Template) -> set[str]:
    """The variables that a template takes from its context, with those of what it extends and includes."""
    found: set[str] = set()
    for node in template.nodelist:
        found |= of_node(node, frozenset())
    return found


def of_node(node: Node, local: frozenset[str]) -> set[str]:
    if isinstance(node, IncludeNode):
        return of_include(node, local)
    found = set(of_values(node, local))
    inner = local
    if isinstance(node, ForNode):
        inner = local | set(node.loopvars) | {"forloop"}
    if isinstance(node, BlockTranslateNode):
        inner = local | set(node.extra_context)
        tokens = [*node.singular, *node.plural]
        found |= {token.contents for token in tokens if token.token_type.name == "VAR"} - inner
    if isinstance(node, ExtendsNode):
        found |= used(get_template(node.parent_name.var).template)
    if local_name := getattr(node, "asvar", None) or getattr(node, "variable", None):
        inner = inner | ({local_name} if isinstance(local_name, str) else set())
    for name in node.child_nodelists:
        for child in getattr(node, name, None) or ():
            found |= of_node(child, inner)
            inner = inner | {value for value in (getattr(child, "variable", None), getattr(child, "asvar", None)) if isinstance(value, str)}
    return found


def of_include(node: IncludeNode, local: frozenset[str]) -> set[str]:
    found = {name for value in (node.template, *node.extra_context.values()) for name in names(value)}
    if isinstance(node.template.var, str) and not node.isolated_context:
        found |= used(get_template(node.template.var).template)
    return found - local


def of_values(node: Node, local: frozenset[str]) -> Iterator[str]:
    for name, value in vars(node).items():
        if name not in ("nodelist", "parent", "token", "origin") and not isinstance(value, Node):
            yield from names(value) - local
    if isinstance(node, IfNode):
        for condition, nodelist in node.conditions_nodelists:
            yield from names(condition) - local
            for child in nodelist:
                yield from of_node(child, local)


def names(value: object) -> set[str]:
    """The first parts of the variables in a filter expression, a condition, or a list of either."""
    match value:
        case FilterExpression():
            arguments = {name for _, options in value.filters for is_variable, option in options if is_variable for name in names(option)}
            return names(value.var) | arguments
        case Variable():
            return {value.lookups[0]} if value.lookups else set()
        case TokenBase():
            return names(getattr(value, "value", None)) | names(value.first) | names(value.second)
        case list() | tuple():
            return {name for item in value for name in names(item)}
        case dict():
            return {name for item in value.values() for name in names(item)}
    return set()


@pytest.mark.parametrize(("kind", "name"), BOTH)
def test_template_shows_what_its_context_has(kind: type, name: str) -> None:
    fields = {entry.name for entry in dataclasses.fields(kind)}
    assert used(get_template(name).template) - fields - {"True", "False", "None"} == set()


@pytest.mark.parametrize(("kind", "name"), BOTH)
def test_context_has_nothing_that_no_template_shows(kind: type, name: str) -> None:
    fields = {entry.name for entry in dataclasses.fields(kind)}
    assert fields - used(get_template(name).template) - OF_EVERY_PAGE == set()


@pytest.mark.parametrize(
    "kind", [*classes(contexts), *classes(slot_contexts), *classes(inset_contexts), *classes(values)], ids=lambda kind: kind.__name__
)
def test_field_has_its_help(kind: type) -> None:
    lacking = [entry.name for entry in dataclasses.fields(kind) if not entry.metadata.get("help") and entry.name != "kind"]
    assert lacking == []


def test_slots_and_their_contexts_have_the_same_names() -> None:
    assert {template_name(kind) for kind, _ in SLOT_PAGES} == set(SLOTS)


def test_walk_finds_what_a_template_takes() -> None:
    """The walk sees names in values, conditions, filters' arguments, loops, translations and includes; and no loop's own."""
    source = (
        "{% load i18n %}{{ plain.part }}{% if one and not two %}{{ three|default:four }}{% elif five %}{% endif %}"
        "{% for a, b in pairs %}{{ a }}{{ forloop.counter }}{{ outer }}{% endfor %}"
        '{% blocktranslate with host=six %}{{ host }} {{ seven }}{% endblocktranslate %}{% include "pages/parts/crumbs.html" %}'
        '{% include "pages/parts/cover.html" with cover=eight only %}{% translate "text" %}'
    )
    found = used(Template(source))
    assert found == {"plain", "one", "two", "three", "four", "five", "pairs", "outer", "six", "seven", "crumbs", "eight"}
