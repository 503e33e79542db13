"""Who acts for whom when the demo begins: `citizen_cn` for an elder, so that acting can be tried at once (S3.20)."""

from datetime import datetime

from daftar.config.demo.access import citizens
from daftar.config.demo.stories.proxies import BOUND
from daftar.config.demo.stories.stage import Story
from daftar.store.keys import Secrets

COUNTER = "counter-cn"


def bind_elder(secrets: Secrets, stories: list[Story], at: datetime) -> None:
    """Bind her at the counter, as if both had come there; once more changes nothing. Wants Django set up, and facts."""
    from daftar.portal.accounts.models import Account
    from daftar.portal.proxy.models import Kinship, ProxyBinding
    from daftar.portal.proxy.services import bind_at_counter

    elder = next(story for story in stories if story.about == BOUND)
    principal, member = (secrets.key(each.id_type, each.id_number) for each in (citizens(stories)["citizen_cn"], elder))
    if ProxyBinding.objects.filter(principal=principal, member=member).exists():
        return
    by = Account.objects.get(user=COUNTER)
    bound = bind_at_counter(principal=principal, member=member, kinship=Kinship.PARENT, by=by, at=at)
    if not isinstance(bound, ProxyBinding):
        raise RuntimeError(f"the demo's elder was not bound: {bound}")
