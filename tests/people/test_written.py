"""What the team still has to change after somebody was let go of: found where it stands, and nowhere else."""

from __future__ import annotations

import pytest

from bot.people.privacy.written import finder

BUTTON = '{"title":"Ask again","parts":[{"kind":"choice","buttons":[{"label":"Go","style":"primary"}]}]}'
SAID = '{"title":"A case","parts":[{"kind":"section","text":["Mary shouted"]}]}'
ESCAPED = '{"title":"Zo\\u00eb called"}'


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Mary", "mary shouted"),
        ("Mary", "she's Mary's sister"),
        ("Mary", "Marys Rechnung"),
        ("Mary", "(mary)"),
        ("Mary", "case_mary"),
        ("Mary", SAID),
        ("Zoë", ESCAPED),
        ("Zoë", "ZOË"),
        ("CASE-42", "CASE-42, again"),
        ("CASE-42", "see #case-42"),
        ("4711", "customer 4711."),
        ("\u5c71\u7530", "\u5927\u5c71\u7530\u3055\u3093"),
        ("\u0644\u064a\u0644\u0649", "\u0648\u0644\u064a\u0644\u0649"),
        ("O'Neil", "Mary O'Neil"),
        ("{", "{ not JSON"),
        ("[x]", "[x] is no list"),
    ],
)
def test_a_name_is_found_where_it_was_written(words: str, text: str) -> None:
    """With an ending, in brackets, in a message as it is kept, and in scripts that part no words."""
    assert finder(words)(text)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Mary", "a summary of what is primary"),
        ("Mary", BUTTON),
        ("Good", '{"parts":[{"kind":"section","tone":"good","text":["Done"]}]}'),
        ("CASE-42", "CASE-421 and SHOWCASE-42"),
        ("4711", "14711 and 47110"),
        ("Ann", "she planned it"),
        (".*", "anything"),
    ],
)
def test_a_name_is_not_found_within_other_words(words: str, text: str) -> None:
    """Nor in what draws a message, which nobody wrote."""
    assert not finder(words)(text)
