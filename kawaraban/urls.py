"""The desk's addresses. Readers never reach them: they are answered on a port of their own."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

urlpatterns = [
    path("", RedirectView.as_view(url="/desk/")),
    path("desk/", include(admin_urls)),
    path("documents/", include(document_urls)),
]
