from kawaraban.wires.sources.bucket import MOST_KEYS, Buckets


def test_burst_then_so_many_a_second() -> None:
    buckets = Buckets(2.0, 3.0)
    assert [buckets.wait("a", 10.0) for _ in range(4)] == [0.0, 0.0, 0.0, 0.5]
    assert [buckets.wait("a", 10.5), buckets.wait("a", 10.5), buckets.wait("b", 10.5)] == [0.0, 0.5, 0.0]
    assert [buckets.wait("a", 1000.0) for _ in range(4)] == [0.0, 0.0, 0.0, 0.5]


def test_buckets_are_not_kept_without_end() -> None:
    buckets = Buckets(1.0, 1.0)
    for number in range(3 * MOST_KEYS):
        buckets.wait(str(number), 1.0)
    assert len(buckets.levels) <= MOST_KEYS
