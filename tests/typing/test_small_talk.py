"""What is said to us as to anybody, or asked of us, is told from what customers do and say."""

from __future__ import annotations

import pytest

from bot.typing.small_talk import talk_in


@pytest.mark.parametrize(
    ("words", "talk"),
    [
        ("hi", "hello"),
        ("hi how are you", "hello"),
        ("Hello??", "hello"),
        ("test", "hello"),
        ("hallo", "hello"),
        ("wie geht's dir?", "hello"),
        ("thx", "thanks"),
        ("thx that helped", "thanks"),
        ("Danke, hat geholfen!", "thanks"),
        ("👍", "thanks"),
        ("does my boss see what i write here", "readers"),
        ("can HR read this?", "readers"),
        ("who can see this", "readers"),
        ("can you read what i write, does my boss see it", "readers"),
        ("is this confidential?", "readers"),
        ("do you tell my supervisor", "readers"),
        ("wer liest hier mit?", "readers"),
        ("sieht meine Teamleitung, was ich hier schreibe?", "readers"),
        ("wird das hier gespeichert", "readers"),
        ("can you see what i typed to customer?", "sees"),
        ("can you read my chat with the customer", "sees"),
        ("siehst du, was der Kunde schreibt?", "sees"),
        ("are you an ai", "machine"),
        ("r u a bot", "machine"),
        ("am i talking to a real person?", "machine"),
        ("bist du ein Mensch?", "machine"),
        ("ist das eine KI", "machine"),
        ("who made you", "maker"),
        ("wer hat dich programmiert", "maker"),
        ("what can you do", "can-do"),
        ("wie funktioniert das hier", "can-do"),
        ("lol", "laugh"),
        ("hahaha", "laugh"),
    ],
)
def test_what_is_asked_of_us_is_told(words: str, talk: str) -> None:
    """In both languages, however it is put."""
    assert talk_in(words) == talk


@pytest.mark.parametrize(
    "words",
    [
        "",
        "?",
        '"are you a bot?"',
        "he asks are you a bot",
        "customer wants to know if i am an ai",
        "Kunde fragt: bist du ein Mensch?",
        "hi customer is yelling",
        "lol he called me an idiot",
        "thanks for nothing",
        "danke für nichts",
        "can my supervisor call him",
        "who sees the customer next",
        "is this refund safe",
        "what can i say to her",
        "was soll ich ihm sagen",
        "does she see the ticket",
        "can you help her with the refund",
        "he reads this as an insult",
    ],
)
def test_what_a_customer_says_or_wants_is_none_of_it(words: str) -> None:
    """In quotes or told of somebody it was said by them."""
    assert talk_in(words) is None
