"""The desk's forms for sources, one a kind. What belongs to a kind alone is kept in the source's settings."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from kawaraban.wires.models import Source
from kawaraban.wires.sources.connecting import Unanswered
from kawaraban.wires.sources.fetching import split
from kawaraban.wires.sources.imap import place_of
from kawaraban.wires.sources.options import NAMES
from kawaraban.wires.sources.picking_up import INCOMING, is_within_incoming

HEADER = re.compile(r"[A-Za-z0-9-]{1,80}:[ \t]*[\x21-\x7e][\x20-\x7e]*", re.ASCII)
AFTER = [("keep", _("keep it")), ("delete", _("delete it"))]


class SourceForm(WagtailAdminModelForm):
    """What every kind has."""

    class Meta:
        model = Source
        fields = ["kind", "name", "key", "agency", "section", "language", "format", "patience", "rank", "is_on"]
        widgets = {"kind": forms.HiddenInput}

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if self.instance.pk:
            self.fields["key"].disabled = self.fields["kind"].disabled = True  # both are in what the archive keeps
        for name in set(NAMES) & set(self.fields) - {"password", "header"}:
            self.fields[name].initial = self.instance.settings.get(name, self.fields[name].initial)

    def clean_password(self) -> str:
        """Empty: the one that is there stays."""
        return self.cleaned_data["password"] or self.instance.settings.get("password", "")

    def clean_header(self) -> str:
        line = self.cleaned_data["header"] or self.instance.settings.get("header", "")
        if line and not HEADER.fullmatch(line):
            raise ValidationError(_("It must look like X-Api-Key: 12345."))
        return line

    def save(self, commit: bool = True) -> Source:
        told = {name: self.cleaned_data[name] for name in NAMES if name in self.cleaned_data}
        if not told.get("user", "-"):
            told["password"] = ""
        self.instance.settings = {**self.instance.settings, **told}
        return super().save(commit)

    def cleaned_address(self, check: Any) -> str:
        address = self.cleaned_data["address"].strip()
        try:
            check(address)
        except Unanswered as error:
            raise ValidationError(error.fault.said(gettext)) from error
        return address


class AskedForm(SourceForm):
    user = forms.CharField(label=_("log-in"), required=False, max_length=200)
    password = forms.CharField(
        label=_("password"),
        required=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Empty: the one that is set stays. It lies in the database as it is: choose a log-in that can only read."),
    )

    class Meta(SourceForm.Meta):
        fields = ["kind", "name", "address", "schedule", *SourceForm.Meta.fields[2:]]


class PollForm(AskedForm):
    header = forms.CharField(
        label=_("one more header"),
        required=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Such as X-Api-Key: 12345. Empty: the one that is set stays."),
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["address"].required = True
        self.fields["address"].help_text = _("Such as https://agency.example/feed.xml.")

    def clean_address(self) -> str:
        return self.cleaned_address(split)


class MailboxForm(AskedForm):
    mailbox = forms.CharField(label=_("folder of the mailbox"), max_length=200, initial="INBOX")
    after = forms.ChoiceField(label=_("a mail, once it is archived"), choices=AFTER)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["address"].required = self.fields["user"].required = True
        self.fields["address"].help_text = _("Such as imaps://mail.agency.example. Every mail that comes there is taken in.")

    def clean_address(self) -> str:
        return self.cleaned_address(place_of)


class FolderForm(SourceForm):
    after = forms.ChoiceField(
        label=_("a file, once it is archived"), choices=AFTER, help_text=_("What is kept is moved into the folder done within the folder.")
    )

    class Meta(SourceForm.Meta):
        fields = ["kind", "name", "address", *SourceForm.Meta.fields[2:]]

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["address"].required = True
        self.fields["address"].help_text = _("In the magazine’s home, such as incoming/shiomi. Folders elsewhere are set in kawaraban.toml.")

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"].strip().strip("/")
        if not is_within_incoming(address):
            raise ValidationError(_("It must be a folder within %(folder)s, such as %(folder)s/shiomi.") % {"folder": INCOMING})
        return address


FORMS: dict[str, type[SourceForm]] = {"folder": FolderForm, "poll": PollForm, "push": SourceForm, "mailbox": MailboxForm}
