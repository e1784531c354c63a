"""50,000 addresses that do not exist."""

import asyncio
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
READERS = 400
ADDRESSES = 50_000


def resident(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096


async def read(port: int, numbers, statuses: dict[int, int]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for number in numbers:
        writer.write(b"GET /made-up/%d/%s HTTP/1.1\r\nHost: x\r\n\r\n" % (number, b"x" * 400))
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(int(line[15:]) for line in head.split(b"\r\n") if line.startswith(b"content-length:"))
        await reader.readexactly(length)
        status = int(head[9:12])
        statuses[status] = statuses.get(status, 0) + 1
    writer.close()
    await writer.wait_closed()


def test_unknown_addresses_neither_grow_memory_nor_flood_the_desk(magazine_of_its_own) -> None:
    magazine = magazine_of_its_own()
    magazine.press.file("/known", "known")
    for _ in range(200):
        magazine.get("/known")
    pid, statuses = magazine.running.pids[0], {}
    before, began = resident(pid), time.monotonic()

    async def flood() -> None:
        numbers = iter(range(ADDRESSES))
        await asyncio.gather(*(read(magazine.running.port, numbers, statuses) for _ in range(READERS)))

    asyncio.run(flood())
    seconds = time.monotonic() - began
    asked = sum(magazine.desk.asked.values())
    grown = resident(pid) - before
    print(f"\n{ADDRESSES} in {seconds:.1f} s: {statuses}, {asked} asked of the desk, {grown / (1 << 20):.1f} MB more")
    assert sum(statuses.values()) == ADDRESSES
    assert set(statuses) == {404, 503}
    assert asked <= 40 + 20 * (seconds + 1)
    assert grown < 24 << 20
    assert magazine.get("/known").text == "known"
