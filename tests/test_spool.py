"""What is kept on disk comes back whole, whoever else reads at the same time."""

from concurrent.futures import ThreadPoolExecutor

from citykg.spool import Spool


def test_threads_that_read_at_once_each_get_their_own_blocks() -> None:
    spool = Spool()
    blocks = [bytes([number]) * (1000 + 37 * number) for number in range(100)]
    places = [spool.add(block) for block in blocks]

    def read_all(_: int) -> bool:
        return all([spool.read(place) for place in places] == blocks for _ in range(20))

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(read_all, range(4)))
    assert list(spool) == blocks
