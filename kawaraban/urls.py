"""The desk's addresses. Readers never reach them: they are answered on a port of their own."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from kawaraban.pages import answers, assets
from kawaraban.wires.sources.push import push

urlpatterns = [
    path("", RedirectView.as_view(url="/desk/")),
    path("desk/", include(admin_urls)),
    path("-/print", answers.print_page),
    path("-/search", answers.search),
    path("-/newsletter", answers.newsletter),
    path("-/push/<str:key>", push, name="push"),
    path("documents/", include(document_urls)),
    path("static/<path:name>", assets.serve),
    re_path(r"^media/(?P<path>.+)$", serve, {"document_root": settings.MEDIA_ROOT}),
    # Wagtail makes pages' addresses from this name; a link followed from a preview ends where readers are.
    re_path(
        r"^(?P<path>.*)$",
        RedirectView.as_view(url=f"{settings.KAWARABAN.readers_address.rstrip('/')}/%(path)s", query_string=True),
        name="wagtail_serve",
    ),
]
