"""What a feed must keep, and where it doesn't: one rule per entry in a table, each with a code.

Checks any feed, ours or another's. Reading is safe: nothing is fetched, no entity expanded, size and depth bounded.
"""

from newsfeed.check.checking import check_document, check_path, checker_of
from newsfeed.check.rule import Rule
from newsfeed.check.rules import RULES

__all__ = ["RULES", "Rule", "check_document", "check_path", "checker_of"]
