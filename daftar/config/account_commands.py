"""`daftar account invite`: the first administrator of an installation, who invites everybody else in the browser."""

import os
from datetime import UTC, datetime
from typing import Annotated

import typer

account = typer.Typer(no_args_is_help=True, help="Accounts of the insurer's own staff.")


@account.callback()
def _accounts() -> None:
    """Keeps `invite` a sub-command while it is the only one."""


@account.command()
def invite(
    user: Annotated[str, typer.Argument(help="Name to log in with: Latin letters, digits and . _ -")],
    mail: Annotated[str, typer.Argument(help="E-mail address; it also logs in with it")],
    name: Annotated[str, typer.Argument(help="Name as shown in the page head")],
    office: Annotated[str, typer.Option(help="Office code of headquarters")] = "",
    jurisdiction: Annotated[str, typer.Option(help="ir, cn")] = "ir",
    language: Annotated[str, typer.Option(help="fa, zh, en")] = "en",
) -> None:
    """Invite an administrator of the insurer: prints the link, which is also mailed where a mail server is named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daftar.config.settings")
    import django

    django.setup()
    from daftar.portal.accounts.invitations import Invitee, invitation_send, read_user_name
    from daftar.portal.accounts.models import Account, Role
    from daftar.terms.mails import read_mail
    from daftar.terms.misunderstood import Misunderstood
    from daftar.terms.texts import text

    by = Account(user="command-line", display_name="Daftar", role=Role.INSURER_ADMIN)
    try:
        invitee = Invitee(
            mail=read_mail(mail),
            user=read_user_name(user),
            name=name,
            role=Role.INSURER_ADMIN,
            office=office,
            jurisdiction=jurisdiction,
        )
        typer.echo(invitation_send(invitee, language=language, by=by, at=datetime.now(UTC)))
    except Misunderstood as error:
        typer.echo(text(f"input.{error.code}", "en", **error.values), err=True)
        raise typer.Exit(1) from None
