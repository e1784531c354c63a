from wagtail.models import Page


def address_of(page: Page) -> str:
    """A page's path on the reader site, such as /world/2026-11/harbour; the front page's is /."""
    return "/" + "/".join(page.url_path.strip("/").split("/")[1:])
