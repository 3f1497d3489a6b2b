"""Check feeds, ours or anyone's: each check has a code, and reports where a document fails it.

Reading is safe: nothing that a file names is fetched, no entities are expanded, and size and depth are bounded.
"""

from newsfeed.check.checker import check_document, check_path, checker_of
from newsfeed.check.checks import CHECKS
from newsfeed.check.definitions import Check

__all__ = ["CHECKS", "Check", "check_document", "check_path", "checker_of"]
