"""What an editor of German would mark: each slip made in a German playbook that is otherwise fine."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from bot.compose import read_bookcase
from bot.incidents.updates.wordings import Wording
from bot.playbooks.catalogue import Playbook
from bot.run.checking.books import slips_across, slips_of_playbook
from bot.run.checking.ease import reading_ease_german
from bot.run.checking.everything import slips_in
from bot.run.checking.sentences import in_saying
from bot.run.checking.tongues import GERMAN
from bot.run.checking.wordings import slips_of_wording
from bot.store.content import SHIPPED_PLAYBOOKS
from tests.playbooks.test_checking import POINTS, SOURCE, TODAY
from tests.playbooks.test_checking import made as made_of
from tests.playbooks.test_checking import with_step as with_step_of

if TYPE_CHECKING:
    from pathlib import Path

FINE: dict[str, Any] = {
    "id": "slow-down",
    "title": "Langsamer",
    "situation": "Alles geht zu schnell.",
    "now": {"do": "Ausatmen.", "say": "Geben Sie mir bitte einen Moment."},
    "words": [f"zu schnell {number}" for number in range(12)],
    "reviewed": TODAY,
    "source": SOURCE | {"credit": "nach einem Buch von jemandem."},
    "notes": ["Niemand hat es geprüft."],
    "steps": [
        {
            "id": "one",
            "title": "Langsamer",
            "instruct": "Sagen Sie es langsam.",
            "say": ["Ich sehe es mir jetzt an.", "Es geht um Folgendes: {issue}.", "Einen Moment bitte."],
            "avoid": [{"text": "Beruhigen Sie sich!", "why": "Das ist ein Befehl."}],
            "points": ["001.1"],
        },
        {"id": "two", "title": "Nachsehen", "instruct": "Hat es geholfen?", "points": ["001.2"]},
    ],
}


made, with_step = partial(made_of, FINE), partial(with_step_of, FINE)


def saying(*sentences: Any) -> Playbook:
    """Make one whose first step says this."""
    return with_step(say=[*sentences, "Einen Moment bitte.", "Gleich."])


def rules(playbook: Playbook) -> set[str]:
    """Name what is marked in a playbook."""
    return {slip.rule for slip in slips_of_playbook(playbook, TODAY, POINTS, GERMAN)}


LONG = "Das ist einer von den Sätzen die immer weiter und weiter gehen " + "und noch ein wenig weiter " * 3
WAYS = [{"label": "Ja", "goto": "two"}, {"label": "Nein", "goto": "end"}]

SLIPS: list[tuple[Playbook, str]] = [
    (with_step(instruct="Sag du es langsam."), "du-and-sie"),
    (saying("Kannst du mir helfen?", "Ich helfe Ihnen gern."), "du-and-sie"),
    (saying("Leider geht das nicht."), "banned"),
    (saying("Ich helfe gern, aber nicht jetzt."), "banned"),
    (saying("So steht es in unseren Richtlinien."), "banned"),
    (saying("Ich verstehe, wie Sie sich fühlen."), "banned"),
    (saying("Wie gesagt, es dauert."), "banned"),
    (saying("Entschuldigen Sie die Unannehmlichkeiten."), "banned"),
    (saying("Wir bitten um Verständnis."), "banned"),
    (saying("Beruhigen Sie sich bitte."), "inflames"),
    (saying("Sie hätten das lesen müssen."), "inflames"),
    (saying("Da irren Sie sich, und Sie liegen falsch."), "inflames"),
    (saying("Warum haben Sie das getan?"), "inflames"),
    (saying("Es tut mir leid, wenn Sie das so empfinden."), "apology"),
    (saying("Ich erstatte Ihnen alles."), "money"),
    (saying("Das ist unsere Schuld."), "liability"),
    (saying("Das kommt nicht wieder vor."), "guarantee"),
    (saying("Bitte zahlen Sie noch einmal."), "harm"),
    (saying("Das war NIEMALS so."), "shouting"),
    (saying("Ich mache das sofort!"), "exclamation"),
    (saying("Diesbezüglich melde ich mich."), "stiff"),
    (saying("Ich eskaliere das."), "jargon"),
    (saying("Das macht Sinn."), "translated"),
    (saying('Dort steht "Fehler".'), "quotes"),
    (saying("Ich weiß, daß es dauert."), "old-spelling"),
    (saying("Wir kümmern uns darum."), "i-not-we"),
    (saying("Ich weiß von {issue}."), "gap-reads-wrong"),
    (saying("Sie haben es bis {eta}."), "gap-reads-wrong"),
    (saying("{eta} ist es fertig."), "gap-reads-wrong"),
    (saying("Ich schreibe um {next_update}."), "gap-reads-wrong"),
    (saying("Es geht um {issue und mehr."), "gap-unknown"),
    (saying("Ich mache das. " * 15), "sentence-long"),
    (saying(LONG.strip() + "."), "breath"),
    (
        saying(
            "Rückerstattungen unterliegen Genehmigungsverfahren vorgesetzter Abteilungen, "
            "ausnahmslos unverzüglich nachzureichende Unterlagen eingeschlossen."
        ),
        "hard-to-read",
    ),
    (saying("Ich mache das jetzt"), "no-full-stop"),
    (saying("Was war? Und wann war es?"), "two-questions"),
    (saying("Ich  mache das."), "spaces"),
    (saying({"text": "Ich sehe nach.", "chat": "Ich sehe nach."}), "variant-same"),
    (saying({"text": "Ich sehe nach.", "chat": "Ich sehe gleich einmal für Sie nach."}), "chat-longer"),
    (with_step(instruct="Sagen Sie es. " * 10), "step-long"),
    (with_step(instruct="Gut gemacht. Weiter so."), "praise"),
    (with_step(instruct="Tun Sie {step}."), "gap-unfilled"),
    (with_step(title=None), "no-title"),
    (with_step(say=None), "avoid-first"),
    (with_step(say=["Es geht um Folgendes: {issue}."]), "gap-alone"),
    (with_step(points=[]), "no-points"),
    (with_step(choose=[WAYS[0]]), "one-way"),
    (with_step(choose=[WAYS[0], WAYS[1] | {"label": "Ja"}]), "label-twice"),
    (
        with_step(choose=[WAYS[0] | {"label": "Eine Antwort, die auf kein Handy passt"}, WAYS[1]]),
        "label-long",
    ),
    (made(source=SOURCE | {"credit": "Ein Buch."}), "credit"),
    (made(notes=[]), "no-notes"),
    (made(now={"do": "Atmen."}), "no-now"),
    (made(title="Ein Name, zu lang für Knöpfe"), "name-long"),
]


def test_a_fine_german_playbook_has_no_slips() -> None:
    """Nothing is marked where nothing is wrong."""
    assert rules(made()) == set()


@pytest.mark.parametrize(("playbook", "rule"), SLIPS, ids=[f"{number}-{one[1]}" for number, one in enumerate(SLIPS)])
def test_a_german_slip_is_marked(playbook: Playbook, rule: str) -> None:
    """Every kind is named by its rule."""
    assert rule in rules(playbook)


def test_thirty_kinds_and_more_are_known_in_german() -> None:
    """Each kind has a line in the table."""
    assert len({rule for _one, rule in SLIPS}) >= 30


@pytest.mark.parametrize(
    "said",
    [
        "Sie hat gesagt, was andere nur dachten.",
        "Das hätten Sie von mir hören müssen, und es tut mir leid.",
        "Sie haben es {eta}, wenn sich eins nicht ändert: {fact}.",
        "Sie sollen nicht ein viertes Mal anrufen müssen.",
        "Sie hören bis {next_update} von mir.",
        "Bitte zahlen Sie nicht ein zweites Mal.",
    ],
)
def test_german_that_is_fine_is_left_alone(said: str) -> None:
    """An editor who marks everything is not read."""
    assert [slip.rule for slip in in_saying(said, tongue=GERMAN)] == []


def test_german_is_measured_as_german() -> None:
    """Its long words are no fault of their own; an office's are."""
    assert reading_ease_german("Ich rufe Sie an, sobald es fertig ist, und sage es Ihnen.") > 70
    assert reading_ease_german("Ja.") == 100


