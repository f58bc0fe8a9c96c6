"""What the playground's team may give to customers, so that a gesture can be tried at once."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import select

from adapters.web.inbound import PLATFORM
from bot.directory.model import Identity, Person, Workspace
from bot.gestures.model import Gesture, GestureKind
from bot.say.language import N_, _, in_every_language, speaking

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class SampleGesture:
    """Something that may be given, and how much of it an agent gives alone."""

    kind: GestureKind
    name: str
    per_case: Decimal
    per_day: Decimal | None = None


CATALOGUE = (
    SampleGesture(GestureKind.CREDIT, N_("Credit on the account"), Decimal(20), Decimal(100)),
    SampleGesture(GestureKind.REFUND, N_("Delivery fee back"), Decimal(10)),
    SampleGesture(GestureKind.TOKEN, N_("Flowers or a card"), Decimal(0)),
)


def stock(session: Session, now: datetime) -> None:
    """Write the sample catalogue, unless there is one, or was."""
    supervisor = session.scalar(
        select(Person)
        .join(Identity, Identity.person_id == Person.id)
        .join(Workspace, Workspace.id == Identity.workspace_id)
        .where(Workspace.platform == PLATFORM, Person.is_supervisor)
        .order_by(Person.id)
    )
    if supervisor is None or session.scalar(select(Gesture.id).limit(1)) is not None:
        return
    session.add_all(
        Gesture(
            organisation_id=supervisor.organisation_id,
            changed_by_id=supervisor.id,
            kind=one.kind,
            name=_(one.name),
            currency="EUR",
            per_case=one.per_case,
            per_day=one.per_day,
            changed_at=now,
        )
        for one in CATALOGUE
    )


def name_samples(session: Session, language: str) -> None:
    """Call the samples as whoever looks at the playground reads them; what a supervisor named keeps its name."""
    with speaking(language):
        wanted = {known: _(one.name) for one in CATALOGUE for known in in_every_language(one.name)}
    for gesture in session.scalars(select(Gesture)):
        name = wanted.get(gesture.name, gesture.name)
        if gesture.name != name:
            gesture.name = name
