"""The rules of S4.20 once more, slow and plain: everything that ever happened, looked through at each answer."""

from datetime import date, datetime, timedelta

SHANGHAI = timedelta(hours=8)  # no summer time
DAY, MONTH, OPEN_FOR = timedelta(hours=24), timedelta(days=30), timedelta(minutes=30)


def day_of(moment: datetime) -> date:
    """The insurer's calendar day."""
    return (moment + SHANGHAI).date()


class Oracle:
    """One person."""

    def __init__(self) -> None:
        self.wrongs: list[datetime] = []
        self.locks: list[tuple[int, datetime]] = []  # after so many wrong ones, at that time
        self.reopenings: list[int] = []  # after so many wrong ones
        self.closed = False
        self.passed_as: int | None = None
        self.drawn: datetime | None = None
        self.last: tuple[int, int] | None = None  # the last answer of these questions, and how often in a row

    def begin(self, now: datetime, credentials: int) -> None:
        """Somebody opens the questions."""
        fresh = self.drawn is None or now >= self.drawn + OPEN_FOR
        if fresh and self.state(now, credentials) == "open":
            self.drawn, self.last = now, None

    def state(self, now: datetime, credentials: int) -> str:
        """Whether anything can be answered."""
        if self.passed_as == credentials:
            return "passed"
        if self.closed:
            return "closed"
        held = [at for number, at in self.locks if now < at + DAY and number > max(self.reopenings, default=0)]
        return "locked" if held else "open"

    def left(self, now: datetime) -> int:
        """Tries until something happens."""
        return min(3 - len(self.of_today(now)), 9 - len(self.of_month(now)))

    def of_today(self, now: datetime) -> list[int]:
        """Wrong answers of the day that no lock has paid for."""
        paid = max([number for number, _ in self.locks], default=0)
        return [number for number in self.of_month(now) if self._day(number) == day_of(now) and number > paid]

    def _day(self, number: int) -> date:
        return day_of(self.wrongs[number - 1])

    def of_month(self, now: datetime) -> list[int]:
        """Wrong answers of thirty days since the last reopening."""
        freed = max(self.reopenings, default=0)
        return [number for number, at in enumerate(self.wrongs, start=1) if now - at < MONTH and number > freed]

    def answer(self, now: datetime, credentials: int, given: int, is_right: bool) -> tuple[str, int]:
        """What is told."""
        self.begin(now, credentials)
        state = self.state(now, credentials)
        if state != "open":
            return state, 0
        if self.last == (given, 1):
            self.last = (given, 2)
            return "wrong", self.left(now)
        if is_right:
            self.passed_as, self.drawn = credentials, None
            return "passed", 0
        self.wrongs.append(now)
        self.last = (given, 1)
        left = self.left(now)
        if len(self.of_month(now)) >= 9:
            self.closed = True
        if len(self.of_today(now)) >= 3:
            self.locks.append((len(self.wrongs), now))
        if left <= 0:
            self.drawn = None
        return ("closed" if self.closed else "locked", 0) if left <= 0 else ("wrong", left)

    def reopen(self) -> bool:
        """An office opens it."""
        if not self.closed:
            return False
        self.closed = False
        self.reopenings.append(len(self.wrongs))
        return True
