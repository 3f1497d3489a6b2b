"""The blocks of Jinja2 templates. Jinja2 ignores a block that no parent has, such as a misspelt one."""

from collections.abc import Iterator
from functools import lru_cache

from jinja2 import Environment, Template, nodes

from newsfeed.errors import InvalidTemplate
from newsfeed.findings import two_sentences
from newsfeed.text.nearest import did_you_mean

__all__ = ["check_blocks"]


@lru_cache(maxsize=16)
def check_blocks(template: Template) -> None:
    """Check that a template, and each one that it extends, replaces only blocks that its parent has.

    Args:
        template: The template, which can be rendered.

    Raises:
        InvalidTemplate: If it has a block that its parent lacks.
    """
    if template.name is not None:
        _blocks_of(template.environment, template.name)


def _blocks_of(environment: Environment, name: str) -> frozenset[str] | None:
    """Return the names of a template's blocks, its parents' too; None if only rendering decides what it extends."""
    source, file, _ = environment.loader.get_source(environment, name)  # type: ignore[union-attr]
    tree = environment.parse(source, name, file)
    own = frozenset(block.name for block in tree.find_all(nodes.Block))
    extends = tree.find(nodes.Extends)
    if extends is None:
        return own
    parent = extends.template.value if isinstance(extends.template, nodes.Const) else None
    known = _blocks_of(environment, parent) if isinstance(parent, str) else None
    if known is None:
        return None
    for block in _outermost_blocks(tree):
        if block.name not in known:
            reason = f"{file}, line {block.lineno}: there is no block {block.name!r} in {parent}"
            raise InvalidTemplate(two_sentences(reason, did_you_mean(block.name, sorted(known))))
    return own | known


def _outermost_blocks(node: nodes.Node) -> Iterator[nodes.Block]:
    """Yield the blocks that aren't inside another; a block inside one that is replaced may be new."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block):
            yield child
        else:
            yield from _outermost_blocks(child)
