"""What an article's copy has become since: a correction to accept or dismiss, or a kill."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kawaraban.desk.models import Article
from kawaraban.wires.desk.item import Change, compared
from kawaraban.wires.desk.pages import for_desk, page
from kawaraban.wires.desk.rows import clock_time
from kawaraban.wires.following import Accepted, accept, awaited, follow, newest
from kawaraban.wires.models import ArticleOrigin, WireItem, WireVersion
from kawaraban.wires.secrecy import Rights, rights_of


@dataclass(frozen=True, slots=True)
class Tie:
    """An article's tie to an item, as the desk shows it. headline is empty when the item was taken back."""

    key: int
    item: WireItem
    headline: str
    is_taken_back: bool
    is_killed: bool
    until: str  # the end of its embargo
    change: Change | None

    @property
    def is_alarm(self) -> bool:
        return self.is_taken_back or self.change is not None or bool(self.until)


def ties(article: Article, rights: Rights) -> list[Tie]:
    origins = ArticleOrigin.objects.filter(article_id=article.pk).order_by("pk")
    return [tie(origin, rights) for origin in origins.select_related("item__replaced_by__face", "item__face", "accepted__item")]


def tie(origin: ArticleOrigin, rights: Rights) -> Tie:
    """The copy itself, or the correction that the article follows, may have been taken back."""
    item, now = newest(origin.item), timezone.now()
    followed = [origin.item, *([origin.accepted.item] if origin.accepted else [])]
    taken_back = [found.status for found in followed if found.status != WireItem.Status.USABLE]
    is_embargoed = bool(item.embargoed_until and item.embargoed_until > now)
    version = None if taken_back else awaited(origin)
    return Tie(
        key=origin.pk,
        item=item,
        headline="" if taken_back or item.status != WireItem.Status.USABLE else item.headline,
        is_taken_back=bool(taken_back),
        is_killed=WireItem.Status.CANCELED in taken_back,
        until=clock_time(item.embargoed_until, now) if is_embargoed and item.embargoed_until else "",
        change=compared(readable(origin.accepted, rights), version) if version else None,
    )


def readable(version: WireVersion | None, rights: Rights) -> WireVersion:
    """What the article follows; nothing in its place for who may not read it, such as what was killed before it was sent anew."""
    is_free = version is not None and version.pk in rights.readable([version], version.item)
    return version if version is not None and is_free else WireVersion(copy={})


@require_http_methods(["GET", "POST"])
@for_desk()
def origin(request: HttpRequest, key: int) -> HttpResponse:
    """verb: accept, dismiss, or gone, when nothing of the copy is in the article any more."""
    found = get_object_or_404(ArticleOrigin.objects.select_related("article", "item__face", "accepted__item"), pk=key)
    if not found.article.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if request.method == "POST":
        obey(request, found, request.POST.get("verb", ""))
        return redirect("wagtailadmin_pages:edit", found.article_id)
    return page(request, "origin.html", _("Copy behind an article"), tie=tie(found, rights_of(request.user)), article=found.article)


def obey(request: HttpRequest, found: ArticleOrigin, verb: str) -> None:
    version = awaited(found)
    if verb == "gone":
        found.delete()
        messages.success(request, _("Noted: nothing of this copy is in the article any more."))
    elif version is None or str(version.pk) != request.POST.get("version"):
        messages.warning(request, _("The agency has sent another version meanwhile: look at it first."))
    elif verb == "dismiss":
        follow(found, version)
        messages.success(request, _("The correction was dismissed; the draft is as it was."))
    elif found.article.permissions_for_user(request.user).page_locked():
        messages.error(request, _("The article is locked: unlock it first."))
    else:
        tell(request, accept(found, version, request.user))


def tell(request: HttpRequest, done: Accepted) -> None:
    if done.made:
        messages.success(request, ngettext("%d change is in the draft.", "%d changes are in the draft.", done.made) % done.made)
    if done.left:
        sentence = ngettext("%d change is left to you: that part was edited.", "%d changes are left to you: those parts were edited.", done.left)
        messages.warning(request, sentence % done.left)
