from wagtail import hooks

from kawaraban.pages.links import ShownPageLink


@hooks.register("register_rich_text_features", order=100)
def links_show_nothing_hidden(features):
    features.register_link_type(ShownPageLink)
