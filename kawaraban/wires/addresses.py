"""Addresses as agencies write them. Pure."""

import re
from urllib.parse import urljoin, urlsplit

LONGEST = 2_000  # characters
UNFIT = re.compile(r"[\s<>\"\\^`{|}\x00-\x1f\x7f]")
WEB = ("http", "https")


def web(text: str, base: str = "") -> str:
    """An address on the web, absolute; "" for what isn't one."""
    found = joined(text, base)
    return found if found.partition(":")[0].lower() in WEB and urlsplit(found).netloc else ""


def medium(text: str, base: str = "") -> str:
    """Where a medium is: on the web, in a part of a mail, or by its name within a package; "" for anything else."""
    found = joined(text, base)
    scheme = urlsplit(found).scheme.lower() if found else ""
    return found if scheme in ("", "cid") and not found.startswith("//") else web(found)


def joined(text: str, base: str) -> str:
    """The address, relative ones from the base on; "" for what can't be one."""
    told = text.strip()
    if not told or len(told) > LONGEST or UNFIT.search(told):
        return ""
    try:
        found = urljoin(base, told)
        urlsplit(found)
    except ValueError:
        return ""
    return found
