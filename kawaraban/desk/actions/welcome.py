from django.contrib.auth import get_user_model


def first_editor(name: str, password: str) -> None:
    """A user with every permission, unless one of that name is there."""
    users = get_user_model()
    if not users.objects.filter(username=name).exists():
        users.objects.create_superuser(username=name, password=password, email="editor@magazine.invalid", first_name="Desk", last_name="Editor")
