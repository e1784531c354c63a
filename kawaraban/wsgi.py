from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from kawaraban.search.site.keeping import Follower  # noqa: E402 - Django is ready only now

Follower().start()
