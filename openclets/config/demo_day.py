"""What happens in a demo: the county is made once, an order is filed, an officer asks about it through the socket."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Final

import click

from openclets.agencies.access import LOCAL_ZONE
from openclets.agencies.lookup import actor_of_page
from openclets.agencies.models import Device, User
from openclets.config.certificates import issue_device, issue_server, make_authority
from openclets.config.demo_file import Demo, DemoUser, read_demo_file, write_demo_file
from openclets.config.environment import Environment
from openclets.config.synthetic.county import COUNTY, COURT, DemoPerson
from openclets.config.synthetic.loading import load_county
from openclets.config.synthetic.paper import order_picture
from openclets.config.terminal_client import TerminalClient, device_tls
from openclets.config.terminal_sign_on import Sender, sign_on
from openclets.config.ticket_folder import TicketFolder
from openclets.orders.entry import (
    Contact,
    OrderEntry,
    ProtectedPerson,
    RestrainedPerson,
    Sex,
    StayAway,
    StayAwayPlace,
    Terms,
)
from openclets.orders.filing import file_order
from openclets.orders.images import keep_document
from openclets.vocabulary.errors import Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import Mnemonic, Ori, UserName
from openclets.vocabulary.persons import PersonName

ASKING_OFFICER: Final = "hale"
"""Asks in the demo, so that the codes of the people whose names are printed are still unspent."""

JUDGE: Final = "Judge Ines Alvarez"


def make_demo_county(environment: Environment, *, people: int, orders: int, seed: int, password: str) -> Demo:
    """The county, its certificates and the demo's file; what is there already stays. Shows progress."""
    now = datetime.now(UTC)

    def keep_secrets(made: Mapping[str, DemoPerson]) -> None:
        write_demo_file(environment.data_folder, _demo(environment, made, password))

    with click.progressbar(length=orders, label="Fictional county") as bar:
        load_county(
            people=people,
            orders=orders,
            seed=seed,
            now=now,
            password=password,
            pictures=True,
            progress=bar.update,
            before_people_commit=keep_secrets,
        )
    demo = read_demo_file(environment.data_folder)
    if demo is None:
        raise click.ClickException(
            "The database holds a county that was not made by this demo: choose another folder with OPENCLETS_DATA."
        )
    # The address may have been chosen anew.
    demo = Demo(environment.switch_host, environment.switch_port, demo.password, demo.users)
    write_demo_file(environment.data_folder, demo)
    _make_certificates(environment, now)
    return demo


def file_the_order() -> str:
    """Clerk Brandt files the order against Derek Alan Holloway; its FCN. On later days the one filed then is told."""
    now = datetime.now(UTC)
    today = now.astimezone(LOCAL_ZONE).date()
    clerk = actor_of_page(User.objects.get(user_name="brandt").pk, channel="command")
    lines = (
        "RESTRAINING ORDER AFTER HEARING",
        "CASE 26FL00517",
        "RESTRAINED: DEREK ALAN HOLLOWAY, BORN 05/17/1984",
        "PROTECTED: MARIA ELENA HOLLOWAY",
        "NO CONTACT. STAY AWAY 100 YARDS: PERSON, HOME, WORK.",
        "MOVE OUT OF 214 CEDAR ST, SIERRA VISTA.",
        "NO FIREARMS OR AMMUNITION.",
    )
    document = keep_document(actor=clerk, now=now, data=order_picture(lines, judge=JUDGE), file_name="signed-order.png")
    try:
        return file_order(actor=clerk, now=now, entry=_holloway_order(document.sha256, today)).fcn
    except Rejected as error:
        # The same signed document is on file from an earlier start of this demo.
        again = next((fault for fault in error.faults if fault.code == FaultCode.TWICE), None)
        if again is None:
            raise
        return again.text.rpartition(" ")[2]


def ask_through_the_socket(environment: Environment, demo: Demo, question: str) -> str:
    """Officer Hale asks about Holloway from a patrol car's terminal; the message sent and the reply as text."""
    officer = demo.users[ASKING_OFFICER]
    message = f"QW.{officer.agency}.{question}"
    sender = Sender(
        host=environment.switch_host,
        port=environment.switch_port,
        tls=device_tls(environment.certificates_folder, officer.device),
        user=UserName(ASKING_OFFICER),
        device=officer.device,
        agency=Ori(officer.agency),
        password=demo.password,
        code="",
        totp_secret=officer.totp_secret,
    )
    with TerminalClient.connect(sender.host, sender.port, sender.tls) as terminal:
        # By the ticket of an earlier start: the code of this half minute may have been spent in it.
        sign_on(terminal, sender, TicketFolder(environment.data_folder))
        terminal.send(message)
        told = terminal.receive()
        while terminal.is_from_before(told):
            # An answer that a demo killed earlier never took.
            terminal.acknowledge(told)
            told = terminal.receive()
        terminal.acknowledge(told)
        terminal.sign_off()
    return f"Officer Hale asks from {officer.device}: {message}\n\n{told.text}"


def _holloway_order(document: str, today: date) -> OrderEntry:
    return OrderEntry(
        order_type="OAH",
        case_number="26FL00517",
        court=Ori(COURT),
        county=COUNTY,
        restrained=RestrainedPerson(
            name=PersonName("HOLLOWAY", "DEREK", "ALAN"),
            sex=Sex.MALE,
            race="W",
            birth_date=date(1984, 5, 17),
            height="511",
            weight_pounds=190,
            hair="BRO",
            eyes="BLU",
            address="214 CEDAR ST, SIERRA VISTA CA 99099",
            relationship="former spouse",
        ),
        protected=(ProtectedPerson(PersonName("HOLLOWAY", "MARIA", "ELENA"), Sex.FEMALE, 39, "former spouse"),),
        terms=Terms(
            no_abuse=True,
            contact=Contact.NO_CONTACT,
            stay_away=StayAway(100, frozenset({StayAwayPlace.PERSON, StayAwayPlace.HOME, StayAwayPlace.WORK})),
            must_move_out=True,
            move_out_address="214 CEDAR ST, SIERRA VISTA",
            firearms_prohibited=True,
        ),
        issued_on=today,
        documents=(document,),
        judge=JUDGE,
        # Three years, on a day every year has.
        expires_on=date(today.year + 3, today.month, min(today.day, 28)),
    )


def _demo(environment: Environment, made: Mapping[str, DemoPerson], password: str) -> Demo:
    return Demo(
        environment.switch_host,
        environment.switch_port,
        password,
        {
            name: DemoUser(row.agency, row.device, row.totp_secret, row.full_name, row.duty)
            for name, row in made.items()
        },
    )


def _make_certificates(environment: Environment, now: datetime) -> None:
    folder = environment.certificates_folder
    authority = make_authority(folder, now=now)
    if not (folder / "server.pem").exists():
        issue_server(authority, folder, now=now)
    devices = (
        Device.objects.filter(kind=Device.Kind.WORKSTATION).order_by("mnemonic").values_list("mnemonic", flat=True)
    )
    for mnemonic in devices:
        if not (folder / f"{mnemonic}.pem").exists():
            issue_device(authority, folder, Mnemonic(mnemonic), now=now)
