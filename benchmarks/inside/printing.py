"""The press at work until nothing is left: whatever of the site has not been printed yet."""

from kawaraban.pages.printer import printer, seconds
from kawaraban.pages.printing import tell_changes
from kawaraban.pages.tail import fill


def finish() -> None:
    press = printer()
    while tell_changes(press):
        pass
    fill(press)
    while press.work_off(seconds(60)):
        pass
    if waiting := press.edition.counts().waiting:
        raise RuntimeError(f"{waiting} pages or slots could not be printed")
