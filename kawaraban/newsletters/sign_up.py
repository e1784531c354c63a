from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from kawaraban.newsletters.models import Subscriber


class UnusableAddress(ValueError):
    """The sentence that a reader sees beside the field."""


def sign_up(address: str) -> None:
    """Stores an address once, however often and in whatever case it is sent. Raises UnusableAddress."""
    plain = address.strip().lower()
    if not plain:
        raise UnusableAddress(_("Enter your e-mail address."))
    try:
        validate_email(plain)
    except ValidationError:
        raise UnusableAddress(_("This is not an e-mail address. Enter one such as name@example.jp.")) from None
    if len(plain) > 254:
        raise UnusableAddress(_("This address is too long. Check it and enter it again."))
    Subscriber.objects.get_or_create(address=plain)
