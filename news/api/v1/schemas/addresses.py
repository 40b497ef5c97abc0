"""Where something was, and what is there instead."""

from typing import Literal

from ninja import Field, Schema

TARGET = "https://www.example.org/aktualnosci/nowy-adres/"


class RedirectTarget(Schema):
    """Where an address leads."""

    to: str = Field(description="Absolute; on this site or elsewhere.", examples=[TARGET])
    permanent: bool = Field(description="301; else 302.")


class Redirected(Schema):
    """The address leads elsewhere."""

    redirect: RedirectTarget


class Retired(Schema):
    """A page that was taken down on purpose."""

    title: str = Field(description="What readers knew it by; empty where that is not known.")
    reason: str = Field(description="Why it is gone, for readers; empty where something replaces it.")
    replacement: str | None = Field(
        description="What replaces it, absolute: lead there (301). Null: say the reason (410).", examples=[TARGET]
    )


class Gone(Schema):
    """The page that was at the address is gone for a reason."""

    gone: Retired


class Redirect(Schema):
    """An address that readers knew, and what it answers now."""

    old_path: str = Field(
        description="On this site. A slash at its end makes no difference.", examples=["/aktualnosci/dawny-adres"]
    )
    kind: Literal["redirect", "gone"] = Field(description="`gone`: a page that was taken down on purpose.")
    status: Literal[301, 302, 410] = Field(description="What a server answers there.")
    to: str | None = Field(description="Where it leads, absolute; null where it leads nowhere.", examples=[TARGET])
    permanent: bool
    title: str | None = Field(description="Of a page that is gone.")
    reason: str | None = Field(description="Why a page is gone, for readers.")


class Redirects(Schema):
    """One page of the list."""

    items: list[Redirect] = Field(description="May be fewer than `limit`: what a public page covers is left out.")
    next: str | None = Field(description="Address of the next page; null on the last.")
    prev: str | None = Field(description="Address of the page before; null on the first.")
