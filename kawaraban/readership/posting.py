"""Mails the weekly report when it is due: once a week, whoever else runs a worker."""

import logging
import time
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connections
from django.utils.translation import override

from kawaraban.conf import listed
from kawaraban.desk.clock import local
from kawaraban.readership.boards import site_store
from kawaraban.readership.models import Report
from kawaraban.readership.report import body, subject, week
from kawaraban.readership.unreachable import Unreachable

log = logging.getLogger(__name__)

PATIENCE = timedelta(minutes=15)  # with one who has begun to mail it
REST = 60.0  # seconds


def due(now: datetime) -> date | None:
    """The Monday that the week begins with whose report is to be mailed now."""
    rules = settings.KAWARABAN.readership
    if not rules.report_to:
        return None
    here = local(now)
    monday = here.date() - timedelta(days=here.weekday())
    is_time = here.weekday() > 0 or here.hour >= rules.report_hour
    wanted = monday - timedelta(days=7)
    if not is_time or Report.objects.filter(monday=wanted).exclude(mailed_at=None, claimed_at__lte=now - PATIENCE).exists():
        return None
    return wanted


def claim(monday: date, now: datetime) -> bool:
    """Whether it is ours to mail: of several workers one gets it."""
    _found, is_new = Report.objects.get_or_create(monday=monday, defaults={"claimed_at": now})
    late = Report.objects.filter(monday=monday, mailed_at=None, claimed_at__lte=now - PATIENCE)
    return is_new or late.update(claimed_at=now) == 1


def send_due(now: datetime) -> bool:
    """Whether there is nothing more to do; a report that can't be mailed is tried again."""
    monday = due(now)
    if monday is None or not claim(monday, now):
        return True
    with override(settings.LANGUAGE_CODE):
        try:
            found = week(site_store(), monday)
        except Unreachable as error:
            return put_off(monday, now, error)
        mail = EmailMessage(subject(found), body(found), settings.DEFAULT_FROM_EMAIL, listed(settings.KAWARABAN.readership.report_to))
        try:
            mail.send()
        except OSError as error:  # as all of smtplib's are
            return put_off(monday, now, error)
    Report.objects.filter(monday=monday).update(mailed_at=now)
    return True


def put_off(monday: date, now: datetime, error: OSError) -> bool:
    log.warning("the weekly report could not be mailed, it is tried again: %s", error)
    Report.objects.filter(monday=monday).update(claimed_at=now - PATIENCE)
    return False


def round_of(now: datetime) -> None:
    """In a thread of its own, which rests when the mail server does not take it."""
    try:
        if not send_due(now):
            time.sleep(REST)
    except Exception:
        log.exception("the weekly report is not mailed yet")
        time.sleep(REST)
    finally:
        connections.close_all()
