import pytest
from django.core.exceptions import ValidationError
from django.urls import URLPattern

from kawaraban.demo import builders
from kawaraban.desk.models import Front, Section
from kawaraban.desk.slugs import LONGEST, RESERVED, spelled
from kawaraban.pages.urls import urlpatterns


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("ワールド", "/world"),
        ("国際", "/world"),
        ("ビジネス", "/business"),
        ("暮らし", "/life"),
        ("Night Harbour", "/night-harbour"),
        ("灯台", "/dengtai"),
        ("？！", "/page"),
    ],
)
def test_section_address(front: Front, title: str, address: str) -> None:
    assert builders.make_section(title).address == address


def test_two_sections_of_one_name(front: Front) -> None:
    assert [builders.make_section("ワールド").address for _ in range(2)] == ["/world", "/world-2"]


@pytest.mark.parametrize("slug", sorted(RESERVED))
def test_section_leaves_the_sites_own_addresses_alone(front: Front, slug: str) -> None:
    with pytest.raises(ValidationError) as fault:
        Section(title="部", slug=slug).clean()
    assert slug in fault.value.message_dict["slug"][0]


def test_every_address_of_the_site_is_reserved() -> None:
    first = {str(pattern.pattern).lstrip("^").split("/")[0] for pattern in urlpatterns if isinstance(pattern, URLPattern)}
    plain = {name for name in first if name and name.isalpha()}
    assert plain - {"media"} <= RESERVED and "media" in RESERVED


@pytest.mark.parametrize("title", ["Latest", "Wire", "Ranking", "Static"])
def test_section_named_like_an_address_of_the_site(front: Front, title: str) -> None:
    """Its address comes from its name, so the fault can only be told, never passed over."""
    with pytest.raises(ValidationError):
        builders.make_section(title)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("", ""),
        ("!!!", ""),
        ("灯台", "dengtai"),
        ("Café Noir", "cafe-noir"),
        ("a" * 100, "a" * LONGEST),
        ("word " * 30, "-".join(["word"] * 12)),
        ("한국", "hangug"),
        ("../etc", "etc"),
    ],
)
def test_name_spelled(name: str, slug: str) -> None:
    assert spelled(name) == slug
    assert len(slug) <= LONGEST
