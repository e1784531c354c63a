"""Dates as readers see them. Pure: the patterns and the local moment are arguments."""

from datetime import date, datetime


def written(moment: date, pattern: str, weekdays: str) -> str:
    """A date by a pattern of kawaraban.toml's [dates], such as `{year}年{month}月{day}日（{weekday}）`.

    The moment is local already; a plain date has hour and minute 0.
    """
    names = weekdays.split(",") if "," in weekdays else list(weekdays)
    hour, minute = (moment.hour, moment.minute) if isinstance(moment, datetime) else (0, 0)
    return pattern.format(
        year=moment.year,
        month=moment.month,
        day=moment.day,
        weekday=names[moment.weekday()].strip(),
        hour=hour,
        minute=minute,
        month_name=moment.strftime("%B"),
    )
