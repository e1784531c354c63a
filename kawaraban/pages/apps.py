from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "kawaraban.pages"
    label = "pages"

    def ready(self) -> None:
        from kawaraban.desk.showing import show_with
        from kawaraban.pages.printing import listen
        from kawaraban.pages.suggestion_panel import offer
        from kawaraban.pages.views import show

        show_with(show)
        listen()
        offer()
