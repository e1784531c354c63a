import pytest

from kawaraban.readership.referrers import kind
from kawaraban.readership.verdicts import Referrer


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("", Referrer.DIRECT),
        ("magazine.example", Referrer.INTERNAL),
        ("WWW.magazine.example", Referrer.INTERNAL),
        ("www.google.co.jp", Referrer.SEARCH),
        ("search.yahoo.co.jp", Referrer.SEARCH),
        ("news.yahoo.co.jp", Referrer.OTHER),
        ("mail.google.com", Referrer.OTHER),
        ("com.google.android.googlequicksearchbox", Referrer.SEARCH),
        ("t.co", Referrer.SOCIAL),
        ("l.facebook.com", Referrer.SOCIAL),
        ("b.hatena.ne.jp", Referrer.SOCIAL),
        ("not.co", Referrer.OTHER),
        ("magazine.example.evil", Referrer.OTHER),
        ("localhost", Referrer.OTHER),
        (".", Referrer.DIRECT),
        ("潮." * 100, Referrer.OTHER),
    ],
)
def test_kind_of_a_host(host: str, found: Referrer) -> None:
    assert kind(host, "magazine.example") is found
