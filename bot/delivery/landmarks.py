"""Landmarks: the messages in channels to which those in direct chats lead, as far as they stand there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.delivery.model import Card
from bot.directory.model import Conversation, Workspace
from bot.ports import Landmark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from bot.delivery.parcels import Parcel
    from bot.say.messages import Lead

    Found = dict[tuple[str, int], tuple[str, str, Landmark]]


def with_landmarks(session: Session, parcels: Sequence[Parcel]) -> list[Parcel]:
    """Tell each parcel where the message stands that it leads to; one of another workspace is none to its reader."""
    leads = [parcel.message.lead for parcel in parcels if parcel.message.lead is not None]
    if not leads:
        return list(parcels)
    found = _standing(session, leads)
    return [_led(parcel, found) for parcel in parcels]


def _standing(session: Session, leads: Sequence[Lead]) -> Found:
    rows = session.execute(
        select(Card.subject, Card.conversation_id, Card.reference, Conversation.address, Workspace)
        .join(Conversation, Conversation.id == Card.conversation_id)
        .join(Workspace, Workspace.id == Conversation.workspace_id)
        .where(
            Card.subject.in_({one.subject for one in leads}),
            Card.conversation_id.in_({one.conversation_id for one in leads}),
        )
    )
    return {
        (str(subject), conversation_id): (
            workspace.platform,
            workspace.address,
            Landmark(conversation=address, reference=reference),
        )
        for subject, conversation_id, reference, address, workspace in rows
        if reference is not None
    }


def _led(parcel: Parcel, found: Found) -> Parcel:
    lead, place = parcel.message.lead, parcel.place
    platform, workspace, landmark = found.get((lead.subject, lead.conversation_id) if lead else ("", 0), ("", "", None))
    if landmark is None or (platform, workspace) != (place.platform, place.workspace):
        return parcel
    if landmark.conversation == place.conversation:
        return parcel
    return replace(parcel, place=replace(place, leads_to=landmark))
