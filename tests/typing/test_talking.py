"""What people say to us who have not learned our commands: alone with us, and where others read along."""

from __future__ import annotations

import pytest

from bot.errors import NotUnderstood
from bot.typing.talking import as_command, taken_aloud
from tests.typing.test_grammar import grammar

BEN = "<@U0BEN|Ben Fox>"


@pytest.mark.parametrize(
    ("said", "command"),
    [
        # What happens to somebody.
        ("she keeps shouting at me", "calm"),
        ("what do I do", "calm"),
        ("call them names", "calm"),
        ("help me with an angry customer", "calm"),
        ("hello, she shouts at me", "calm"),
        ("hey you idiot", "calm"),
        ("team lead keeps shouting", "calm"),
        ("back again: the customer is rude", "calm"),
        ("shift is over and she shouts", "calm"),
        ("او داد می‌زند", "calm"),
        ("he has a gun", "calm"),
        ("away, he has a gun", "calm"),
        # Words people say to anybody.
        *((said, "help") for said in ("hello", "Hi Zanshin!", "hi there :wave:", "Good morning", "سلام", "HEY!!")),
        *(
            (said, "help")
            for said in ("thanks", "thank you so much!", "ok", "ok, thanks", "👍", "🙏🏽", "no thanks", "bye")
        ),
        # Commands without their first word.
        ("settings", "ask-for-settings"),
        ("settings incidents", "ask-for-cadences"),
        *((said, "status") for said in ("status", "Status!", "board", "home")),
        ("away 30m lunch", "go-away"),
        ("back", "return"),
        ("team", "list-team"),
        (f"team add {BEN} agent", "add-to-team"),
        ("shift mon-fri 9-17", "set-shift"),
        ("keep-calm", "start-run"),
        # What is typed already.
        ("calm she shouts", "calm"),
        ("/incident", "list-incidents"),
        ("incident open sev1 Cards fail", "open-incident"),
        ("help", "help"),
        ("???", "help"),
        # Slips of the fingers are shown as such.
        *((said, "lost") for said in ("recues", "recues he shouts", "staus", "incidnt open sev1 Cards fail", "cam")),
        *((said, "lost") for said in ("shift mon-fri 9", "zanshin staus", "🤬", BEN, "", "/staus")),
    ],
)
def test_who_talks_to_us_alone_is_understood(said: str, command: str) -> None:
    """A command is a command, a greeting is a greeting, and anything else is what happens to them."""
    found = grammar().read(as_command(said, grammar()))

    assert ("lost" if isinstance(found, NotUnderstood) else found.called()) == command


@pytest.mark.parametrize(
    ("said", "taken", "left_out"),
    [
        ("incident open sev1 Cards fail", "incident open sev1 Cards fail", False),
        (f"incident owner 1 {BEN}", f"incident owner 1 {BEN}", False),
        ("away 30m lunch", "/zanshin away 30m lunch", False),
        ("status", "/zanshin status", False),
        ("hello!", "/zanshin help hello", False),
        ("calm", "calm", False),
        ("recuse", "recuse", False),
        ("recuse done", "recuse done", False),
        (f"recuse {BEN}", f"/recuse {BEN}", False),
        (f"recuse {BEN} CASE-3 heated: charged twice", f"/recuse {BEN}", True),
        ("recuse <&S1|@oncall> CASE-3", "/recuse <&S1|@oncall>", True),
        ("recuse @here CASE-3", "/recuse @here", True),
        (f"calm {BEN} shouts", "/calm", True),
        ("recuse heated: charged twice", "/recuse", True),
        ("/recuse done with them", "/recuse", True),
        ("calm she shouts", "/calm", True),
        ("she shouts at me", "/calm", True),
        ("Calm, she shouts", "/calm", True),
        ("recues", "recues", False),
        # Nobody in danger is told to say it elsewhere.
        ("lunch 45m", "/zanshin lunch 45m", False),
        ("away, back in 20", "/zanshin away, back in 20", False),
        ("who is free?", "/zanshin who is free", False),
        ("resolve 1", "/incident resolve 1", False),
        ("1 note vendor called", "/incident 1 note vendor called", False),
        ("open sev2 Search is slow", "/incident open sev2 Search is slow", False),
        *(
            (said, f"/incident {said}", False)
            for said in (
                "update 1 Logins fail. We restart. Next update 15:00",
                "update #1 customers can't log in",
                "note 1 vendor called",
                "snooze 1 30m because the fix rolls out",
                "snooze 1",
                "resume 1",
                "history 1",
                f"owner 1 {BEN}",
                "owner 1 me",
                "assign 1 to ben",
                "severity 1 sev1",
                "escalate 1 to sev1",
                "pause 1 until 18:00 because vendor",
                "resolve 1 all works again",
                "followup 1 @ana friday: write the guide",
                "meldung 1 Anmeldungen scheitern. Wir starten neu. Nächste Meldung 15:00",
                "notiz 1 Anbieter hat angerufen",
                "fortsetzen 1",
                "verlauf #1",
                "schweregrad 1 sev1",
            )
        ),
        ("pause 30 min", "/zanshin pause 30 min", False),
        *(
            (said, "/calm", True)
            for said in (
                "note 1 star for us, he shouts",
                "update 3 times and he shouts",
                "history 5 years of insults",
                "close 2 accounts or I sue, he says",
                "severity 1 customer shouts",
                "owner 1 of the shop shouts at me",
            )
        ),
        ("open 24 hours, he says", "/calm", True),
        ("3 customers shout", "/calm", True),
        ("lunch was cold, she shouts", "/calm", True),
        ("he has a gun", "he has a gun", False),
        ("calm he will kill himself", "calm he will kill himself", False),
    ],
)
def test_what_is_private_is_not_taken_aloud(said: str, taken: str, left_out: bool) -> None:
    """Where others read along incidents and breaks run as they are; words about customers are left out."""
    assert taken_aloud(said, grammar()) == (taken, left_out)
