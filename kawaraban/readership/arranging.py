"""A ranking as editors have set it. Pure."""

from collections.abc import Callable, Mapping, Sequence

from kawaraban.readership.ranks import Rank


def arranged(ranks: Sequence[Rank], length: int, reads: Callable[[int], int], pins: Mapping[int, int], held: Sequence[int] = ()) -> list[Rank]:
    """ranks: what readers made; at least `length`, or all there are. pins: article by rank. held: keys of a list that is to stay, first rank first.

    What may not be shown must be in none of them; where it was in a held list, the others move up.
    """
    order = [*held, *(rank.article for rank in ranks if rank.article not in set(held))]
    placed = [key for key in order if key not in pins.values()]
    for position, key in sorted(pins.items()):
        placed.insert(position - 1, key)
    return [Rank(place, key, reads(key)) for place, key in enumerate(placed[:length], 1)]
