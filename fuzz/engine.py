"""One engine on one target in a process of its own: python -m fuzz.engine ENGINE TARGET SECONDS FOLDER

Exit code 3: what it was reading, as `fuzz.now` tells, breaks a rule.
"""

import logging
import os
import random
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from fuzz.now import Now

FOUND = 3
EXAMPLES = 300  # of Hypothesis between two looks at the clock
LONGEST = 1 << 15  # bytes of an input of atheris
SLOWED = 4.0  # how much its counting slows Python down; what it finds slow is read again without
WITHIN = ("kawaraban.wires",)


class Found(AssertionError):
    """A reading that breaks a rule."""


def by_hypothesis(target: str, seconds: float, folder: Path) -> None:
    """Raises Found, with the smallest input that breaks a rule told in `now`."""
    from hypothesis import HealthCheck, Phase, given, seed, settings

    from fuzz import rules
    from fuzz.mutants import mutants
    from fuzz.targets import TARGETS, seeds, words

    now, until = Now(folder / "now"), time.monotonic() + seconds
    rules.limit_memory()
    smallest: list[bytes] = []

    def look(data: bytes) -> None:
        now.begins(data)
        if told := rules.fault(TARGETS[target], data):
            smallest[:] = [min([*smallest, data], key=len)]
            raise Found(told)

    inputs = mutants(seeds(target), words(target))
    while time.monotonic() < until:
        checks = settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
        try:
            seed(random.getrandbits(64))(checks(given(inputs)(look)))()
        except BaseException:
            if not smallest:
                raise
            now.begins(smallest[0])
            raise


def by_atheris(target: str, seconds: float, folder: Path) -> None:
    """Ends the process."""
    import atheris

    with atheris.instrument_imports(include=list(WITHIN)):
        from fuzz import rules
        from fuzz.targets import TARGETS, seeds, words
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for number, data in enumerate(seeds(target)):
        (corpus / f"seed-{number}").write_bytes(data)
    (folder / "words").write_text("".join(f'"{quoted(word)}"\n' for word in words(target)), encoding="ascii")
    now = Now(folder / "now")
    rules.limit_memory()

    def look(data: bytes) -> None:
        now.begins(data)
        if told := rules.fault(TARGETS[target], data, rules.SECONDS * SLOWED):
            print(told, file=sys.stderr, flush=True)
            os._exit(FOUND)

    options = [f"-max_total_time={round(seconds)}", f"-max_len={LONGEST}", f"-dict={folder / 'words'}", f"-artifact_prefix={folder}/"]
    quiet = ["-timeout=60", "-rss_limit_mb=0", "-verbosity=0", "-print_final_stats=0"]
    atheris.Setup([sys.argv[0], *options, *quiet, str(corpus)], look)
    atheris.Fuzz()


def quoted(word: bytes) -> str:
    return "".join(chr(byte) if 32 < byte < 127 and byte not in b'"\\' else f"\\x{byte:02x}" for byte in word)


ENGINES: dict[str, Callable[[str, float, Path], None]] = {"hypothesis": by_hypothesis, "atheris": by_atheris}


def main(engine: str, target: str, seconds: float, folder: Path) -> None:
    logging.disable()
    warnings.simplefilter("error")
    try:
        ENGINES[engine](target, seconds, folder)
    except Found as found:
        print(found, file=sys.stderr)
        sys.exit(FOUND)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), Path(sys.argv[4]))