def test_what_stands_in_two_german_playbooks_is_marked() -> None:
    """The later one is named."""
    found = {(name, slip.rule) for name, slip in slips_across([made(), made(id="speed-up")])}

    assert {("speed-up", "words-twice"), ("speed-up", "sentence-twice")} <= found


WORDING: dict[str, Any] = {
    "id": "slow",
    "title": "Es ist langsam",
    "words": ["sehr langsam", "dauert lange", "hängt"],
    "reviewed": TODAY,
    "source": SOURCE,
    "notes": ["Niemand hat es geprüft."],
    "notice": ["Seiten laden langsam. Es liegt nicht an Ihnen."],
    "doing": ["Wir nehmen mehr Rechner dazu."],
    "no_change": ["Seiten laden noch langsam, wir sind dran. Sie hören bis {next_update} von uns."],
    "solved": ["Seiten laden wie gewohnt. Es tut uns leid, dass es dauerte."],
}


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, None),
        ({"doing": ["Ich nehme mehr Rechner dazu."]}, "we-not-i"),
        ({"solved": ["Seiten laden wie gewohnt."]}, "no-apology"),
        ({"no_change": ["Es ist langsam. Sie hören bis {next_update} von uns."]}, "nothing-done"),
        ({"notice": ["Vielleicht sehen Sie das: {issue}."]}, "gap-alone"),
    ],
)
def test_a_slip_in_a_german_wording_is_marked(changes: dict[str, Any], rule: str | None) -> None:
    """To many customers the firm speaks, says what is done, and says sorry."""
    found = {slip.rule for slip in slips_of_wording(Wording.model_validate(WORDING | changes), GERMAN)}

    assert found == ({rule} if rule else set())


def test_a_folder_with_german_is_checked_in_german(tmp_path: Path) -> None:
    """Each slip names its file; what we ship has none."""
    (tmp_path / "de").mkdir()
    shipped = (SHIPPED_PLAYBOOKS / "de" / "restrain.yaml").read_text(encoding="utf-8")
    (tmp_path / "de" / "restrain.yaml").write_text(
        shipped.replace("Darauf möchte ich ordentlich antworten.", "Wie gesagt."), "utf-8"
    )
    bookcase = read_bookcase(SHIPPED_PLAYBOOKS)
    found = [slip for slip in slips_in(bookcase, tmp_path, TODAY) if slip.path.parent.name == "de"]

    assert {slip.rule for slip in found} == {"banned"}
    assert {slip.path.name for slip in found} == {"restrain.yaml"}
