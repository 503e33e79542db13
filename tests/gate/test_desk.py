"""The desk: work in a thread, whose caller can be cancelled at any moment (design §7)."""

import asyncio
import time

from daftar.gate.desk import Desk


def test_who_is_cancelled_as_the_work_ends_is_cancelled(database_url: str) -> None:
    """The tidying of a gate that stops: lost, the cancellation let the gate wait for it for ever."""

    async def story() -> bool:
        desk = Desk(database_url)
        task = asyncio.create_task(desk.run(lambda conn: time.sleep(0.05)))
        await asyncio.sleep(0)
        time.sleep(0.5)  # the work ends while the loop is busy
        asyncio.get_running_loop().call_soon(task.cancel)
        await asyncio.wait([task])
        desk.stop()
        return task.cancelled()

    assert asyncio.run(story())
