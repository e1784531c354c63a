from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "kawaraban.pages"
    label = "pages"
