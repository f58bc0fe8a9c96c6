"""Writes the table of commands in README.md out of the grammar: `python -m tests.readme`."""

from __future__ import annotations

from tests.platforms import ROOT, phrases

PAGE = ROOT / "README.md"
BEGINS, ENDS = "<!-- commands: written by `make generated` -->\n", "<!-- end of commands -->\n"


def table() -> str:
    """Write a row for whatever can be typed, in the order and in the words of the help."""
    rows = [
        f"| `{f'{one.starts} {one.takes}'.strip().replace('|', chr(92) + '|')}` | {one.help} |" for one in phrases()
    ]
    return "\n| typed | to |\n|---|---|\n" + "\n".join(rows) + "\n\n"


def written() -> str:
    """Write the page with the table of today."""
    head, rest = PAGE.read_text().split(BEGINS)
    return head + BEGINS + table() + ENDS + rest.split(ENDS)[1]


if __name__ == "__main__":
    PAGE.write_text(written())
