"""The auditor: what has a next step has it in time, and whoever misses our sign of life knows that it has not."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import select, update

from bot.handoffs.model import Handoff, Hold
from bot.incidents.model import Incident
from bot.playbooks.model import Run
from bot.run.alive import Auditor
from tests.core.test_health import Watch, looking
from tests.core.test_metrics import figures
from tests.stage import Cast

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.work.auditing import Audit
    from tests.stage import FakeStage


async def everything_waits(stage: FakeStage) -> None:
    """Leave a row of each kind that has a next step."""
    cast = Cast(stage)
    await cast.ana.types("/recuse CASE-42 heated: charged twice")
    await cast.ana.privately.presses("I asked them to hold")
    await cast.ben.types("/calm keep-calm")
    await cast.omar.in_("incidents").types("/incident open sev2 Cards fail")


async def audited(stage: FakeStage, url: str = "") -> Audit:
    return await Auditor(stage.program, looking(stage, Watch()), url).look()


@pytest.mark.parametrize("model", [Handoff, Hold, Run, Incident])
async def test_what_lost_its_time_gets_it_back(stage: FakeStage, model: type[Any]) -> None:
    """The clock looks at it at once, decides from its state, and goes on; the operator can see that it happened."""
    await everything_waits(stage)
    before = await audited(stage)
    due = select(model.next_due_at)
    was = await stage.database.read(lambda session: session.scalar(due))
    await stage.database.write(lambda session: session.execute(update(model).values(next_due_at=None)))
    found = await audited(stage)
    await stage.settle()
    now = await stage.database.read(lambda session: session.scalar(due))

    assert before.is_fine
    assert found.forgotten == {model.__tablename__: [1]}
    assert now is not None
    assert was is not None
    assert now <= was
    assert figures(stage.program)[f"zanshin_audit_mended_rows_total {model.__tablename__}"] == 1


async def test_what_nobody_acts_on_is_counted(stage: FakeStage) -> None:
    """Neither clock nor sender make rounds: that cannot be mended here, so it is shown."""
    await everything_waits(stage)
    stage.clock.move(timedelta(hours=13))
    found = await audited(stage)
    shown = figures(stage.program)

    assert {"handoffs", "holds", "incidents", "runs"} <= set(found.late)
    assert shown["zanshin_audit_late_rows incidents"] == 1
    assert shown["zanshin_audits_total not_fine"] == 1


async def test_a_sign_of_life_is_given_only_when_all_is_well(stage: FakeStage) -> None:
    """A late row, or a program that cannot serve, is silence; and a watch that answers no harms nobody."""
    heard: list[str] = []

    async def hear(request: web.Request) -> web.Response:
        heard.append(request.path)
        return web.Response(status=500)

    app = web.Application()
    app.router.add_get("/sign", hear)
    await everything_waits(stage)
    async with TestServer(app) as server:
        url = str(server.make_url("/sign"))
        await audited(stage, url)
        well = len(heard)
        stage.clock.move(timedelta(hours=13))
        await audited(stage, url)
        await stage.settle()
        readiness = looking(stage, Watch())
        stage.program.sender.pulse.at = None

        def change(session: Session) -> None:
            session.execute(update(Incident).values(next_due_at=None))

        await stage.database.write(change)
        await Auditor(stage.program, readiness, url).look()
        await stage.settle()
        await Auditor(stage.program, readiness, url).look()

    assert (well, len(heard)) == (1, 1)
