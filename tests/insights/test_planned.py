"""Reports that are due, and several machines that would send them."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.compose import clock_tasks
from bot.delivery.model import Notice
from bot.directory.model import Conversation
from bot.insights.model import ReportPlan

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.stage import FakeStage


async def test_several_machines_send_a_report_once(stage: FakeStage) -> None:
    """Whoever locks the row writes the report and says when the next is due; after a standstill one is sent."""

    def plan(session: Session) -> None:
        channel = session.scalars(select(Conversation).where(Conversation.kind == "channel")).first()
        due = stage.clock.now() - timedelta(days=20)
        place = {"organisation_id": channel.organisation_id, "conversation_id": channel.id}
        session.add(ReportPlan(**place, rhythm="week", next_due_at=due))

    await stage.type("sofia", "support", "/zanshin report every", "0123456789")
    await stage.database.write(plan)
    [task] = [one for one in clock_tasks(stage.program.domains) if one.name == "reports"]
    await asyncio.gather(*(stage.program.clockwork.tick(task) for _machine in range(3)))

    sent = select(func.count()).select_from(Notice).where(Notice.subject.startswith("report:"))
    assert await stage.database.read(lambda session: session.scalar(sent)) == 1
    following = await stage.database.read(lambda session: session.scalars(select(ReportPlan.next_due_at)).one())
    assert following is not None
    assert following > stage.clock.now()
