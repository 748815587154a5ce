"""What stands between a person and a route, and which of their time suits it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from xianke import inventory, profiles, regions, slots, vocabulary

if TYPE_CHECKING:
    from xianke.inventory import Stock
    from xianke.platforms import Conditions, Platform


@dataclass(frozen=True, slots=True)
class Needs:
    """What stands between a person and a route: the code of what is missing, or what to check."""

    missing: str | None
    usable: tuple[slots.SlotRule, ...] = ()
    checks: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


def needs_of(platform: Platform, stock: Stock, today: date) -> Needs:
    """Return what a person lacks for a route, or what of their time suits it.

    Unknown answers about the person never reject and never pass silently: they become checks.
    """
    person = needs_of_person(platform, stock, today)
    if person.missing is not None:
        return person
    wanted, checks = platform.conditions, person.checks
    if platform.income != "time":
        return person
    if not stock.slots:
        return Needs("no_slot", checks=checks)
    fits = [inventory.fit(free, wanted, stock.profile) for free in stock.slots]
    usable = tuple(fit.rule for fit in fits if fit.rule is not None)
    if not usable:
        codes = {fit.missing for fit in fits}
        code = next(one for one in ("block_too_short", "no_device", "no_place") if one in codes)
        return Needs(code)
    if slots.union_minutes_per_week(usable) == 0:
        # Dated slots alone: something to plan, but nothing that comes back every week.
        return Needs("no_slot", checks=checks)
    sure = tuple(fit.rule for fit in fits if fit.rule is not None and not fit.device_unsure)
    if sure != usable and slots.union_minutes_per_week(sure) == 0:
        return Needs(None, usable, (*checks, "pc"))
    return Needs(None, sure, checks)


def needs_of_person(platform: Platform, stock: Stock, today: date) -> Needs:
    """Return what a person lacks for a route whatever time they have, or what to check."""
    wanted = platform.conditions
    if platform.fact("status").value == "closed" or platform.not_for_workers:
        return Needs("closed")
    missing = _missing_skill(wanted, stock)
    if missing:
        return Needs("no_skill", failed=missing)
    missing = _missing_asset(wanted, stock)
    if missing:
        return Needs("no_asset", failed=missing)
    code, failed, checks = _person(wanted, stock.profile, today)
    if code:
        return Needs(code, failed=failed)
    if platform.fact("id_verification").value == "yes":
        state = stock.profile.get("real_name")
        if state == "no":
            return Needs("profile", failed=("real_name",))
        if state is None:
            checks.append("real_name")
    tags = _things(stock)
    # What would help rejects nobody who lacks it: to have said so is enough.
    checks += [
        f"asset:{tag}"
        for tag in wanted.assets_helpful
        if tag not in tags and stock.profile.get(tag) != "no"
    ]
    return Needs(None, checks=tuple(checks))


def _things(stock: Stock) -> set[str]:
    """Return the tags of what a person has: noted as a thing, or answered with yes."""
    answered = {tag for tag in profiles.THINGS if stock.profile.get(tag) == "yes"}
    return {*vocabulary.asset_tags(stock.assets), *answered}


def _missing_skill(wanted: Conditions, stock: Stock) -> tuple[str, ...]:
    if not (wanted.skills_any or wanted.skills_all):
        return ()
    have = vocabulary.skill_strengths(stock.skills)
    lacking = tuple(tag for tag in wanted.skills_all if tag not in have)
    if lacking:
        return lacking
    if wanted.skills_any and not any(tag in have for tag in wanted.skills_any):
        return wanted.skills_any
    return ()


def _missing_asset(wanted: Conditions, stock: Stock) -> tuple[str, ...]:
    if not (wanted.assets_any or wanted.assets_all):
        return ()
    have = _things(stock)
    lacking = tuple(tag for tag in wanted.assets_all if tag not in have)
    if lacking:
        return lacking
    if wanted.assets_any and not any(tag in have for tag in wanted.assets_any):
        return wanted.assets_any
    return ()


def _person(
    wanted: Conditions, profile: Mapping[str, str], today: date
) -> tuple[str | None, tuple[str, ...], list[str]]:
    checks = []
    if wanted.min_age is not None:
        years = profiles.ages(profile, today)
        if years is None:
            checks.append("age")
        elif years[1] < wanted.min_age:
            return "profile", ("age",), []
        elif years[0] < wanted.min_age:
            checks.append("birthday")
    for certificate in wanted.certificates:
        state = inventory.certificate_state(certificate, profile)
        if state is None:
            checks.append(certificate)
        elif state == "no":
            return "profile", (certificate,), []
    if wanted.regions:
        city = profile.get("city")
        if city is None:
            checks.append("city")
        elif (inside := regions.inside(wanted.regions, city)) is None:
            checks.append("region")
        elif not inside:
            return "region", wanted.regions, []
    if profile.get("employer_forbids_side_jobs") == "yes":
        checks.append("employer")
    return None, (), checks
