"""Texts as single lines, safe to print: in listings, lists of feeds, terminals."""

from newsfeed.text.lazy_pattern import lazy_pattern

__all__ = ["one_line"]

_CONTROLS = lazy_pattern("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_END_OF_EMBEDDING, _END_OF_ISOLATE = "\u202c", "\u2069"
#: The characters that open another direction, and those that close it (UAX #9 §2.1 to §2.4).
_CLOSING = dict.fromkeys("\u202a\u202b\u202d\u202e", _END_OF_EMBEDDING) | dict.fromkeys(
    "\u2066\u2067\u2068", _END_OF_ISOLATE
)


def one_line(text: str) -> str:
    r"""Return a text on one line, safe to print.

    White space becomes single spaces. So do characters that could end the line or control a terminal
    (Unicode's general category Cc, U+2028 and U+2029). Embedded and isolated directions are closed at the end
    of the text, so that they don't affect what follows (Unicode UAX #9, X1 to X8).

    >>> one_line("Snow in \n Baku\u2028\x9b")
    'Snow in Baku'
    >>> ascii(one_line("Snow \u202ein Baku"))
    "'Snow \\u202ein Baku\\u202c'"
    """
    line = " ".join(_CONTROLS.sub(" ", text).split())
    return line + _closings(line)


def _closings(line: str) -> str:
    """Return the characters that close the directions that a line leaves open."""
    opened: list[str] = []
    for letter in line:
        if letter in _CLOSING:
            opened.append(_CLOSING[letter])
        elif letter == _END_OF_EMBEDDING and opened[-1:] == [_END_OF_EMBEDDING]:
            opened.pop()
        elif letter == _END_OF_ISOLATE and _END_OF_ISOLATE in opened:
            while opened.pop() != _END_OF_ISOLATE:
                continue  # the end of an isolate ends the embeddings within it
    return "".join(reversed(opened))
