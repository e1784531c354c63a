"""Whether the models and their migrations agree: exit 1, and what is missing, when they don't."""

import tempfile
from pathlib import Path

from kawaraban import homes


def check() -> None:
    """Ends the process when a migration is missing."""
    with tempfile.TemporaryDirectory(prefix="kawaraban-migrations-") as folder:
        homes.enter(homes.make(Path(folder) / "home"))
        from django.apps import apps  # Django is ready only now
        from django.core.management import call_command

        own = [app.label for app in apps.get_app_configs() if app.name.startswith("kawaraban.")]
        call_command("makemigrations", *own, check_changes=True, dry_run=True, verbosity=2, skip_checks=True)


if __name__ == "__main__":
    check()
