"""The page in the documentation says what is declared of the programs; only their versions may be older."""

from tests.readers.documentation import PAGE, document, versions_in
from tests.readers.programs import PROGRAMS


def test_the_page_is_up_to_date() -> None:
    """If not, `python -m tests.readers` writes it anew."""
    page = PAGE.read_text(encoding="utf-8")
    versions = versions_in(page)
    assert [*versions] == [program.name for program in PROGRAMS]
    assert page == document(versions)
