"""Puts what the invented agency sends into the folder that the demo watches, as long as the process runs."""

import contextlib
import threading
from datetime import datetime, timedelta
from pathlib import Path

from kawaraban.demo.agency import Sent, delivery

FOLDER = "incoming/shiomi"  # below the home
EVERY = timedelta(seconds=20)
KEY = "shiomi"


def start(home: Path, every: timedelta = EVERY) -> threading.Thread:
    """A thread that ends with the process."""
    thread = threading.Thread(target=send, args=(home / FOLDER, every, threading.Event()), name="agency", daemon=True)
    thread.start()
    return thread


def send(folder: Path, every: timedelta, stop: threading.Event) -> None:
    began, number = datetime.now().astimezone().replace(microsecond=0), 0
    while not stop.wait(every.total_seconds()):
        with contextlib.suppress(OSError):  # a full disk is for the desk to tell, not for the agency
            put(folder, delivery(number, began + every, every))
        number += 1


def put(folder: Path, sent: Sent) -> None:
    """Whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f".{sent.name}"
    partial.write_bytes(sent.data)
    partial.rename(folder / sent.name)
