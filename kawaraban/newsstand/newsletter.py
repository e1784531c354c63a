"""The sign-up form: the one thing that readers send. It is passed to the desk as it is."""

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

from kawaraban.newsstand.answers import Answer
from kawaraban.newsstand.desk import PATIENCE, Desk
from kawaraban.newsstand.http import HSTS, SECURITY, location_header
from kawaraban.newsstand.notices import notice
from kawaraban.newsstand.rsgi import Proto, Scope

PATH = "/newsletter"
GREATEST = 10_000  # bytes
MOST_AT_ONCE = 20
FORWARDED = re.compile(r"[0-9A-Fa-f.:, \[\]]{1,200}", re.ASCII)
MIME = re.compile(r"[\x20-\x7e]{1,200}", re.ASCII)


class TooLarge(Exception):
    """More than a form can be."""


class Newsletter:
    def __init__(self, desk: Desk, *, hsts: bool = False) -> None:
        self.desk = desk
        self.secure = [*SECURITY, HSTS] if hsts else SECURITY
        self.threads = ThreadPoolExecutor(2, "newsletter")  # a desk that is slow to print holds up no form
        self.forms = 0

    def close(self) -> None:
        self.threads.shutdown(wait=False, cancel_futures=True)

    async def answer(self, scope: Scope, proto: Proto, policy: str) -> Answer | None:
        """What the desk answers to a form; None when it can't be reached."""
        if int(length) > GREATEST if (length := scope.headers.get("content-length", "0")).isdecimal() else False:
            return notice(413, ("connection", "close"))
        if self.forms >= MOST_AT_ONCE:
            return None
        self.forms += 1
        try:
            body = await arrived(proto)
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self.threads, self.passed_on(scope, body, policy))
        except TooLarge:
            return notice(413, ("connection", "close"))
        except TimeoutError:
            return notice(408, ("connection", "close"))
        finally:
            self.forms -= 1

    def passed_on(self, scope: Scope, body: bytes, policy: str) -> Callable[[], Answer | None]:
        mime = scope.headers.get("content-type", "")
        headers = {
            "Content-Type": mime if MIME.fullmatch(mime) else "application/x-www-form-urlencoded",
            "X-Forwarded-For": forwarded(scope.headers.get("x-forwarded-for", ""), scope.client),
        }

        def post() -> Answer | None:
            try:
                status, told, content = self.desk.post("/-/newsletter", body, headers)
            except (OSError, HTTPException):
                return None
            return self.told(status, told, content, policy)

        return post

    def told(self, status: int, told: dict[str, str], content: bytes, policy: str) -> Answer:
        mime = told.get("content-type", "")
        headers = [
            ("content-type", mime if MIME.fullmatch(mime) else "text/html; charset=utf-8"),
            ("cache-control", "no-store"),
            ("content-security-policy", policy),
            *self.secure,
        ]
        if "location" in told:
            headers.append(("location", location_header(told["location"])))
        return Answer(status, headers, content)


async def arrived(proto: Proto) -> bytes:
    """The body of a request. Raises TooLarge, and TimeoutError when it takes longer than PATIENCE."""
    reading = asyncio.ensure_future(read(proto))
    done, _ = await asyncio.wait({reading}, timeout=PATIENCE)
    if not done:
        reading.cancel()
        raise TimeoutError
    return reading.result()


async def read(proto: Proto) -> bytes:
    body = b""
    async for chunk in proto:
        body += chunk
        if len(body) > GREATEST:
            raise TooLarge
    return body


def forwarded(given: str, client: str) -> str:
    """X-Forwarded-For with the address added that the request came from."""
    host = client.rpartition(":")[0].strip("[]") or client
    return f"{given}, {host}" if FORWARDED.fullmatch(given) else host
