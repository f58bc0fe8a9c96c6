"""Every idea of the articles is met by somebody, and the page that says where is true."""

from __future__ import annotations

from tests.platforms import phrases
from tests.sources import PAGE, TYPED, points, realised, written


def test_every_idea_has_a_step() -> None:
    """None is left out, and no step names one that does not exist."""
    assert set(points()) == set(realised())


def test_disputed_figures_are_marked() -> None:
    """Whoever reads a figure that its author disowns reads so."""
    figures = [idea for idea in points().values() if "4 %" in idea or "26 others" in idea]

    assert len(figures) == 3
    assert all("disputed" in idea for idea in figures)


def test_what_is_typed_for_an_idea_exists() -> None:
    """A feature named on the page is one that answers."""
    assert set(TYPED.values()) <= {phrase.starts for phrase in phrases()}
    assert set(TYPED) <= set(points())


def test_the_page_is_up_to_date() -> None:
    """`python -m tests.sources` writes it anew."""
    assert PAGE.read_text(encoding="utf-8") == written()
