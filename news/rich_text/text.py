"""A rich text as plain text: blocks with an empty line between them, list marks, links as “words (address)”."""

from wagtail_newsroom.news.rich_text.raised import raised
from wagtail_newsroom.news.rich_text.targets import Find
from wagtail_newsroom.news.rich_text.tree import BLOCKS, LISTS, Node, parsed


def as_text(html: str, find: Find) -> str:
    """``html``, as Wagtail stores rich text, as lines of words; without the addresses of what the public may not see."""
    return "\n\n".join(_blocks(parsed(html), find))


def _blocks(holder: Node, find: Find) -> list[str]:
    """Each block of ``holder`` as text, neighbouring words as one."""
    found: list[str] = []
    words: list[Node | str] = []
    for child in [*holder.children, None]:
        if child is not None and not (isinstance(child, Node) and child.name in BLOCKS):
            words.append(child)
            continue
        if words:
            found.append(_words(words, find).strip())
            words = []
        if isinstance(child, Node):
            found.append(_block(child, find))
    return [each for each in found if each]


def _block(node: Node, find: Find) -> str:
    if node.name in LISTS:
        marks = (f"{number}. " if node.name == "ol" else "- " for number in range(1, len(node.children) + 1))
        items = [item for item in node.children if isinstance(item, Node)]
        return "\n".join(_indented(mark, _blocks(item, find)) for mark, item in zip(marks, items, strict=True))
    if node.name == "blockquote":
        return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(_blocks(node, find)).split("\n"))
    return "" if node.name == "hr" else _words(node.children, find).strip()


def _indented(mark: str, blocks: list[str]) -> str:
    return mark + "\n".join(blocks).replace("\n", "\n" + " " * len(mark))


def _words(nodes: list[Node | str], find: Find) -> str:
    return "".join(node if isinstance(node, str) else _inline(node, find) for node in nodes)


def _inline(node: Node, find: Find) -> str:
    if node.name == "br":
        return "\n"
    if node.name == "img":
        return node.attributes["alt"] if node.points_to and find(*node.points_to) else ""
    words = _words(node.children, find)
    if node.name in ("sub", "sup"):
        return raised(node.name, words)
    if node.name != "a":
        return words
    address = node.attributes.get("href", "")
    if node.points_to:
        target = find(*node.points_to)
        address = target.url if target else ""
    shown = address.removeprefix("mailto:").removeprefix("tel:")
    return f"{words} ({shown})" if shown and shown != words.strip() else words
